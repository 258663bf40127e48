package org.diptych.statistics.acquisition;

/**
 * What a label costs, in any unit: the first label of a pair, and another one of a pair that has labels.
 *
 * @param first positive
 * @param next positive
 */
public record LabelCost(double first, double next) {
    /** Every label costs the same. */
    public static final LabelCost EQUAL = new LabelCost(1, 1);

    /** Checks the costs. */
    public LabelCost {
        if (!(first > 0 && next > 0)) {
            throw new IllegalArgumentException("Costs must be positive: %s, %s".formatted(first, next));
        }
    }
}
