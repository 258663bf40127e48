package org.diptych.reward.worker;

import java.io.IOException;
import java.util.UUID;
import org.diptych.protocol.Protocol;
import org.diptych.reward.TrainingCancelledException;
import org.diptych.reward.TrainingException;
import org.diptych.reward.encoder.EditEncoder;
import org.diptych.reward.encoder.EncodingException;
import org.diptych.service.campaign.CampaignProtocols;
import org.diptych.service.dataset.SnapshotService;
import org.diptych.service.dataset.SnapshotService.Snapshot;
import org.diptych.service.problem.Outage;
import org.diptych.service.reward.HeldRuns;
import org.diptych.service.reward.ModelVersionService;
import org.diptych.service.reward.RunLostException;
import org.diptych.service.reward.TrainingRun;
import org.diptych.service.reward.TrainingRunService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * One training run from its frozen labels to the queue: encode, train, evaluate, promote, score, choose. Each part is
 * safe to do again, and what was done is kept: a run whose worker died goes on from its last checkpoint.
 */
@Component
class TrainingJob {
    private static final Logger log = LoggerFactory.getLogger(TrainingJob.class);
    private static final int MOST_DEATHS = 3;
    /** The database being away is no fault of the run's, unless it is away each time. */
    private static final int MOST_ATTEMPTS = 20;

    private final TrainingRunService runs;
    private final HeldRuns holds;
    private final SnapshotService snapshots;
    private final CampaignProtocols protocols;
    private final FeatureStore features;
    private final Encoding encoding;
    private final BackboneTuning tuning;
    private final ModelTraining training;
    private final PairAcquisition acquisition;
    private final ChanceOrder chance;
    private final ModelVersionService models;
    private volatile boolean stopping;
    private volatile @Nullable TrainingRun held;

    TrainingJob(
            TrainingRunService runs,
            HeldRuns holds,
            SnapshotService snapshots,
            CampaignProtocols protocols,
            FeatureStore features,
            Encoding encoding,
            BackboneTuning tuning,
            ModelTraining training,
            PairAcquisition acquisition,
            ChanceOrder chance,
            ModelVersionService models) {
        this.runs = runs;
        this.holds = holds;
        this.snapshots = snapshots;
        this.protocols = protocols;
        this.features = features;
        this.encoding = encoding;
        this.tuning = tuning;
        this.training = training;
        this.acquisition = acquisition;
        this.chance = chance;
        this.models = models;
    }

    /** The process goes down: hand the run back now, whatever its thread is at, and let go of it at the next step. */
    void stopSoon() {
        stopping = true;
        var run = held;
        if (run != null) {
            handBack(run);
        }
    }

    /** What became of a job. */
    enum Outcome {
        /** The run has ended: the job is done. */
        ENDED,
        /** It was not begun: the job waits as before. */
        NOT_BEGUN,
        /** The run was handed back, or another worker holds it: the job is not this worker's any more. */
        LET_GO
    }

    /** Runs a run to its end, whatever that is, or until the process goes down. */
    Outcome run(UUID id) {
        if (stopping) {
            return Outcome.NOT_BEGUN;
        }
        var run = holds.begin(id).orElse(null);
        if (run == null) {
            return Outcome.ENDED;
        }
        held = run;
        try {
            if (run.deaths() >= MOST_DEATHS) {
                fail(run, "The worker died " + run.deaths() + " times with this run.");
            } else {
                work(run);
            }
        } catch (RunLostException e) {
            return lost(e);
        } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError e) {
            if (stopping) {
                handBack(run);
                return Outcome.LET_GO;
            }
            try {
                if (Outage.isBehind(e) && run.attempt() < MOST_ATTEMPTS) {
                    log.warn("training run {} waits for the database: {}", run.id(), e.getMessage());
                    LastWord.say(() -> holds.handBack(run), () -> stopping);
                    return Outcome.LET_GO;
                }
                LastWord.say(() -> conclude(run, e), () -> stopping);
            } catch (RunLostException lost) {
                return lost(lost);
            }
        } finally {
            held = null;
        }
        forget(id);
        return Outcome.ENDED;
    }

    /** Nothing is written and no file is touched: they are the next worker's. */
    private static Outcome lost(RunLostException e) {
        log.info("{}: this worker lets go of it", e.getMessage());
        return Outcome.LET_GO;
    }

    private void conclude(TrainingRun run, Throwable why) {
        switch (why) {
            case CancelledException _, TrainingCancelledException _ ->
                holds.enter(run, TrainingRun.State.CANCELLED, "Cancelled.");
            case TrainingException _, EncodingException _ -> fail(run, String.valueOf(why.getMessage()));
            default -> {
                log.error("training run {} failed", run.id(), why);
                fail(run, why.getClass().getSimpleName() + ": " + why.getMessage());
            }
        }
    }

    private void handBack(TrainingRun run) {
        try {
            holds.handBack(run);
        } catch (RuntimeException e) {
            log.warn("training run {} was not handed back: it is taken up when this worker is missed", run.id(), e);
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

        holds.enter(run, TrainingRun.State.SCORING, "Scoring candidates and choosing the next pairs.");
        var chosen = choose(run, snapshot);
        holds.enter(
                run,
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
            features.encodeMissing(run.campaign(), use.encoder(), (done, all) -> progress(run, done, all, null, null));
            int chosen = acquisition.choose(run, snapshot.id(), use.encoder());
            return chosen == 0 ? "no pair is left to put in front" : chosen + " pairs were put in front";
        } catch (CancelledException | TrainingCancelledException | RunLostException e) {
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
        return holds.freeze(run);
    }

    /** Trains a version, unless the run made one before its worker died. */
    private ModelTraining.Trained version(TrainingRun run, Snapshot snapshot) throws IOException {
        var made = run.model();
        if (made != null) {
            return training.made(run.campaign(), made);
        }
        var protocol = protocols.current(run.campaign());
        holds.enter(run, TrainingRun.State.ENCODING, tuning.phase());
        try (var use = tuning.prepare(
                run, snapshot.id(), protocol, (step, steps, _) -> progress(run, step, steps, null, null))) {
            return train(run, snapshot, protocol, use.encoder());
        }
    }

    private ModelTraining.Trained train(TrainingRun run, Snapshot snapshot, Protocol protocol, EditEncoder encoder)
            throws IOException {
        holds.enter(run, TrainingRun.State.ENCODING, "Computing features of new candidates.");
        features.encodeMissing(run.campaign(), encoder, (done, all) -> progress(run, done, all, null, null));

        holds.enter(run, TrainingRun.State.TRAINING, "Training on " + snapshot.labels() + " labels.");
        return training.train(
                run,
                snapshot,
                protocol,
                encoder,
                (step, steps, loss, validation) -> progress(run, step, steps, loss, validation));
    }

    private void progress(TrainingRun run, int step, int steps, @Nullable Double loss, @Nullable Double validation) {
        if (holds.progress(run, step, steps, loss, validation) || stopping) {
            throw new CancelledException();
        }
    }

    private void fail(TrainingRun run, String why) {
        // the database takes no such character, and what cannot be recorded would count as a death
        holds.enter(run, TrainingRun.State.FAILED, why.replace('\0', '\ufffd'));
    }

    /** Somebody cancelled the run, or the process goes down. */
    private static final class CancelledException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
