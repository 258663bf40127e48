package org.diptych.statistics.annotator;

import java.util.Optional;

/**
 * Where a series is most likely to have changed its mean, and whether chance alone explains that. It is the cumulative-sum
 * test of Page (1955, Biometrika 42, 523-527): {@code T = max_k |S_k| / (s sqrt(n))}, with {@code S_k} the sum of the first k
 * deviations from the mean and s the standard deviation. Where nothing changes, T has in the limit the law of the largest
 * absolute value of a Brownian bridge, which is Kolmogorov's (Csörgő and Horváth 1997, Limit Theorems in Change-Point
 * Analysis, section 2.1); in series of finite length that errs on the side of no change. Every place in the series is looked
 * at, so the test pays for that, and the values need no distribution: shares and yes-or-no are fine.
 *
 * @param first index of the first value after the change
 * @param before mean of the values before it
 * @param after mean of the others
 * @param cases values in all
 * @param statistic T
 * @param pValue probability of so large a T without a change
 */
public record ChangePoint(int first, double before, double after, int cases, double statistic, double pValue) {
    /** Fewer values say nothing about a change. */
    public static final int LEAST = 30;

    /**
     * Under this a change is taken for real. It is strict, since a series that grows is looked at again and again.
     */
    public static final double FOUND = 0.001;

    private static final int TERMS = 100;

    /** Below, the series of Kolmogorov's law needs too many terms, and the probability is 1 to six digits. */
    private static final double SURELY_CHANCE = 0.3;

    /** Whether it is more than chance. */
    public boolean found() {
        return pValue < FOUND;
    }

    /** Whether it is more than chance, and for the worse. */
    public boolean fell() {
        return found() && after < before;
    }

    /**
     * The most likely change.
     *
     * @param values in the order of time
     * @return empty with fewer than {@value #LEAST} values
     */
    public static Optional<ChangePoint> of(double[] values) {
        int n = values.length;
        if (n < LEAST) {
            return Optional.empty();
        }
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        double mean = sum / n;
        double squares = 0;
        double running = 0;
        double furthest = 0;
        int first = n / 2;
        double soFar = 0;
        double sumBefore = 0;
        for (int index = 0; index < n; index++) {
            squares += (values[index] - mean) * (values[index] - mean);
            running += values[index] - mean;
            soFar += values[index];
            if (index < n - 1 && Math.abs(running) > furthest) {
                furthest = Math.abs(running);
                first = index + 1;
                sumBefore = soFar;
            }
        }
        double deviation = Math.sqrt(squares / (n - 1));
        if (furthest == 0 || deviation < 1e-12) {
            return Optional.of(new ChangePoint(first, mean, mean, n, 0, 1));
        }
        double statistic = furthest / (deviation * Math.sqrt(n));
        return Optional.of(new ChangePoint(
                first, sumBefore / first, (sum - sumBefore) / (n - first), n, statistic, exceeded(statistic)));
    }

    /** Probability that the largest absolute value of a Brownian bridge exceeds t: {@code 2 sum (-1)^(j-1) exp(-2 j^2 t^2)}. */
    static double exceeded(double t) {
        if (t < SURELY_CHANCE) {
            return 1;
        }
        double sum = 0;
        for (int j = 1; j <= TERMS; j++) {
            sum += (j % 2 == 1 ? 1 : -1) * Math.exp(-2.0 * j * j * t * t);
        }
        return Math.clamp(2 * sum, 0, 1);
    }
}
