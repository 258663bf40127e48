package org.diptych.reward;

import org.jspecify.annotations.Nullable;

/**
 * How the final fit started, and why.
 *
 * @param kind from scratch or from an earlier model
 * @param earlier digest of the parameters of the earlier model that could have been started from; null if there was none
 * @param labels held-out labels that decided; 0 if nothing was to be decided
 * @param scratchLoss mean negative log-likelihood of their answers, in nats, after a start from scratch
 * @param warmLoss the same after a start from the earlier model
 * @param stop share of the schedule's steps after which the better one was best; null if the search for priors decides
 */
public record StartChoice(
        Kind kind,
        @Nullable String earlier,
        int labels,
        @Nullable Double scratchLoss,
        @Nullable Double warmLoss,
        @Nullable Double stop) {

    /** What a fit starts from. */
    public enum Kind {
        SCRATCH,
        WARM
    }

    /** Nothing to choose from. */
    static final StartChoice SCRATCH = new StartChoice(Kind.SCRATCH, null, 0, null, null, null);
}
