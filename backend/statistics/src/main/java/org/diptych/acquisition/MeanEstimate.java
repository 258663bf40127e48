package org.diptych.acquisition;

import java.util.Arrays;

/**
 * A mean over splits.
 *
 * @param mean the mean
 * @param standardError sample standard deviation over the root of the number
 * @param low lower end of the 95 % interval by Student's t
 * @param high upper end
 */
record MeanEstimate(double mean, double standardError, double low, double high) {
    static MeanEstimate of(double[] values) {
        int count = values.length;
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        double error = Math.sqrt(squares / (count - 1) / count);
        double half = studentQuantile(count - 1) * error;
        return new MeanEstimate(mean, error, mean - half, mean + half);
    }

    /** 97.5 % quantile of Student's t: Cornish-Fisher (Abramowitz and Stegun 26.7.5), within .005 from 4 degrees on. */
    static double studentQuantile(int degrees) {
        if (degrees < 4) {
            return new double[] {Double.POSITIVE_INFINITY, 12.7062, 4.30265, 3.18245}[degrees];
        }
        double z = 1.959964;
        double z3 = z * z * z;
        double z5 = z3 * z * z;
        double z7 = z5 * z * z;
        return z
                + (z3 + z) / (4 * degrees)
                + (5 * z5 + 16 * z3 + 3 * z) / (96.0 * degrees * degrees)
                + (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384.0 * degrees * degrees * degrees);
    }
}
