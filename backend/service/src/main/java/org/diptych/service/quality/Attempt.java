package org.diptych.service.quality;

import java.util.Map;
import java.util.UUID;
import org.diptych.service.assignment.AssignmentView.Picture;
import org.jspecify.annotations.Nullable;

/**
 * An attempt at the qualification set, as its annotator sees it.
 *
 * @param id the attempt
 * @param number 1 for the first
 * @param answered questions answered
 * @param total questions in all
 * @param next the next question; null when all are answered
 * @param result null until all are answered
 */
public record Attempt(
        UUID id,
        int number,
        int answered,
        int total,
        @Nullable Question next,
        @Nullable Result result) {
    /**
     * A pair of the set, shown as an assignment is: nothing tells what is known of it.
     *
     * @param id to answer with
     */
    public record Question(
            UUID id, String instruction, @Nullable String category, Picture source, Picture left, Picture right) {}

    /**
     * How it went. Which pairs were off is not told.
     *
     * @param score 0 to 1
     * @param passMark what was needed
     * @param passed whether it was reached
     * @param dimensions the score of each dimension
     */
    public record Result(double score, double passMark, boolean passed, Map<String, Double> dimensions) {}
}
