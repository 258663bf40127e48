package org.diptych.statistics.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LevelledUnbiasedRiskTest {

    @Test
    void uniform_draws_all_weigh_one() {
        double[] probability = {1 / 5.0, 1 / 4.0, 1 / 3.0};

        assertThat(LevelledUnbiasedRisk.weights(probability, 5)).containsExactly(new double[] {1, 1, 1}, within(1e-12));
    }

    @Test
    void the_bias_of_choosing_hard_cases_is_removed() {
        var random = new SplittableRandom(17);
        int pool = 60;
        int draws = 15;
        boolean[] right = new boolean[pool];
        double[] attraction = new double[pool];
        for (int index = 0; index < pool; index++) {
            right[index] = random.nextDouble() < 0.7;
            attraction[index] = right[index] ? 1 : 4;
        }
        double truth = 0;
        for (boolean value : right) {
            truth += value ? 1.0 / pool : 0;
        }

        int runs = 20_000;
        double weighted = 0;
        double unweighted = 0;
        for (int run = 0; run < runs; run++) {
            LevelledUnbiasedRisk result = draw(right, attraction, draws, random);
            weighted += result.accuracy().orElseThrow() / runs;
            unweighted += result.unweightedAccuracy().orElseThrow() / runs;
            assertThat(result.effectiveCases().orElseThrow()).isBetween(1.0, draws + 1e-9);
        }

        assertThat(weighted).isCloseTo(truth, within(0.006));
        assertThat(unweighted).isLessThan(truth - 0.15);
    }

    private static LevelledUnbiasedRisk draw(boolean[] right, double[] attraction, int draws, SplittableRandom random) {
        double[] left = attraction.clone();
        boolean[] correct = new boolean[draws];
        double[] probability = new double[draws];
        for (int step = 0; step < draws; step++) {
            double total = Arrays.stream(left).sum();
            double target = random.nextDouble(total);
            int index = 0;
            while (target >= left[index]) {
                target -= left[index];
                index++;
            }
            correct[step] = right[index];
            probability[step] = left[index] / total;
            left[index] = 0;
        }
        return LevelledUnbiasedRisk.of(new int[draws], correct, probability, right.length);
    }

    @Test
    void drawing_the_whole_pool_is_the_plain_mean() {
        var result = LevelledUnbiasedRisk.of(
                new int[] {0, -1, -1}, new boolean[] {true, false, true}, new double[] {0.7, 0.2, 1}, 3);

        assertThat(result.accuracy().orElseThrow()).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(result.majorityClass().orElseThrow()).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(result.effectiveCases().orElseThrow()).isCloseTo(3, within(1e-12));
    }
}
