package org.diptych.statistics.evaluation;

/** A mean or a difference of means with its bootstrap interval, or the reason why there is none. */
public sealed interface Estimate {

    /**
     * @param value the estimate on the data themselves
     * @param low lower end of the interval
     * @param high upper end of the interval
     * @param standardError standard deviation of the bootstrap replicates
     * @param level nominal coverage of the interval, such as 0.95
     * @param groups number of groups that were resampled
     */
    record Interval(double value, double low, double high, double standardError, double level, int groups)
            implements Estimate {

        /** Whether the whole interval lies below zero. */
        public boolean isBelowZero() {
            return high < 0;
        }

        /** Whether the whole interval lies above zero. */
        public boolean isAboveZero() {
            return low > 0;
        }
    }

    /** No interval, with the reason in a form that can be shown to a reader. */
    record Undefined(String reason) implements Estimate {}
}
