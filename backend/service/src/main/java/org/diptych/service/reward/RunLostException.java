package org.diptych.service.reward;

/** Another worker has taken the run up, or the run has ended: whoever held it stops and writes nothing more. */
public class RunLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RunLostException(TrainingRun run) {
        super("training run %s is no longer held by its attempt %d".formatted(run.id(), run.attempt()));
    }
}
