package org.diptych.reward.worker;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.diptych.protocol.Protocol;
import org.diptych.service.campaign.CampaignProtocols;
import org.diptych.service.dataset.SnapshotService;
import org.diptych.service.dataset.SnapshotService.Snapshot;
import org.diptych.service.label.AnswerJson;
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
    private final CampaignProtocols protocols;
    private final JdbcClient jdbc;
    private final String revision;

    RunReader(
            TrainingRunService runs,
            HeldRuns holds,
            SnapshotService snapshots,
            CampaignProtocols protocols,
            JdbcClient jdbc,
            @Value("${diptych.revision:unknown}") String revision) {
        this.runs = runs;
        this.holds = holds;
        this.snapshots = snapshots;
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
                run, snapshot, protocols.current(run.campaign()), seed, revision, labels(snapshot.id()));
    }

    /** The run's labels: frozen once, so that a run that is taken up again goes on with the same. */
    private Snapshot snapshot(TrainingRun run) {
        return runs.snapshot(run.id()).map(snapshots::find).orElseGet(() -> holds.freeze(run));
    }

    /** The labels of a snapshot, in the order in which they were given. */
    List<LabelledPair> labels(UUID snapshot) {
        return jdbc.sql("""
                        SELECT l.pair_id, l.annotator_id, l.swapped, l.stratum, l.answers, l.verdicts, p.first_candidate_id,
                               p.second_candidate_id, i.source_sha256, i.instruction,
                               l.stratum = 'ACQUIRED' AND b.model_version_id IS NOT NULL AND b.policy <> 'uniform'
                                   AS acquired
                        FROM dataset_snapshot_label s JOIN label l ON l.id = s.label_id JOIN pair p ON p.id = l.pair_id
                        JOIN item i ON i.id = p.item_id LEFT JOIN acquisition_batch b ON b.id = l.acquisition_batch_id
                        WHERE s.snapshot_id = ? ORDER BY l.sequence""")
                .param(snapshot)
                .query((row, number) -> {
                    var verdicts = AnswerJson.verdictsFromStored(row.getString("verdicts"));
                    return new LabelledPair(
                            row.getObject("pair_id", UUID.class),
                            row.getObject("first_candidate_id", UUID.class),
                            row.getObject("second_candidate_id", UUID.class),
                            row.getString("source_sha256"),
                            row.getString("instruction"),
                            row.getObject("annotator_id", UUID.class),
                            row.getBoolean("swapped"),
                            row.getString("stratum").equals("UNIFORM"),
                            row.getBoolean("acquired"),
                            AnswerJson.fromStored(row.getString("answers")),
                            Objects.requireNonNull(verdicts.get(Protocol.OVERALL)));
                })
                .list();
    }
}
