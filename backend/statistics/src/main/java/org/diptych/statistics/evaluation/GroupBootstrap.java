package org.diptych.statistics.evaluation;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Percentile bootstrap that resamples whole groups (source images), because pairs of one image are not independent.
 * Groups may differ in size: each replicate is the ratio (sum of the values) / (number of values).
 *
 * <p>Two models are compared on the same pairs: the difference per pair is resampled, so what makes a pair hard for both
 * cancels.
 *
 * @param replicates number of resamples, 2,000 or more for a 95 % interval
 * @param level nominal coverage, such as 0.95
 */
public record GroupBootstrap(int replicates, double level) {

    /** 2,000 replicates, 95 %. */
    public static final GroupBootstrap STANDARD = new GroupBootstrap(2_000, 0.95);

    public GroupBootstrap {
        if (replicates < 100) {
            throw new IllegalArgumentException("A bootstrap interval needs at least 100 replicates, not " + replicates);
        }
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("The level must lie between 0 and 1, not " + level);
        }
    }

    /**
     * The interval of mean(first) - mean(second).
     *
     * @param first one value per case of the first model, for example 1 = right, 0 = wrong
     * @param second the second model's values of the same cases
     * @param group the group of each case
     * @throws IllegalArgumentException when the lengths differ
     */
    public Estimate difference(double[] first, double[] second, int[] group, RandomGenerator random) {
        if (first.length != second.length) {
            throw new IllegalArgumentException(
                    "Models must be compared on the same cases, but there are %d and %d values"
                            .formatted(first.length, second.length));
        }
        double[] difference = new double[first.length];
        Arrays.setAll(difference, position -> first[position] - second[position]);
        return mean(difference, group, random);
    }

    /**
     * The interval of the mean of the values.
     *
     * @throws IllegalArgumentException when the lengths differ
     */
    public Estimate mean(double[] values, int[] group, RandomGenerator random) {
        if (values.length != group.length) {
            throw new IllegalArgumentException(
                    "Need one group per value, but got %d values and %d groups".formatted(values.length, group.length));
        }
        int[] distinct = Arrays.stream(group).distinct().sorted().toArray();
        if (distinct.length < 2) {
            return new Estimate.Undefined("an interval needs at least two source images, there are " + distinct.length);
        }
        double[] sum = new double[distinct.length];
        int[] count = new int[distinct.length];
        for (int position = 0; position < values.length; position++) {
            int index = Arrays.binarySearch(distinct, group[position]);
            sum[index] += values[position];
            count[index]++;
        }
        double[] replicate = new double[replicates];
        for (int repeat = 0; repeat < replicates; repeat++) {
            double total = 0;
            long cases = 0;
            for (int draw = 0; draw < distinct.length; draw++) {
                int index = random.nextInt(distinct.length);
                total += sum[index];
                cases += count[index];
            }
            replicate[repeat] = total / cases;
        }
        Arrays.sort(replicate);
        return new Estimate.Interval(
                Arrays.stream(sum).sum() / values.length,
                quantile(replicate, (1 - level) / 2),
                quantile(replicate, (1 + level) / 2),
                standardDeviation(replicate),
                level,
                distinct.length);
    }

    private static double quantile(double[] sorted, double probability) {
        double position = probability * (sorted.length - 1);
        int below = (int) Math.floor(position);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }

    private static double standardDeviation(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        return Math.sqrt(squares / (values.length - 1));
    }
}
