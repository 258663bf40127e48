package org.diptych.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class GoldAccuracyTest {
    @Test
    void the_interval_is_wilsons() {
        // Newcombe 1998, Statistics in Medicine 17, 857-872, table I: 81 of 263 and 15 of 148
        var large = GoldAccuracy.of(263, 81);
        assertThat(large.low()).isEqualTo(0.2553, within(5e-5));
        assertThat(large.high()).isEqualTo(0.3662, within(5e-5));
        var small = GoldAccuracy.of(148, 15);
        assertThat(small.low()).isEqualTo(0.0624, within(5e-5));
        assertThat(small.high()).isEqualTo(0.1605, within(5e-5));
    }

    @Test
    void one_right_answer_proves_little() {
        var one = GoldAccuracy.of(1, 1);
        assertThat(one.mean()).isOne();
        assertThat(one.low()).isBetween(0.2, 0.21);
        assertThatThrownBy(() -> GoldAccuracy.of(0, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
