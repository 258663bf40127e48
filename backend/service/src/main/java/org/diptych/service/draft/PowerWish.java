package org.diptych.service.draft;

import org.diptych.service.problem.Problem;

/**
 * What somebody wants to measure, and with whom.
 *
 * @param halfWidth half the width that the 95 % interval of alpha may have, e.g. 0.05
 * @param accuracy share of pairs that the model is expected to get right
 * @param annotators how many there will be
 */
public record PowerWish(double halfWidth, double accuracy, int annotators) {
    private static final int MOST_ANNOTATORS = 500;

    PowerWish checked() {
        require(halfWidth >= 0.005 && halfWidth <= 0.5, "halfWidth", "a number from 0.005 to 0.5");
        require(accuracy >= 0 && accuracy <= 1, "accuracy", "a share from 0 to 1");
        require(
                annotators >= 2 && annotators <= MOST_ANNOTATORS,
                "annotators",
                "a whole number from 2 to " + MOST_ANNOTATORS);
        return this;
    }

    private static void require(boolean condition, String field, String expected) {
        if (!condition) {
            throw Problem.invalid("invalid_value", field, field + " must be " + expected + ".");
        }
    }
}
