package org.diptych.acquisition;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Krippendorff's nominal alpha of verdicts and the width of its bootstrap interval, from the pairs labelled twice. */
final class OverlapAgreement {
    private static final int REPLICATES = 200;

    private final int[][] counts;

    OverlapAgreement(List<int[]> verdicts) {
        counts = verdicts.stream()
                .filter(labels -> labels.length >= 2)
                .map(OverlapAgreement::count)
                .toArray(int[][]::new);
    }

    private static int[] count(int[] labels) {
        var count = new int[3];
        for (int label : labels) {
            count[label + 1]++;
        }
        return count;
    }

    int pairs() {
        return counts.length;
    }

    /** NaN when undefined. */
    double alpha() {
        return alpha(counts);
    }

    /** Width of the 95 % percentile interval over resampled pairs; NaN when undefined. */
    double intervalWidth(RandomGenerator random) {
        if (Double.isNaN(alpha())) {
            return Double.NaN;
        }
        var replicates = new double[REPLICATES];
        for (int replicate = 0; replicate < REPLICATES; replicate++) {
            var sample = new int[counts.length][];
            Arrays.setAll(sample, unit -> counts[random.nextInt(counts.length)]);
            replicates[replicate] = alpha(sample);
        }
        double[] defined = Arrays.stream(replicates)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        return defined.length == 0
                ? Double.NaN
                : defined[(int) (.975 * (defined.length - 1))] - defined[(int) (.025 * (defined.length - 1))];
    }

    private static double alpha(int[][] units) {
        var totals = new double[3];
        double labels = 0;
        double disagreement = 0;
        for (int[] unit : units) {
            int size = unit[0] + unit[1] + unit[2];
            double same = 0;
            for (int value = 0; value < 3; value++) {
                same += (double) unit[value] * unit[value];
                totals[value] += unit[value];
            }
            labels += size;
            disagreement += (size * (double) size - same) / (size - 1);
        }
        double chance = labels * labels;
        for (double total : totals) {
            chance -= total * total;
        }
        return chance > 0 ? 1 - disagreement * (labels - 1) / chance : Double.NaN;
    }
}
