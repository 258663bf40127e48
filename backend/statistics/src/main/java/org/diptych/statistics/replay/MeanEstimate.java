package org.diptych.statistics.replay;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A mean over splits.
 *
 * @param mean the mean
 * @param standardError sample standard deviation over the root of the number
 * @param low lower end of the 95 % interval by Student's t
 * @param high upper end
 */
public record MeanEstimate(double mean, double standardError, double low, double high) {
    /** The mean of at least two values. */
    public static MeanEstimate of(double[] values) {
        int count = values.length;
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        double error = Math.sqrt(squares / (count - 1) / count);
        double half = TDistribution.of(count - 1).inverseCumulativeProbability(.975) * error;
        return new MeanEstimate(mean, error, mean - half, mean + half);
    }
}
