package org.diptych.statistics.evaluation;

import java.util.ArrayList;
import java.util.List;

/**
 * How far predicted probabilities can be taken at their word.
 *
 * @param expectedError expected calibration error: mean over the cases of |mean probability - frequency| of their bin
 *     (Naeini et al. 2015), from 0 to 1; depends on the bins
 * @param brier mean squared difference of probability and outcome (Brier 1950), from 0 to 1; does not depend on bins
 * @param curve the reliability curve: the non-empty bins of equal width, from low to high probability
 */
public record Calibration(Measure expectedError, Measure brier, List<Bin> curve) {

    /**
     * One point of the reliability curve.
     *
     * @param cases number of predictions in the bin
     * @param meanProbability their mean
     * @param frequency the share of them that came true
     * @param low lower end of Wilson's 95 % interval of the frequency
     * @param high upper end
     */
    public record Bin(int cases, double meanProbability, double frequency, double low, double high) {}

    /**
     * @param probability predicted probability of each event, from 0 to 1; for a preference that the first candidate is
     *     better
     * @param outcome whether the event happened
     * @param bins number of bins of equal width, such as 10
     * @throws IllegalArgumentException when lengths differ or a probability is out of range; the message names it
     */
    public static Calibration of(double[] probability, boolean[] outcome, int bins) {
        if (probability.length != outcome.length) {
            throw new IllegalArgumentException("Need one outcome per probability, but got %d and %d"
                    .formatted(outcome.length, probability.length));
        }
        if (bins < 1) {
            throw new IllegalArgumentException("Need at least one bin, not " + bins);
        }
        int[] cases = new int[bins];
        double[] sum = new double[bins];
        int[] hits = new int[bins];
        double squares = 0;
        for (int index = 0; index < probability.length; index++) {
            double p = probability[index];
            if (!(p >= 0 && p <= 1)) {
                throw new IllegalArgumentException(
                        "Probability %d must lie between 0 and 1, not %s".formatted(index, p));
            }
            int bin = Math.min(bins - 1, (int) (p * bins));
            cases[bin]++;
            sum[bin] += p;
            hits[bin] += outcome[index] ? 1 : 0;
            double error = p - (outcome[index] ? 1 : 0);
            squares += error * error;
        }
        double gaps = 0;
        List<Bin> curve = new ArrayList<>();
        for (int bin = 0; bin < bins; bin++) {
            if (cases[bin] > 0) {
                gaps += Math.abs(sum[bin] - hits[bin]);
                curve.add(bin(cases[bin], sum[bin] / cases[bin], (double) hits[bin] / cases[bin]));
            }
        }
        String empty = "there are no predictions";
        return new Calibration(
                Measure.share(gaps, probability.length, empty),
                Measure.share(squares, probability.length, empty),
                List.copyOf(curve));
    }

    private static Bin bin(int cases, double meanProbability, double frequency) {
        var interval = WilsonInterval.of(frequency, cases);
        return new Bin(cases, meanProbability, frequency, interval.low(), interval.high());
    }
}
