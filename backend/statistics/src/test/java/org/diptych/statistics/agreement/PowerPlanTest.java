package org.diptych.statistics.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a campaign to be will measure. */
class PowerPlanTest {
    private static final List<Double> FIVE = List.of(0.2, 0.2, 0.2, 0.2, 0.2);

    private static PowerPlan.Question question(double reliability, List<Integer> overlaps, List<Integer> pairs) {
        return new PowerPlan.Question(
                Collections.nCopies(8, reliability), FIVE, Level.NOMINAL, 0.8, overlaps, pairs, 20);
    }

    private static List<PowerPlan.Row> plan(PowerPlan.Question question) {
        return PowerPlan.simulate(question, new SplittableRandom(7), () -> false);
    }

    /** Two answers agree with r² + (1 - r)² / (K - 1); with even values chance is 1 / K. */
    @Test
    void alpha_is_what_the_reliability_says() {
        double reliability = 0.85;
        double agreement = reliability * reliability + (1 - reliability) * (1 - reliability) / 4;
        double alpha = (agreement - 0.2) / 0.8;
        assertThat(plan(question(reliability, List.of(2, 4), List.of(800))))
                .allSatisfy(row -> assertThat(row.alpha()).isCloseTo(alpha, within(0.015)));
        assertThat(PowerPlan.reliability(alpha, 5)).isCloseTo(reliability, within(1e-9));
    }

    @Test
    void four_times_the_pairs_halve_the_interval() {
        var rows = plan(question(0.85, List.of(3), List.of(200, 800)));
        assertThat(rows.getFirst().halfWidth() / rows.getLast().halfWidth()).isCloseTo(2.0, within(0.15));
        assertThat(rows.getFirst().accuracyHalfWidth() / rows.getLast().accuracyHalfWidth())
                .isCloseTo(2.0, within(0.15));
    }

    /** With two answers alpha is near a share's linear image: its standard error follows from the binomial law. */
    @Test
    void the_interval_of_two_answers_is_that_of_a_share() {
        double agreement = 0.85 * 0.85 + 0.15 * 0.15 / 4;
        double expected = 1.96 * Math.sqrt(agreement * (1 - agreement) / 400) / 0.8;
        assertThat(plan(question(0.85, List.of(2), List.of(400))).getFirst().halfWidth())
                .isCloseTo(expected, within(0.006));
    }

    /** One answer agrees with the model where both are right, or both give the same wrong value. */
    @Test
    void more_answers_show_more_of_what_the_model_can() {
        var rows = plan(question(0.7, List.of(1, 5), List.of(400)));
        assertThat(rows.getFirst().alpha()).isNaN();
        assertThat(rows.getFirst().accuracy()).isCloseTo(0.8 * 0.7 + 0.2 * 0.3 / 4, within(0.02));
        assertThat(rows.getLast().accuracy()).isBetween(0.7, 0.8);
    }

    @Test
    void the_same_seed_gives_the_same_plan_and_a_stop_leaves_whole_rows() {
        var question = question(0.85, List.of(2, 3), List.of(100));
        assertThat(plan(question)).isEqualTo(plan(question)).hasSize(2);
        var asked = new AtomicInteger();
        assertThat(PowerPlan.simulate(question, new SplittableRandom(7), () -> asked.incrementAndGet() > 30))
                .isEqualTo(plan(question).subList(0, 1));
    }

    @Test
    void nobody_answers_a_pair_twice() {
        assertThatThrownBy(() -> question(0.8, List.of(9), List.of(100))).hasMessageContaining("enough annotators");
    }
}
