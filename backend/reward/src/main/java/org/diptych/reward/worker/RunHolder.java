package org.diptych.reward.worker;

import java.io.IOException;
import java.util.UUID;
import org.diptych.reward.TrainingCancelledException;
import org.diptych.reward.TrainingException;
import org.diptych.reward.encoder.EncodingException;
import org.diptych.service.problem.Outage;
import org.diptych.service.reward.HeldRuns;
import org.diptych.service.reward.RunLostException;
import org.diptych.service.reward.TrainingRun;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The run in this worker's hands: how it is taken up, stopped, handed back, lost, and ended when it fails. */
final class RunHolder {
    private static final Logger log = LoggerFactory.getLogger(RunHolder.class);
    private static final int MOST_DEATHS = 3;
    /** The database being away is no fault of the run's, unless it is away each time. */
    private static final int MOST_ATTEMPTS = 20;

    private final HeldRuns holds;
    private volatile boolean stopping;
    private volatile @Nullable TrainingRun held;

    RunHolder(HeldRuns holds) {
        this.holds = holds;
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

    /** What is to be done with a run. */
    @FunctionalInterface
    interface Work {
        void on(TrainingRun run) throws IOException;
    }

    /** Takes a run up and works on it to its end, whatever that is, or until the process goes down. */
    Outcome run(UUID id, Work work) {
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
                work.on(run);
            }
        } catch (RunLostException e) {
            return lost(e);
        } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError e) {
            if (stopping) {
                handBack(run);
                return Outcome.LET_GO;
            }
            try {
                if (waitsFor(run, e)) {
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
        return Outcome.ENDED;
    }

    /** Whether a failure is that the database is away, so that the run is handed back and taken up again. */
    boolean waitsFor(TrainingRun run, Throwable failure) {
        return Outage.isBehind(failure) && run.attempt() < MOST_ATTEMPTS;
    }

    /** Whether the process goes down. */
    boolean isStopping() {
        return stopping;
    }

    /** The process goes down: hand the run back now, whatever its thread is at, and let go of it at the next step. */
    void stopSoon() {
        stopping = true;
        var run = held;
        if (run != null) {
            handBack(run);
        }
    }

    /**
     * Says how far a run is.
     *
     * @throws TrainingCancelledException if somebody cancelled it, or the process goes down
     */
    void progress(TrainingRun run, int step, int steps, @Nullable Double loss, @Nullable Double validation) {
        if (holds.progress(run, step, steps, loss, validation) || stopping) {
            throw new TrainingCancelledException("the run was stopped at step " + step);
        }
    }

    /** Nothing is written and no file is touched: they are the next worker's. */
    private static Outcome lost(RunLostException e) {
        log.info("{}: this worker lets go of it", e.getMessage());
        return Outcome.LET_GO;
    }

    private void conclude(TrainingRun run, Throwable why) {
        switch (why) {
            case TrainingCancelledException _ -> holds.enter(run, TrainingRun.State.CANCELLED, "Cancelled.");
            case TrainingException _, EncodingException _ -> fail(run, String.valueOf(why.getMessage()));
            default -> {
                log.error("training run {} failed", run.id(), why);
                fail(run, why.getClass().getSimpleName() + ": " + why.getMessage());
            }
        }
    }

    private void fail(TrainingRun run, String why) {
        // the database takes no such character, and what cannot be recorded would count as a death
        holds.enter(run, TrainingRun.State.FAILED, why.replace('\0', '\ufffd'));
    }

    private void handBack(TrainingRun run) {
        try {
            holds.handBack(run);
        } catch (RuntimeException e) {
            log.warn("training run {} was not handed back: it is taken up when this worker is missed", run.id(), e);
        }
    }
}
