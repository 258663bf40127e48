package org.diptych.statistics.acquisition;

/**
 * Moment estimate of {@link LabelInformation#spread}: two labels of one pair are correlated beyond the model's prediction
 * exactly as far as the pair has a truth of its own, Cov(y, y') = ((2 r - 1) p (1 - p) spread)². A prior of 1 with the
 * weight of a few dozen pairs stands in until there are pairs with several labels.
 */
public final class SpreadEstimate {
    private static final double PRIOR_VARIANCE = 1;
    private static final double PRIOR_WEIGHT = 2;

    private final double slope;
    private double covariance = PRIOR_WEIGHT * PRIOR_VARIANCE;
    private double scale = PRIOR_WEIGHT;

    /**
     * Starts with the prior.
     *
     * @param reliability of the annotators, ½ … 1
     */
    public SpreadEstimate(double reliability) {
        slope = 2 * reliability - 1;
    }

    /**
     * Adds the labels of one pair; a pair with a single label says nothing.
     *
     * @param win the model's probability of first, ties counted half
     * @param outcomes 1 first, ½ tie, 0 second
     */
    public void add(double win, double... outcomes) {
        double expected = .5 + slope * (win - .5);
        double sum = 0;
        double squares = 0;
        for (double outcome : outcomes) {
            double residual = outcome - expected;
            sum += residual;
            squares += residual * residual;
        }
        int pairsOfLabels = outcomes.length * (outcomes.length - 1);
        double sensitivity = slope * win * (1 - win);
        covariance += sum * sum - squares;
        scale += pairsOfLabels * sensitivity * sensitivity;
    }

    /** Standard deviation of the pairs' own margins. */
    public double spread() {
        return Math.sqrt(Math.max(0, covariance / scale));
    }
}
