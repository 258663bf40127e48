package org.diptych.statistics.annotator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The tests by which one annotator is told from the others. */
class AnnotatorFaultsTest {
    @Test
    void sides_are_tested_exactly() {
        // R: binom.test(15, 20)$p.value
        var bias = SideBias.of(15, 20);
        assertThat(bias.pValue()).isCloseTo(0.04138947, within(1e-8));
        assertThat(bias.share()).isEqualTo(0.75);
        assertThat(SideBias.of(10, 20).pValue()).isEqualTo(1);
        assertThatThrownBy(() -> SideBias.of(0, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void of_many_tests_the_smallest_counts_the_most_and_the_order_stays() {
        // R: p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm")
        assertThat(HolmCorrection.adjusted(0.01, 0.04, 0.03, 0.005)).containsExactly(0.03, 0.06, 0.06, 0.02);
        assertThat(HolmCorrection.adjusted()).isEmpty();
    }

    @Test
    void somebody_who_agreed_and_does_no_longer_has_changed() {
        var cases = new double[100];
        for (var index = 0; index < 100; index++) {
            cases[index] = index % 10 < (index < 50 ? 8 : 4) ? 1 : 0;
        }
        var change = AgreementChange.of(cases).orElseThrow();
        assertThat(change.earlier()).isEqualTo(0.8);
        assertThat(change.later()).isEqualTo(0.4);
        assertThat(change.high()).isNegative();
        assertThat(change.pValue()).isLessThan(0.001);

        Arrays.fill(cases, 1);
        assertThat(AgreementChange.of(cases).orElseThrow().pValue()).isEqualTo(1);
        assertThat(AgreementChange.of(new double[29])).isEmpty();
    }
}
