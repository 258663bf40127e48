package org.diptych.statistics.annotator;

/**
 * A parameter with its 95 % interval.
 *
 * @param estimate the posterior mode, or mean where the model says so
 * @param low lower end
 * @param high upper end
 */
public record CredibleInterval(double estimate, double low, double high) {

    private static final double Z = 1.959963984540054;

    /** Estimate plus and minus 1.96 standard errors. */
    public static CredibleInterval of(double estimate, double standardError) {
        return new CredibleInterval(estimate, estimate - Z * standardError, estimate + Z * standardError);
    }

    public boolean contains(double value) {
        return low <= value && value <= high;
    }
}
