package org.diptych.statistics.agreement;

/**
 * A confidence interval.
 *
 * @param low lower limit
 * @param high upper limit, at most 1
 * @param level nominal coverage, such as 0.95
 * @param method how it was computed
 * @param replicates bootstrap replicates that it rests on, 0 where there are none
 * @param standardError standard error of the coefficient by the same method
 */
public record Interval(double low, double high, double level, Method method, int replicates, double standardError) {

    /** How an interval was computed. Every method treats the units, never the annotators or pairs, as the sample. */
    public enum Method {
        /** Bias-corrected and accelerated percentiles of the coefficient over resampled units (Efron 1987). */
        BOOTSTRAP_BCA,
        /** Plain percentiles of the same replicates (Efron and Tibshirani 1993, chapter 13). */
        BOOTSTRAP_PERCENTILE,
        /** Standard error from leaving out each unit in turn, Student's t with one degree less than pairable units. */
        JACKKNIFE,
        /**
         * Gwet's linearised variance of AC1 and AC2, Student's t with one degree less than rated units (Gwet 2008).
         * Too wide where many units have one rating.
         */
        GWET_ANALYTIC
    }
}
