package org.diptych.ui.reward;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LiftTest {
    @Test
    void a_measured_lift_is_read_with_its_interval() {
        assertThat(Lift.of("""
                        {"decision": "promoted", "lift": {"labels": 60, "pairs": 40, "subsamples": 8,
                         "value": 0.02, "low": -0.01, "high": 0.05}}""")).isEqualTo(new Lift.Measured(60, 40, 8, 0.02, -0.01, 0.05));
    }

    @Test
    void what_is_missing_is_read() {
        assertThat(Lift.of("{\"lift\": {\"missing\": 12, \"of\": \"chosen\"}}"))
                .isEqualTo(new Lift.Missing(12, "chosen"));
    }

    @Test
    void reports_without_a_lift_say_nothing() {
        assertThat(Lift.of("{}")).isEqualTo(new Lift.Unknown());
        assertThat(Lift.of("{\"lift\": {}}")).isEqualTo(new Lift.Unknown());
    }
}
