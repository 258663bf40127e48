package org.diptych.service.quality;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a gold pair does: whether annotators find its answer, and who is left to be checked by it.
 *
 * @param pair the pair
 * @param item the item's id in its manifest
 * @param instruction what was asked
 * @param source digest of the source picture
 * @param first digest of the first edit
 * @param second digest of the second edit
 * @param verdict overall verdict of the known answer: {@code first}, {@code second}, {@code tie} or {@code both_bad}
 * @param origin where the known answer comes from
 * @param createdBy name of the lead; null for a manifest
 * @param createdAt since when it is known in this form
 * @param accuracy of first answers; null before the first
 * @param said the overall verdict that most of them gave; null before the first
 * @param saidBy how many gave it
 * @param left annotators of the campaign who have neither labelled the pair nor been checked by it
 * @param disputedBy an annotator whose appeal disputes it and waits; null without one
 * @param state what that means
 */
public record GoldHealth(
        UUID pair,
        String item,
        String instruction,
        String source,
        String first,
        String second,
        String verdict,
        KnownAnswer.Origin origin,
        @Nullable String createdBy,
        Instant createdAt,
        @Nullable GoldAccuracy accuracy,
        @Nullable String said,
        int saidBy,
        int left,
        @Nullable UUID disputedBy,
        State state) {
    /** What should become of it. */
    public enum State {
        /** Nearly everybody fails it: its interval ends below one half. The known answer is in doubt, not the annotators. */
        BAD,
        /** An appeal disputes its known answer: handed to nobody and counted for nobody until a lead has answered. */
        SUSPENDED,
        /** Every annotator has had it: it checks nobody any more. */
        WORN,
        /** It does its work. */
        SOUND,
        /** It is not handed out any more; the answers that it was given go on counting. */
        RETIRED
    }

    static State state(boolean retired, boolean suspended, @Nullable GoldAccuracy accuracy, int left) {
        if (retired) {
            return State.RETIRED;
        }
        if (suspended) {
            return State.SUSPENDED;
        }
        if (accuracy != null && accuracy.high() < 0.5) {
            return State.BAD;
        }
        return accuracy != null && left == 0 ? State.WORN : State.SOUND;
    }
}
