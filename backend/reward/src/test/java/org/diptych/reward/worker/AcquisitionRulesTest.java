package org.diptych.reward.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.diptych.statistics.acquisition.AcquisitionPolicy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who chooses, given what choosing has been measured to be worth. */
class AcquisitionRulesTest {
    @Test
    void chance_chooses_while_chosen_labels_teach_less_than_random_ones() {
        var rules = rules("{\"value\": -0.05, \"low\": -0.09, \"high\": -0.01}");

        assertThat(rules.policy().name()).isEqualTo("uniform");
        assertThat(rules.inPlaceOf(rules.policy())).isEqualTo("entropy");
    }

    @Test
    void a_loss_that_may_be_luck_changes_nothing() {
        var rules = rules("{\"value\": -0.05, \"low\": -0.11, \"high\": 0.01}");

        assertThat(rules.policy().name()).isEqualTo("entropy");
        assertThat(rules.inPlaceOf(rules.policy())).isNull();
    }

    @Test
    void nothing_measured_changes_nothing() {
        assertThat(rules(null).policy().name()).isEqualTo("entropy");
        assertThat(rules("{\"missing\": 20, \"of\": \"chosen\"}").policy().name())
                .isEqualTo("entropy");
    }

    @Test
    void a_name_that_no_policy_has_stands_for_the_default_and_is_told() {
        var rules = new AcquisitionRules("v-optimall", null, 100, 0.1, 3, 100, 0);

        assertThat(rules.policy().name()).isEqualTo(AcquisitionPolicy.standard().name());
        assertThat(rules.inPlaceOf(rules.policy())).isEqualTo("v-optimall");
    }

    private static AcquisitionRules rules(@Nullable String report) {
        return new AcquisitionRules("entropy", MeasuredLift.of(report), 100, 0.1, 3, 100, 0);
    }
}
