package org.diptych.statistics.acquisition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.SplittableRandom;
import org.diptych.statistics.data.Draw;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

class VOptimalTest {
    private static final int WIDTH = 5;

    /** The definition: how far the weighted variances of all targets fall when the posterior is computed anew. */
    @RepeatedTest(40)
    void each_pick_lowers_the_open_decisions_variance_most(RepetitionInfo repetition) {
        var draw = new Draw(repetition);
        int size = draw.between(4, 160);
        int seed = draw.between(0, 10_000);
        var pool = AcquisitionPolicyTest.pool(size, seed);
        var labelled = FeatureMatrix.zeros(0, WIDTH);
        var batch = new VOptimal(size)
                .select(pool, Past.of(labelled, new double[0], .7), 4, Caps.NONE, 0, new SplittableRandom(1));
        var taken = new HashSet<Integer>();
        for (var chosen : batch.chosen()) {
            double before = openVariance(pool, taken);
            double best = 0;
            for (int pair = 0; pair < size; pair++) {
                if (!taken.contains(pair)) {
                    best = Math.max(best, before - openVariance(pool, with(taken, pair)));
                }
            }
            double found = before - openVariance(pool, with(taken, chosen.pair()));
            assertThat(found).isCloseTo(best, within(1e-6 * before));
            assertThat(chosen.scores().getOrDefault("gain", 0.0)).isCloseTo(found, within(1e-5 * before));
            taken.add(chosen.pair());
        }
    }

    private static HashSet<Integer> with(HashSet<Integer> taken, int pair) {
        var more = new HashSet<>(taken);
        more.add(pair);
        return more;
    }

    private static double openVariance(Pool pool, HashSet<Integer> labelled) {
        int[] pairs = labelled.stream().mapToInt(Integer::intValue).toArray();
        double[] information = labelled.stream().mapToDouble(pool::information).toArray();
        var past = Past.of(new Subset(pool.features(), pairs), information, .7);
        var row = new float[WIDTH];
        double sum = 0;
        for (int pair = 0; pair < pool.size(); pair++) {
            pool.features().read(pair, row);
            double deviation = pool.epistemic(pair);
            double standardised = pool.margin(pair) / deviation;
            // the floor that keeps every pair a target counts where the model doubts nothing
            double density = (Math.exp(-standardised * standardised / 2) + 1e-9) / (deviation * Math.sqrt(2 * Math.PI));
            sum += density * past.variance(row);
        }
        return sum;
    }
}
