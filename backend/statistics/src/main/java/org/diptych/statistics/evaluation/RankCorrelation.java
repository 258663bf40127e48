package org.diptych.statistics.evaluation;

import java.util.Arrays;
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
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        // not-a-number is sorted behind everything else
        if (sorted.length > 0 && Double.isNaN(sorted[sorted.length - 1])) {
            throw new IllegalArgumentException("Value %d is not a number"
                    .formatted(IntStream.range(0, values.length)
                            .filter(index -> Double.isNaN(values[index]))
                            .findFirst()
                            .orElseThrow()));
        }
        // where the run of values equal to the one at a place begins
        int[] start = new int[sorted.length];
        for (int place = 1; place < sorted.length; place++) {
            start[place] = sorted[place] == sorted[place - 1] ? start[place - 1] : place;
        }
        double[] shared = new double[sorted.length];
        for (int place = sorted.length - 1; place >= 0; place--) {
            boolean lastOfRun = place + 1 == sorted.length || start[place + 1] != start[place];
            shared[place] = lastOfRun ? (start[place] + 1 + place + 1) / 2.0 : shared[place + 1];
        }
        double[] rank = new double[values.length];
        for (int index = 0; index < values.length; index++) {
            // minus zero is sorted before zero, but equals it
            rank[index] = shared[Arrays.binarySearch(sorted, values[index])];
        }
        return rank;
    }
}
