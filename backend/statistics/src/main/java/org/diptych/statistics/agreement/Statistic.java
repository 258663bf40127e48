package org.diptych.statistics.agreement;

/**
 * A coefficient as a function of sums that are linear in the units. That makes a bootstrap replicate (other numbers of
 * units per pattern) and a jackknife step (one unit less) cost no more than the number of patterns.
 */
interface Statistic {
    /** Number of sums. */
    int length();

    /** Adds the contribution of {@code units} units of a pattern to the sums; a negative number takes it away. */
    void accumulate(double[] sums, int pattern, double units);

    /** The coefficient, NaN where the sums leave it undefined (no pairable unit, one value only). */
    double value(double[] sums);

    /** The sums of a whole table. */
    default double[] sums(long[] frequencies) {
        var sums = new double[length()];
        for (var pattern = 0; pattern < frequencies.length; pattern++) {
            if (frequencies[pattern] != 0) {
                accumulate(sums, pattern, frequencies[pattern]);
            }
        }
        return sums;
    }
}
