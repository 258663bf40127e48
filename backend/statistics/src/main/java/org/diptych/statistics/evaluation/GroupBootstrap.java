package org.diptych.statistics.evaluation;

import java.util.Arrays;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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

    /** An interval from fewer replicates than this share would be one of the lucky ones. */
    private static final double MOSTLY_DEFINED = 0.9;

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
            return tooFew(distinct.length);
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
        return interval(Arrays.stream(sum).sum() / values.length, replicate, distinct.length);
    }

    /**
     * The interval of a statistic that is no plain mean: it is computed again on every resample of whole groups.
     * Replicates in which it is undefined are left out; where that is more than one in ten there is no interval.
     *
     * @param group the group of each case
     * @param statistic of the cases at the given positions; a position may come several times
     */
    public Estimate statistic(int[] group, Function<int[], Measure> statistic, RandomGenerator random) {
        int[] all = IntStream.range(0, group.length).toArray();
        if (statistic.apply(all) instanceof Measure.Undefined(String reason)) {
            return new Estimate.Undefined(reason);
        }
        int[][] members = members(group);
        if (members.length < 2) {
            return tooFew(members.length);
        }
        double[] replicate = new double[replicates];
        int defined = 0;
        for (int repeat = 0; repeat < replicates; repeat++) {
            int[][] drawn = new int[members.length][];
            for (int draw = 0; draw < drawn.length; draw++) {
                drawn[draw] = members[random.nextInt(members.length)];
            }
            if (statistic.apply(Stream.of(drawn).flatMapToInt(Arrays::stream).toArray())
                    instanceof Measure.Defined(double value)) {
                replicate[defined++] = value;
            }
        }
        if (defined < MOSTLY_DEFINED * replicates) {
            return new Estimate.Undefined(
                    "it is undefined in %d of %d resamples".formatted(replicates - defined, replicates));
        }
        return interval(statistic.apply(all).orElseThrow(), Arrays.copyOf(replicate, defined), members.length);
    }

    /** Positions of the cases of each group. */
    private static int[][] members(int[] group) {
        return IntStream.range(0, group.length)
                .boxed()
                .collect(Collectors.groupingBy(position -> group[position], TreeMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(positions -> positions.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
    }

    private static Estimate tooFew(int groups) {
        return new Estimate.Undefined("an interval needs at least two source images, there are " + groups);
    }

    private Estimate interval(double value, double[] replicate, int groups) {
        Arrays.sort(replicate);
        return new Estimate.Interval(
                value,
                quantile(replicate, (1 - level) / 2),
                quantile(replicate, (1 + level) / 2),
                standardDeviation(replicate),
                level,
                groups);
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
