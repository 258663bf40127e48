package org.diptych.statistics.annotator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.diptych.statistics.agreement.Coefficient;
import org.diptych.statistics.evaluation.WilsonInterval;
import org.junit.jupiter.api.Test;

class PeerAgreementTest {
    private static PeerAgreement of(int[]... cases) {
        var builder = new PeerAgreement.Builder(3);
        for (int i = 0; i < cases.length; i++) {
            builder.add(cases[i][0], new int[] {cases[i][1], cases[i][2], cases[i][3]}, i);
        }
        return builder.build();
    }

    @Test
    void cases_without_a_leader_among_the_others_are_left_out() {
        var result = of(new int[] {0, 2, 0, 0}, new int[] {1, 1, 1, 0}, new int[] {1, 2, 1, 0}, new int[] {2, 0, 0, 1});
        assertThat(result.cases()).isEqualTo(3);
        assertThat(result.agreed()).isEqualTo(2);
        assertThat(result.share()).contains(2.0 / 3);
    }

    @Test
    void chance_is_taken_off_by_gwets_formula() {
        // own 0 0 1, others 0 0 0: pa = 2/3, pi = (5/6, 1/6, 0), pe = (5/36 + 5/36) / 2
        var result = of(new int[] {0, 2, 0, 0}, new int[] {0, 2, 0, 0}, new int[] {1, 2, 0, 0});
        double pe = (5.0 / 36 + 5.0 / 36) / 2;
        assertThat(result.chanceCorrected())
                .isInstanceOfSatisfying(
                        Coefficient.Defined.class,
                        defined -> assertThat(defined.value()).isCloseTo((2.0 / 3 - pe) / (1 - pe), within(1e-12)));
    }

    @Test
    void cases_of_one_group_are_one_independent_case() {
        var builder = new PeerAgreement.Builder(2);
        for (int i = 0; i < 6; i++) {
            builder.add(0, new int[] {2, 0}, i / 3);
        }
        assertThat(builder.build().interval()).contains(WilsonInterval.of(1, 2));
    }

    @Test
    void no_cases_no_share() {
        var nothing = new PeerAgreement.Builder(2).build();
        assertThat(nothing.share()).isEmpty();
        assertThat(nothing.interval()).isEmpty();
        assertThat(nothing.chanceCorrected()).isInstanceOf(Coefficient.Undefined.class);
    }
}
