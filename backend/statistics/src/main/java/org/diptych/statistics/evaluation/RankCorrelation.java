package org.diptych.statistics.evaluation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Spearman's rank correlation with mid-ranks for ties. */
public final class RankCorrelation {

    private RankCorrelation() {}

    /**
     * Pearson's correlation of the mid-ranks, from -1 to 1; undefined for fewer than two values or a constant side.
     *
     * @throws IllegalArgumentException when the lengths differ or a value is NaN
     */
    public static Measure spearman(double[] first, double[] second) {
        if (first.length != second.length) {
            throw new IllegalArgumentException(
                    "Need pairs of values, but got %d and %d".formatted(first.length, second.length));
        }
        if (first.length < 2) {
            return Measure.undefined("a correlation needs at least two values, there are " + first.length);
        }
        double[] a = midRanks(first);
        double[] b = midRanks(second);
        double mean = (first.length + 1) / 2.0;
        double product = 0;
        double squaresA = 0;
        double squaresB = 0;
        for (int index = 0; index < a.length; index++) {
            product += (a[index] - mean) * (b[index] - mean);
            squaresA += (a[index] - mean) * (a[index] - mean);
            squaresB += (b[index] - mean) * (b[index] - mean);
        }
        if (squaresA == 0 || squaresB == 0) {
            return Measure.undefined("all values of one side are equal");
        }
        return Measure.of(Math.clamp(product / Math.sqrt(squaresA * squaresB), -1, 1));
    }

    /** Ranks from 1; equal values share the mean of their ranks. */
    static double[] midRanks(double[] values) {
        int[] order = IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(index -> values[index]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] rank = new double[values.length];
        int start = 0;
        while (start < order.length) {
            int end = start;
            while (end < order.length && values[order[end]] == values[order[start]]) {
                end++;
            }
            if (end == start) {
                throw new IllegalArgumentException("Value %d is not a number".formatted(order[start]));
            }
            double shared = (start + 1 + end) / 2.0;
            Arrays.stream(order, start, end).forEach(index -> rank[index] = shared);
            start = end;
        }
        return rank;
    }
}
