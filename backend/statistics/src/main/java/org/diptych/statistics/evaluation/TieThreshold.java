package org.diptych.statistics.evaluation;

import java.util.Optional;

/**
 * Margins up to this size count as the model's tie.
 *
 * @param epsilon in the unit of the score; negative = the model never ties
 */
public record TieThreshold(double epsilon) {

    /** No margin is a tie, not even an exact 0. */
    public static final TieThreshold NEVER = new TieThreshold(-1);

    public TieThreshold {
        if (Double.isNaN(epsilon)) {
            throw new IllegalArgumentException("A tie threshold must be a number");
        }
    }

    /** The model's answer to a margin: 1, -1 or 0 for a tie. With {@link #NEVER} a margin of 0 is no answer at all. */
    public boolean isTie(double margin) {
        return Math.abs(margin) <= epsilon;
    }

    /** Whether the model's answer equals the human one (1, -1 or 0). */
    public boolean isRight(int human, double margin) {
        return isTie(margin) ? human == 0 : human * margin > 0;
    }

    /**
     * The threshold with the best accuracy on the given pairs (Deutsch et al. 2023, arXiv 2305.14324), {@link #NEVER}
     * included; the smallest of several equally good ones. Thresholds are compared at the end of each run of equal
     * margins only, so the result does not depend on the order of the pairs.
     *
     * @param validation pairs that are not used for the evaluation itself
     * @return empty when there is no pair
     */
    public static Optional<TieThreshold> calibrate(ScoredPairs validation) {
        int size = validation.size();
        if (size == 0) {
            return Optional.empty();
        }
        int[] order = validation.bySizeOfMargin();
        int right = 0;
        for (int pair = 0; pair < size; pair++) {
            if (NEVER.isRight(validation.human(pair), validation.margin(pair))) {
                right++;
            }
        }
        int best = right;
        TieThreshold threshold = NEVER;
        for (int position = 0; position < size; position++) {
            int pair = order[position];
            double margin = validation.margin(pair);
            right += validation.human(pair) == 0 ? 1 : NEVER.isRight(validation.human(pair), margin) ? -1 : 0;
            boolean endOfRun =
                    position + 1 == size || Math.abs(validation.margin(order[position + 1])) > Math.abs(margin);
            if (endOfRun && right > best) {
                best = right;
                threshold = new TieThreshold(Math.abs(margin));
            }
        }
        return Optional.of(threshold);
    }
}
