package org.diptych.statistics.agreement;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The bootstrap over units. Drawing n units with replacement from the table is drawing the numbers of units per pattern
 * from a multinomial distribution, so a replicate costs as much as there are patterns, whatever n is.
 */
final class Bootstrap {
    private Bootstrap() {}

    /**
     * Replicates of several statistics of one histogram, on the same resamples.
     *
     * @return per statistic its replicates, NaN where a resample leaves it undefined
     */
    static double[][] replicates(
            PatternHistogram histogram, List<? extends Statistic> statistics, int replicates, RandomGenerator random) {
        var frequencies = histogram.frequencies();
        var resampled = new long[frequencies.length];
        var values = new double[statistics.size()][replicates];
        for (var replicate = 0; replicate < replicates && !statistics.isEmpty(); replicate++) {
            resample(frequencies, histogram.counts().units(), resampled, random);
            for (var index = 0; index < values.length; index++) {
                var statistic = statistics.get(index);
                values[index][replicate] = statistic.value(statistic.sums(resampled));
            }
        }
        return values;
    }

    private static void resample(long[] frequencies, long units, long[] resampled, RandomGenerator random) {
        var unitsLeft = units;
        var frequencyLeft = units;
        for (var pattern = 0; pattern < frequencies.length; pattern++) {
            var share = (double) frequencies[pattern] / frequencyLeft;
            resampled[pattern] = BinomialSampler.sample(random, unitsLeft, share);
            unitsLeft -= resampled[pattern];
            frequencyLeft -= frequencies[pattern];
        }
    }

    /** The defined replicates in ascending order. */
    static double[] sortedDefined(double[] replicates) {
        return Arrays.stream(replicates)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
    }

    /** The value below which this share of the sorted replicates lies: order statistic {@code (B + 1) p}, interpolated. */
    static double percentile(double[] sorted, double share) {
        var place = Math.clamp((sorted.length + 1) * share - 1, 0, sorted.length - 1);
        var lower = (int) place;
        var upper = Math.min(lower + 1, sorted.length - 1);
        return sorted[lower] + (place - lower) * (sorted[upper] - sorted[lower]);
    }
}
