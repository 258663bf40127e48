package org.diptych.statistics.annotator;

import java.util.Optional;
import org.apache.commons.statistics.inference.TTest;

/**
 * Whether an annotator agrees with the others as before: the earlier half of the shared cases against the later half.
 *
 * @param earlier mean agreement in the earlier half, 0 to 1
 * @param later mean agreement in the later half
 * @param low lower end of the 95 % interval of {@code later - earlier}
 * @param high upper end
 * @param cases cases in both halves together
 * @param pValue of Welch's two-sided test that both are the same
 */
public record AgreementChange(double earlier, double later, double low, double high, int cases, double pValue) {
    /** Fewer cases say nothing about a change. */
    public static final int LEAST = 30;

    private static final double Z = 1.959963984540054;

    /** Shares that are equal differ by less. */
    private static final double ROUNDING = 1e-9;

    /**
     * The change in some cases.
     *
     * @param agreement per case, in the order in which the annotator answered, the share of the others who said the same
     * @return empty with fewer than {@value #LEAST} cases
     */
    public static Optional<AgreementChange> of(double[] agreement) {
        if (agreement.length < LEAST) {
            return Optional.empty();
        }
        var middle = agreement.length / 2;
        var first = Moments.of(agreement, 0, middle);
        var second = Moments.of(agreement, middle, agreement.length);
        var difference = second.mean - first.mean;
        var error = Math.sqrt(first.variance / first.cases + second.variance / second.cases);
        // two constant halves have no error to test against
        var pValue = error < ROUNDING
                ? Math.abs(difference) < ROUNDING ? 1 : 0
                : TTest.withDefaults()
                        .test(first.mean, first.variance, first.cases, second.mean, second.variance, second.cases)
                        .getPValue();
        return Optional.of(new AgreementChange(
                first.mean,
                second.mean,
                Math.max(-1, difference - Z * error),
                Math.min(1, difference + Z * error),
                agreement.length,
                pValue));
    }

    private record Moments(double mean, double variance, int cases) {
        static Moments of(double[] values, int from, int until) {
            double sum = 0;
            for (var index = from; index < until; index++) {
                sum += values[index];
            }
            var mean = sum / (until - from);
            double squares = 0;
            for (var index = from; index < until; index++) {
                squares += (values[index] - mean) * (values[index] - mean);
            }
            return new Moments(mean, squares / (until - from - 1), until - from);
        }
    }
}
