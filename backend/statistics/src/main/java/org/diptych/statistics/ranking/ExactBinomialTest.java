package org.diptych.statistics.ranking;

/** The exact two-sided test that two answers are equally probable. */
public final class ExactBinomialTest {

    private ExactBinomialTest() {}

    /**
     * The probability of a split at least as uneven as this one when both sides are equally probable: {@code min(1, 2
     * P(X <= min(left, right)))}, X binomial with n = left + right and 1/2. Ties do not count. 1 when there is nothing.
     *
     * @throws IllegalArgumentException when a count is negative
     */
    public static double pValue(long left, long right) {
        if (left < 0 || right < 0) {
            throw new IllegalArgumentException("Counts must not be negative, but are %d and %d".formatted(left, right));
        }
        long fewer = Math.min(left, right);
        long total = left + right;
        // P(X = fewer) in logarithms, then downwards by the ratio of neighbours
        double logTerm = -total * Math.log(2);
        for (long index = 1; index <= fewer; index++) {
            logTerm += Math.log(total - fewer + index) - Math.log(index);
        }
        double term = 1;
        double sum = 0;
        for (long count = fewer; count >= 0 && term > 1e-18 * sum; count--) {
            sum += term;
            term *= (double) count / (total - count + 1);
        }
        return Math.min(1, 2 * Math.exp(logTerm + Math.log(sum)));
    }
}
