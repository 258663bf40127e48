package org.diptych.service.reward;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A training run.
 *
 * @param id run
 * @param campaign its campaign
 * @param state where it stands
 * @param trigger why it was started
 * @param labels size of its snapshot, once frozen
 * @param epoch epochs (or steps) done of the part that is running
 * @param epochs epochs (or steps) of that part
 * @param loss mean negative log-likelihood on the training labels
 * @param validationLoss the same on held-out labels
 * @param message what is going on, or why it failed
 * @param choiceFailure why the next pairs could not be chosen and come in random order, in words; the run succeeded otherwise
 * @param cancelRequested whether somebody asked it to stop
 * @param model number of the model version it made
 * @param attempt how often a worker took it up; what a worker writes for a run requires that this is still its attempt
 * @param deaths how often it was taken up from a worker that had died with it
 * @param setAside candidates that could not be encoded when it trained
 * @param leftOut labels of its snapshot that it did not train on, since their candidates are set aside
 */
public record TrainingRun(
        UUID id,
        UUID campaign,
        State state,
        Trigger trigger,
        @Nullable Integer labels,
        int epoch,
        int epochs,
        @Nullable Double loss,
        @Nullable Double validationLoss,
        @Nullable String message,
        @Nullable String choiceFailure,
        boolean cancelRequested,
        @Nullable Integer model,
        int attempt,
        int deaths,
        int setAside,
        int leftOut,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt) {
    /** Where a run stands. */
    public enum State {
        QUEUED,
        /** Computing features of candidates that have none yet. */
        ENCODING,
        TRAINING,
        /** Scoring candidates and choosing the next pairs. */
        SCORING,
        FINISHED,
        FAILED,
        CANCELLED;

        /** Whether nothing will happen to it any more. */
        public boolean ended() {
            return this == FINISHED || this == FAILED || this == CANCELLED;
        }
    }

    /** Why a run was started. */
    public enum Trigger {
        /** Enough new labels came. */
        LABELS,
        /** Enough time went by. */
        TIME,
        /** A lead asked for it. */
        MANUAL
    }
}
