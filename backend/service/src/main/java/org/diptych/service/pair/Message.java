package org.diptych.service.pair;

import java.time.Instant;
import java.util.UUID;
import org.diptych.service.assignment.AssignmentView.Picture;
import org.jspecify.annotations.Nullable;

/**
 * What an annotator wrote to the lead: a comment, a flag, the reason of a skip, or several of them at once.
 *
 * @param label the answer or skip that it came with
 * @param sequence place in the order in which everything came
 * @param annotator who, without their name
 * @param skipReason id of the protocol's reason; null for an answer
 * @param protocolSha256 the version that has the reason's words
 * @param answer what a lead said
 * @param repliedBy name of the lead who answered or dismissed it
 */
public record Message(
        UUID label,
        long sequence,
        UUID pair,
        String instruction,
        Picture source,
        Picture first,
        Picture second,
        Annotator annotator,
        Instant at,
        @Nullable String comment,
        boolean flagged,
        @Nullable String skipReason,
        String protocolSha256,
        State state,
        @Nullable String answer,
        @Nullable String repliedBy) {
    /** Where a message stands. */
    public enum State {
        /** Nobody has done anything yet. */
        OPEN,
        /** A lead has answered. */
        ANSWERED,
        /** A lead has put it aside. */
        DISMISSED,
        /** Its pair is out of the queue. */
        TAKEN_OUT
    }

    /** What a message has in it. */
    public enum Kind {
        FLAG("l.flagged"),
        COMMENT("l.comment IS NOT NULL"),
        SKIP("l.kind = 'SKIP'");

        private final String condition;

        Kind(String condition) {
            this.condition = condition;
        }

        String condition() {
            return condition;
        }
    }

    /**
     * What is wanted.
     *
     * @param kind null for all
     * @param state null for all
     * @param person code of an annotator; null for all
     * @param before only what came before this place; null for the latest
     */
    public record Filter(
            @Nullable Kind kind,
            @Nullable State state,
            @Nullable String person,
            @Nullable Long before) {}
}
