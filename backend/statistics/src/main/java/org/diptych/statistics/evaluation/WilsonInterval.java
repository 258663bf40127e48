package org.diptych.statistics.evaluation;

/**
 * Wilson's 95 % score interval of a share (Wilson 1927): keeps its coverage on few cases and near 0 and 1, where the
 * normal approximation claims certainty.
 *
 * @param low lower end, 0 or more
 * @param high upper end, 1 or less
 */
public record WilsonInterval(double low, double high) {
    /** The normal quantile that leaves 2.5 % on each side. */
    private static final double Z = 1.959963984540054;

    /**
     * @param share the observed share, 0 to 1
     * @param cases number of independent cases that it was observed on, 1 or more
     * @throws IllegalArgumentException when the share or the number of cases is out of range
     */
    public static WilsonInterval of(double share, int cases) {
        if (!(share >= 0 && share <= 1) || cases < 1) {
            throw new IllegalArgumentException(
                    "Need a share of 0 to 1 on one case or more, not %s on %d".formatted(share, cases));
        }
        double centre = (share + Z * Z / (2.0 * cases)) / (1 + Z * Z / cases);
        double half = Z / (1 + Z * Z / cases) * Math.sqrt(share * (1 - share) / cases + Z * Z / (4.0 * cases * cases));
        return new WilsonInterval(Math.max(0, centre - half), Math.min(1, centre + half));
    }
}
