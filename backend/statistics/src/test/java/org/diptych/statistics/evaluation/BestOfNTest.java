package org.diptych.statistics.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BestOfNTest {

    @Test
    void average_over_all_subsets_equals_enumeration() {
        var random = new Random(4);
        for (int round = 0; round < 50; round++) {
            double[] score =
                    random.doubles(6).map(value -> Math.rint(4 * value)).toArray();
            double[] human = random.ints(6, 1, 5).asDoubleStream().toArray();
            for (int n = 1; n <= 6; n++) {
                BestOfN result = BestOfN.of(List.of(new BestOfN.Item(score, human)), n);
                assertThat(result.picked().orElseThrow()).isCloseTo(enumerate(score, human, n), within(1e-12));
                assertThat(result.best().orElseThrow()).isCloseTo(enumerate(human, human, n), within(1e-12));
                assertThat(result.regret().orElseThrow()).isGreaterThanOrEqualTo(-1e-12);
            }
        }
    }

    private static double enumerate(double[] key, double[] value, int n) {
        double sum = 0;
        int subsets = 0;
        for (int subset = 0; subset < 1 << key.length; subset++) {
            if (Integer.bitCount(subset) != n) {
                continue;
            }
            double best = Double.NEGATIVE_INFINITY;
            double picked = 0;
            int tied = 0;
            for (int index = 0; index < key.length; index++) {
                if ((subset >> index & 1) == 0 || key[index] < best) {
                    continue;
                }
                if (key[index] > best) {
                    best = key[index];
                    picked = 0;
                    tied = 0;
                }
                picked += value[index];
                tied++;
            }
            sum += picked / tied;
            subsets++;
        }
        return sum / subsets;
    }

    @Test
    void a_constant_score_is_no_better_than_chance_and_small_items_are_skipped() {
        double[] constant = new double[4];
        double[] human = {1, 2, 3, 4};

        BestOfN result = BestOfN.of(
                List.of(new BestOfN.Item(constant, human), new BestOfN.Item(new double[2], new double[2])), 4);

        assertThat(result.picked().orElseThrow())
                .isCloseTo(Arrays.stream(human).average().orElseThrow(), within(1e-12));
        assertThat(result.random()).isEqualTo(result.picked());
        assertThat(result.regret().orElseThrow()).isCloseTo(1.5, within(1e-12));
        assertThat(result.skipped()).isEqualTo(1);
        assertThat(BestOfN.of(List.of(), 2).regret()).isEqualTo(Measure.undefined("no item has 2 candidates"));
    }
}
