package org.diptych.statistics.acquisition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.diptych.statistics.data.Draw;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
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

    @RepeatedTest(1000)
    void more_opinions_never_settle_less(RepetitionInfo repetition) {
        var draw = new Draw(repetition);
        double reliability = draw.between(.4, .98);
        int first = draw.between(0, 2);
        int tie = draw.between(0, 2);
        int second = draw.between(0, 2);
        int more = draw.between(0, 4);
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
