package org.diptych.reward.worker;

import org.diptych.service.reward.SetAsideCandidates.Cause;

/** What became of a candidate that was to be encoded. */
sealed interface Encoded {
    /**
     * It was encoded.
     *
     * @param values finite numbers
     */
    record Features(float[] values) implements Encoded {}

    /** It cannot be encoded, which says nothing of the others. */
    record Refused(Cause cause, String reason) implements Encoded {}
}
