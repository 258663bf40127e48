package org.diptych.statistics.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GroupBootstrapTest {

    @Test
    void interval_of_independent_pairs_matches_the_binomial_one() {
        int size = 1_000;
        double[] values = new double[size];
        Arrays.setAll(values, position -> position < 700 ? 1 : 0);
        int[] group = new int[size];
        Arrays.setAll(group, position -> position);

        var interval = interval(new GroupBootstrap(5_000, 0.95).mean(values, group, new SplittableRandom(3)));

        double standardError = Math.sqrt(0.7 * 0.3 / size);
        assertThat(interval.value()).isEqualTo(0.7);
        assertThat(interval.standardError()).isCloseTo(standardError, within(0.0007));
        assertThat(interval.low()).isCloseTo(0.7 - 1.96 * standardError, within(0.003));
        assertThat(interval.high()).isCloseTo(0.7 + 1.96 * standardError, within(0.003));
    }

    @Test
    void pairs_of_one_image_do_not_count_as_independent() {
        // 50 images, 20 identical pairs each: the error is that of 50 values, not of 1,000
        double[] values = new double[1_000];
        int[] group = new int[1_000];
        Arrays.setAll(group, position -> position / 20);
        Arrays.setAll(values, position -> group[position] % 2);

        var interval = interval(GroupBootstrap.STANDARD.mean(values, group, new SplittableRandom(3)));

        assertThat(interval.standardError()).isCloseTo(Math.sqrt(0.25 / 50), within(0.004));
    }

    @Test
    void what_is_hard_for_both_models_cancels() {
        var random = new SplittableRandom(11);
        double[] first = new double[400];
        double[] second = new double[400];
        int[] group = new int[400];
        for (int pair = 0; pair < 400; pair++) {
            group[pair] = pair / 4;
            first[pair] = random.nextDouble() < 0.5 ? 1 : 0;
            second[pair] = pair % 20 == 0 ? 0 : first[pair];
        }

        var interval = interval(GroupBootstrap.STANDARD.difference(first, second, group, random));

        assertThat(interval.isAboveZero()).isTrue();
        assertThat(interval.high()).isLessThan(0.06);
    }

    @Test
    void nominal_coverage_is_met() {
        var random = new SplittableRandom(23);
        int covered = 0;
        int simulations = 1_000;
        for (int simulation = 0; simulation < simulations; simulation++) {
            double[] values = new double[240];
            int[] group = new int[240];
            for (int image = 0; image < 80; image++) {
                double share = random.nextDouble(0.4, 1.0);
                for (int pair = 0; pair < 3; pair++) {
                    group[image * 3 + pair] = image;
                    values[image * 3 + pair] = random.nextDouble() < share ? 1 : 0;
                }
            }
            var interval = interval(new GroupBootstrap(400, 0.95).mean(values, group, random));
            covered += interval.low() <= 0.7 && 0.7 <= interval.high() ? 1 : 0;
        }
        assertThat(covered / (double) simulations).isBetween(0.92, 0.97);
    }

    @Test
    void same_seed_gives_the_same_interval_and_one_image_gives_none() {
        double[] values = {1, 0, 1, 1};
        int[] group = {1, 2, 3, 4};

        assertThat(GroupBootstrap.STANDARD.mean(values, group, new SplittableRandom(5)))
                .isEqualTo(GroupBootstrap.STANDARD.mean(values, group, new SplittableRandom(5)));
        assertThat(GroupBootstrap.STANDARD.mean(values, new int[4], new SplittableRandom(5)))
                .isEqualTo(new Estimate.Undefined("an interval needs at least two source images, there are 1"));
    }

    private static Estimate.Interval interval(Estimate estimate) {
        assertThat(estimate).isInstanceOf(Estimate.Interval.class);
        return (Estimate.Interval) estimate;
    }
}
