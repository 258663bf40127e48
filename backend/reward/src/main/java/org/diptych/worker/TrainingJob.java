package org.diptych.worker;

import java.io.IOException;
import java.util.UUID;
import org.diptych.dataset.SnapshotService;
import org.diptych.dataset.SnapshotService.Snapshot;
import org.diptych.protocol.Protocol;
import org.diptych.protocol.ProtocolService;
import org.diptych.reward.ModelVersionService;
import org.diptych.reward.TrainingCancelledException;
import org.diptych.reward.TrainingException;
import org.diptych.reward.TrainingRun;
import org.diptych.reward.TrainingRunService;
import org.diptych.reward.encoder.EditEncoder;
import org.diptych.reward.encoder.EncodingException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * One training run from its frozen labels to the queue: encode, train, evaluate, promote, score, choose. Each part is
 * safe to do again, and what was done is kept: a run whose worker died goes on from its last checkpoint.
 */
@Component
class TrainingJob {
    private static final Logger log = LoggerFactory.getLogger(TrainingJob.class);
    private static final int MOST_ATTEMPTS = 3;

    private final TrainingRunService runs;
    private final SnapshotService snapshots;
    private final ProtocolService protocols;
    private final FeatureStore features;
    private final Encoding encoding;
    private final BackboneTuning tuning;
    private final ModelTraining training;
    private final PairAcquisition acquisition;
    private final ChanceOrder chance;
    private final ModelVersionService models;
    private final JdbcClient jdbc;
    private volatile boolean stopping;

    TrainingJob(
            TrainingRunService runs,
            SnapshotService snapshots,
            ProtocolService protocols,
            FeatureStore features,
            Encoding encoding,
            BackboneTuning tuning,
            ModelTraining training,
            PairAcquisition acquisition,
            ChanceOrder chance,
            ModelVersionService models,
            JdbcClient jdbc) {
        this.runs = runs;
        this.snapshots = snapshots;
        this.protocols = protocols;
        this.features = features;
        this.encoding = encoding;
        this.tuning = tuning;
        this.training = training;
        this.acquisition = acquisition;
        this.chance = chance;
        this.models = models;
        this.jdbc = jdbc;
    }

    /** The process goes down: let go at the next step, without a verdict on the run. */
    void stopSoon() {
        stopping = true;
    }

    /** Runs a run to its end, whatever that is. */
    void run(UUID id) {
        var run = runs.find(id).orElse(null);
        if (run == null || run.state().ended()) {
            return;
        }
        int attempt = runs.begin(id);
        if (attempt > MOST_ATTEMPTS) {
            fail(id, "The worker died " + MOST_ATTEMPTS + " times with this run.");
            forget(id);
            return;
        }
        try {
            work(run);
            forget(id);
        } catch (CancelledException | TrainingCancelledException e) {
            if (stopping) {
                // nobody cancelled: the job stays in the queue and another worker, or the next start, takes it up
                throw e;
            }
            runs.enter(id, TrainingRun.State.CANCELLED, "Cancelled.");
            forget(id);
        } catch (TrainingException | EncodingException e) {
            fail(id, String.valueOf(e.getMessage()));
            forget(id);
        } catch (IOException | RuntimeException e) {
            log.error("training run {} failed", id, e);
            fail(id, e.getClass().getSimpleName() + ": " + e.getMessage());
            forget(id);
        }
    }

    /** Deletes what the run has kept to go on from; a later run deletes what cannot be deleted now. */
    private void forget(UUID run) {
        try {
            training.forget(run);
        } catch (IOException e) {
            log.warn("the folder of training run {} stays for now", run, e);
        }
    }

    private void work(TrainingRun run) throws IOException {
        var snapshot = snapshot(run);
        var version = version(run, snapshot);

        runs.enter(run.id(), TrainingRun.State.SCORING, "Scoring candidates and choosing the next pairs.");
        var chosen = choose(run, snapshot);
        runs.enter(
                run.id(),
                TrainingRun.State.FINISHED,
                "Model version " + version.number() + (version.promoted() ? " is active" : " was not promoted") + "; "
                        + chosen + ".");
    }

    /**
     * The active version chooses, which need not be the new one, with its own encoder. A choice that fails undoes nothing:
     * the version stays as it is, and chance orders the queue.
     */
    private String choose(TrainingRun run, Snapshot snapshot) throws IOException {
        var active = models.active(run.campaign()).orElse(null);
        if (active == null) {
            return "no pairs were put in front";
        }
        try (var use = encoding.of(active)) {
            features.encodeMissing(
                    run.campaign(), use.encoder(), (done, all) -> progress(run.id(), done, all, null, null));
            int chosen = acquisition.choose(run.campaign(), snapshot.id(), use.encoder());
            return chosen == 0 ? "no pair is left to put in front" : chosen + " pairs were put in front";
        } catch (CancelledException | TrainingCancelledException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            if (stopping) {
                throw e;
            }
            return chance.insteadOf(run, e);
        }
    }

    /** The run's labels: frozen once, so that a run that is taken up again goes on with the same. */
    private Snapshot snapshot(TrainingRun run) {
        var frozen = runs.snapshot(run.id());
        if (frozen.isPresent()) {
            return snapshots.find(frozen.get());
        }
        var snapshot = snapshots.freeze(run.campaign());
        runs.freeze(run.id(), snapshot.id());
        return snapshot;
    }

    /** Trains a version, unless the run made one before its worker died. */
    private ModelTraining.Trained version(TrainingRun run, Snapshot snapshot) throws IOException {
        var made = run.model();
        if (made != null) {
            return training.made(run.campaign(), made);
        }
        var protocol = protocol(run.campaign());
        runs.enter(run.id(), TrainingRun.State.ENCODING, tuning.phase());
        try (var use = tuning.prepare(
                run, snapshot.id(), protocol, (step, steps, _) -> progress(run.id(), step, steps, null, null))) {
            return train(run, snapshot, protocol, use.encoder());
        }
    }

    private ModelTraining.Trained train(TrainingRun run, Snapshot snapshot, Protocol protocol, EditEncoder encoder)
            throws IOException {
        runs.enter(run.id(), TrainingRun.State.ENCODING, "Computing features of new candidates.");
        features.encodeMissing(run.campaign(), encoder, (done, all) -> progress(run.id(), done, all, null, null));

        runs.enter(run.id(), TrainingRun.State.TRAINING, "Training on " + snapshot.labels() + " labels.");
        return training.train(
                run,
                snapshot,
                protocol,
                encoder,
                (step, steps, loss, validation) -> progress(run.id(), step, steps, loss, validation));
    }

    private void progress(
            UUID run,
            int step,
            int steps,
            @org.jspecify.annotations.Nullable Double loss,
            @org.jspecify.annotations.Nullable Double validation) {
        if (runs.progress(run, step, steps, loss, validation) || stopping) {
            throw new CancelledException();
        }
    }

    private Protocol protocol(UUID campaign) {
        var sha256 = jdbc.sql("SELECT protocol_sha256 FROM campaign WHERE id = ?")
                .param(campaign)
                .query(String.class)
                .single();
        return protocols.bySha256(sha256).protocol();
    }

    private void fail(UUID run, String why) {
        runs.enter(run, TrainingRun.State.FAILED, why);
    }

    /** Somebody cancelled the run, or the process goes down. */
    private static final class CancelledException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
