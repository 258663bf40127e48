package org.diptych.reward.worker;

import org.diptych.service.campaign.CampaignProtocols;
import org.diptych.service.dataset.SnapshotService;
import org.diptych.service.dataset.SnapshotService.Snapshot;
import org.diptych.service.reward.HeldRuns;
import org.diptych.service.reward.TrainingRun;
import org.diptych.service.reward.TrainingRunService;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads what a run works on. */
@Component
class RunReader {
    private final TrainingRunService runs;
    private final HeldRuns holds;
    private final SnapshotService snapshots;
    private final SnapshotReader reader;
    private final CampaignProtocols protocols;
    private final JdbcClient jdbc;
    private final String revision;

    RunReader(
            TrainingRunService runs,
            HeldRuns holds,
            SnapshotService snapshots,
            SnapshotReader reader,
            CampaignProtocols protocols,
            JdbcClient jdbc,
            @Value("${diptych.revision:unknown}") String revision) {
        this.runs = runs;
        this.holds = holds;
        this.snapshots = snapshots;
        this.reader = reader;
        this.protocols = protocols;
        this.jdbc = jdbc;
        this.revision = revision;
    }

    /** The inputs of a run that this worker holds. */
    RunInputs read(TrainingRun run) {
        var snapshot = snapshot(run);
        long seed = jdbc.sql("SELECT seed FROM campaign WHERE id = ?")
                .param(run.campaign())
                .query(Long.class)
                .single();
        return new RunInputs(
                run, snapshot, protocols.current(run.campaign()), seed, revision, reader.labels(snapshot.id()));
    }

    /** The run's labels: frozen once, so that a run that is taken up again goes on with the same. */
    private Snapshot snapshot(TrainingRun run) {
        return runs.snapshot(run.id()).map(snapshots::find).orElseGet(() -> holds.freeze(run));
    }
}
