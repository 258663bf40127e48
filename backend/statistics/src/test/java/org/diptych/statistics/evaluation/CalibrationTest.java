package org.diptych.statistics.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CalibrationTest {

    @Test
    void error_and_curve_by_hand() {
        var result = Calibration.of(
                new double[] {0.9, 0.8, 0.95, 0.1, 1.0}, new boolean[] {true, false, true, false, true}, 2);

        // bin [0, .5): mean .1, frequency 0; bin [.5, 1]: mean .9125, frequency .75
        assertThat(result.expectedError().orElseThrow()).isCloseTo(0.2 * 0.1 + 0.8 * 0.1625, within(1e-12));
        assertThat(result.brier().orElseThrow()).isCloseTo((0.01 + 0.64 + 0.0025 + 0.01 + 0) / 5, within(1e-12));
        assertThat(result.curve()).hasSize(2);
        assertThat(result.curve().getLast().frequency()).isEqualTo(0.75);
        // Wilson's interval of 3 out of 4
        assertThat(result.curve().getLast().low()).isCloseTo(0.3006, within(5e-5));
        assertThat(result.curve().getLast().high()).isCloseTo(0.9544, within(5e-5));
    }

    @Test
    void honest_probabilities_have_a_small_error_and_exaggerated_ones_a_large_one() {
        var random = new SplittableRandom(9);
        double[] honest = random.doubles(20_000).toArray();
        boolean[] outcome = new boolean[honest.length];
        double[] exaggerated = new double[honest.length];
        for (int index = 0; index < honest.length; index++) {
            outcome[index] = random.nextDouble() < honest[index];
            exaggerated[index] = honest[index] < 0.5 ? 0.05 : 0.95;
        }

        assertThat(Calibration.of(honest, outcome, 10).expectedError().orElseThrow())
                .isLessThan(0.02);
        assertThat(Calibration.of(exaggerated, outcome, 10).expectedError().orElseThrow())
                .isCloseTo(0.2, within(0.02));
        assertThat(Calibration.of(honest, outcome, 10).brier().orElseThrow()).isCloseTo(1 / 6.0, within(0.01));
    }

    @Test
    void nothing_to_measure_is_undefined_and_nonsense_is_refused() {
        assertThat(Calibration.of(new double[0], new boolean[0], 10).brier()).isInstanceOf(Measure.Undefined.class);
        assertThatThrownBy(() -> Calibration.of(new double[] {0.1, 1.5}, new boolean[2], 10))
                .hasMessage("Probability 1 must lie between 0 and 1, not 1.5");
    }
}
