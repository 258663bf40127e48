package org.diptych.statistics.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class WilsonIntervalTest {
    /** Newcombe 1998, table I, method 3: 81/263, 15/148, 0/20 and 1/29. */
    @Test
    void the_published_intervals_are_reached() {
        check(81, 263, 0.2553, 0.3662);
        check(15, 148, 0.0624, 0.1605);
        check(0, 20, 0.0000, 0.1611);
        check(1, 29, 0.0061, 0.1718);
    }

    private static void check(int part, int whole, double low, double high) {
        var interval = WilsonInterval.of((double) part / whole, whole);
        assertThat(interval.low()).isCloseTo(low, within(5e-5));
        assertThat(interval.high()).isCloseTo(high, within(5e-5));
    }

    @Test
    void a_share_of_nothing_is_refused() {
        assertThatThrownBy(() -> WilsonInterval.of(0.5, 0)).hasMessageContaining("on 0");
        assertThatThrownBy(() -> WilsonInterval.of(1.5, 3)).hasMessageContaining("1.5");
    }
}
