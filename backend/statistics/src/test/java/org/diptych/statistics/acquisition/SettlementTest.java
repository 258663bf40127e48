package org.diptych.statistics.acquisition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SettlementTest {
    private static final double[] OPEN = {.4, .2, .4};

    @Test
    void a_third_good_annotator_settles_a_contradiction_and_a_mediocre_one_does_not() {
        int[] contradiction = {1, 0, 1};
        // after first and second: .018 and .018 against .0005; a vote for either brings it to 18 to 1
        assertThat(new Settlement(.9, .9).probability(OPEN, contradiction, 1)).isCloseTo(.94, within(.02));
        assertThat(new Settlement(.75, .9).probability(OPEN, contradiction, 1)).isZero();
        assertThat(new Settlement(.75, .9).probability(OPEN, contradiction, 3)).isBetween(.4, .7);
    }

    @Test
    void agreement_settles_and_nothing_more_is_needed() {
        assertThat(new Settlement(.9, .9).probability(OPEN, new int[] {2, 0, 0}, 0))
                .isEqualTo(1);
        assertThat(new Settlement(.9, .9).probability(OPEN, new int[] {0, 2, 0}, 0))
                .isEqualTo(1);
    }

    @Test
    void three_different_answers_leave_it_open() {
        assertThat(new Settlement(.9, .9).probability(OPEN, new int[] {1, 1, 1}, 0))
                .isZero();
    }

    @Property
    void more_opinions_never_settle_less(
            @ForAll @DoubleRange(min = .4, max = .98) double reliability,
            @ForAll @IntRange(max = 2) int first,
            @ForAll @IntRange(max = 2) int tie,
            @ForAll @IntRange(max = 2) int second,
            @ForAll @IntRange(max = 4) int more) {
        var settlement = new Settlement(reliability, .9);
        int[] votes = {first, tie, second};
        double now = settlement.probability(OPEN, votes, more);
        assertThat(now).isBetween(0.0, 1 + 1e-9);
        assertThat(settlement.probability(OPEN, votes, more + 1)).isGreaterThanOrEqualTo(now - 1e-12);
    }

    @Test
    void impossible_parameters_are_refused() {
        assertThatThrownBy(() -> new Settlement(1, .9)).hasMessageContaining("Reliability 1.0");
        assertThatThrownBy(() -> new Settlement(.9, .9).probability(new double[2], new int[3], 1))
                .hasMessageContaining("Three verdicts");
    }
}
