package org.diptych.statistics.ranking;

/**
 * What is believed before the first comparison.
 *
 * @param strengthPrecision 1 / variance of the normal prior of each strength; 0 = none
 * @param biasPrecision 1 / variance of the normal prior of the position bias; 0 = none
 * @param imaginedTies imagined ties, and as many imagined decisions, between equal items
 */
public record PairPrior(double strengthPrecision, double biasPrecision, double imaginedTies) {

    /** Standard normal strengths and bias, half a tie. */
    public static final PairPrior WEAK = new PairPrior(1, 1, 0.5);

    /** No prior: maximum likelihood, which is infinite for an item that has won or lost every comparison. */
    public static final PairPrior NONE = new PairPrior(0, 0, 0);

    public PairPrior {
        if (!(strengthPrecision >= 0 && biasPrecision >= 0 && imaginedTies >= 0)) {
            throw new IllegalArgumentException("Precisions and imagined ties must not be negative");
        }
    }
}
