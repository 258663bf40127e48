package org.diptych.reward.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.diptych.statistics.evaluation.ScoredPairs;
import org.junit.jupiter.api.Test;

class AccuracyIntervalTest {
    /** Pairs of which the first is always preferred; groups of two pairs each. */
    private static ScoredPairs pairs(double... margins) {
        var human = new int[margins.length];
        Arrays.fill(human, 1);
        var group = new int[margins.length];
        Arrays.setAll(group, i -> i / 2);
        return new ScoredPairs(human, margins, group);
    }

    @Test
    void a_model_that_was_always_right_is_not_certain_to_be() {
        // Clopper-Pearson for 5 of 5: 47.8 % to 100 %
        var interval = AccuracyInterval.of(pairs(1, 2, 1, 2, 1, 2, 1, 2, 1, 2)).orElseThrow();
        assertThat(interval.low()).isCloseTo(0.478, within(0.001));
        assertThat(interval.high()).isEqualTo(1);
    }

    @Test
    void a_model_that_was_always_wrong_mirrors_it() {
        var interval = AccuracyInterval.of(pairs(-1, -2, -1, -2, -1, -2, -1, -2, -1, -2))
                .orElseThrow();
        assertThat(interval.low()).isZero();
        assertThat(interval.high()).isCloseTo(0.522, within(0.001));
    }

    @Test
    void otherwise_the_bootstrap_speaks_and_holds_the_value() {
        var interval =
                AccuracyInterval.of(pairs(1, -2, 1, 2, 1, 2, -1, 2, 1, 2)).orElseThrow();
        assertThat(interval.low()).isLessThan(0.8).isPositive();
        assertThat(interval.high()).isGreaterThan(0.8);
    }
}
