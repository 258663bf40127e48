package org.diptych.statistics.agreement;

import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/**
 * What leaving out one unit at a time does to a statistic. Units of the same pattern do the same, so there is one value
 * per pattern, taken as often as the pattern has units.
 */
record Jackknife(double[] values, long[] multiplicities) {
    /** Above this number of steps the jackknife is left out: ratings on a continuous scale with very many units. */
    private static final double MOST_STEPS = 3e8;

    static Jackknife of(PatternHistogram histogram, Statistic statistic) {
        var frequencies = histogram.frequencies();
        var values = new double[frequencies.length];
        var all = statistic.sums(frequencies);
        for (var pattern = 0; pattern < values.length; pattern++) {
            var sums = all.clone();
            statistic.accumulate(sums, pattern, -1);
            values[pattern] = statistic.value(sums);
        }
        return new Jackknife(values, frequencies);
    }

    /** Whether the number of patterns allows it. */
    static boolean isAffordable(PatternHistogram histogram, Statistic statistic) {
        return (double) histogram.patterns() * statistic.length() <= MOST_STEPS;
    }

    /** Whether the statistic is defined whichever unit is left out. */
    boolean isDefined() {
        return DoubleStream.of(values).noneMatch(Double::isNaN);
    }

    /** {@code √((n - 1) / n Σ (θ_i - mean)²)}. */
    double standardError() {
        var units = units();
        return Math.sqrt((units - 1) / units * moment(2));
    }

    /** Acceleration of the BCa interval, {@code Σ d³ / (6 (Σ d²)^1.5)} with d = mean - θ_i; empty if nothing varies. */
    OptionalDouble acceleration() {
        var second = moment(2);
        return second == 0 ? OptionalDouble.empty() : OptionalDouble.of(-moment(3) / (6 * Math.pow(second, 1.5)));
    }

    private double units() {
        double units = 0;
        for (var multiplicity : multiplicities) {
            units += multiplicity;
        }
        return units;
    }

    private double moment(int power) {
        double mean = 0;
        var units = units();
        for (var index = 0; index < values.length; index++) {
            mean += values[index] * multiplicities[index] / units;
        }
        double sum = 0;
        for (var index = 0; index < values.length; index++) {
            sum += multiplicities[index] * Math.pow(values[index] - mean, power);
        }
        return sum;
    }
}
