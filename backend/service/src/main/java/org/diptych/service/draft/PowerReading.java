package org.diptych.service.draft;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A plan of how much must be labelled, as far as it is computed.
 *
 * @param state whether it is still computed
 * @param basis what is assumed of annotators
 * @param rows by pairs, then answers for each; empty until they are all there or time was up
 * @param complete whether there was time for all rows
 * @param recommended place of the row with the fewest answers that measures as wanted; null where none does
 */
public record PowerReading(
        UUID id,
        State state,
        Basis basis,
        List<Row> rows,
        boolean complete,
        @Nullable Integer recommended) {
    /** Copies the list. */
    public PowerReading {
        rows = List.copyOf(rows);
    }

    /** Whether it is still computed. */
    public enum State {
        /** It waits or is computed. */
        RUNNING,
        /** It is there, though perhaps only in part. */
        DONE,
        /** Nobody wanted it any more. */
        CANCELLED,
        /** The server could not compute it. */
        FAILED
    }

    /**
     * What is assumed of annotators.
     *
     * @param campaign the campaign of the same kind of protocol that it was read from; null: it is only assumed
     * @param reliability how often an annotator gives the answer that is right
     * @param seconds that a judgement takes
     * @param values number of different answers
     */
    public record Basis(@Nullable String campaign, double reliability, double seconds, int values) {}

    /**
     * What so many answers for so many pairs give.
     *
     * @param alpha expected; null where it is undefined
     * @param halfWidth half the width of its 95 % interval; null where there is none
     * @param accuracy of the model, as the answers will show it
     * @param accuracyHalfWidth half the width of its 95 % interval
     * @param hours of work for these answers
     */
    public record Row(
            int overlap,
            int pairs,
            @Nullable Double alpha,
            @Nullable Double halfWidth,
            double accuracy,
            double accuracyHalfWidth,
            long labels,
            double hours) {}
}
