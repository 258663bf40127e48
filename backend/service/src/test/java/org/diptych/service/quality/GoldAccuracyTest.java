package org.diptych.service.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class GoldAccuracyTest {
    @Test
    void halves_count_as_halves_and_the_interval_holds_the_mean() {
        var gold = GoldAccuracy.of(20, 15.5);
        assertThat(gold.mean()).isEqualTo(0.775, within(1e-12));
        assertThat(gold.low()).isBetween(0.5, gold.mean());
        assertThat(gold.high()).isBetween(gold.mean(), 1.0);
    }

    @Test
    void one_right_answer_proves_little() {
        var one = GoldAccuracy.of(1, 1);
        assertThat(one.mean()).isOne();
        assertThat(one.low()).isBetween(0.2, 0.21);
        assertThatThrownBy(() -> GoldAccuracy.of(0, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
