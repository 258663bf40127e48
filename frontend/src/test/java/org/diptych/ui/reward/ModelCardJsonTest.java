package org.diptych.ui.reward;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelCardJsonTest {
    private static final String CARD = """
            {"format": 1, "members": 8, "provenance": {"seed": 7, "codeRevision": "abc"},
             "settings": {"learningRate": 0.00123456, "early": {"patience": 5}},
             "overall": {"curve": [{"predicted": 0.25, "observed": 0.2, "weight": 12},
                                   {"predicted": 0.75, "observed": 1, "weight": 0}]}}""";

    @Test
    void nested_values_are_shown_under_their_path() {
        assertThat(ModelCardJson.of(CARD).part("settings").facts())
                .isEqualTo(Map.of("Learning rate", "0.001235", "Early, patience", "5"));
    }

    @Test
    void a_part_that_is_not_there_has_no_facts() {
        assertThat(ModelCardJson.of(CARD).part("nothing").facts()).isEmpty();
        assertThat(ModelCardJson.of("broken").facts()).isEmpty();
    }

    @Test
    void own_values_leave_out_what_is_nested() {
        assertThat(ModelCardJson.of(CARD).ownFacts()).isEqualTo(Map.of("Format", "1", "Members", "8"));
    }

    @Test
    void bins_without_answers_are_left_out_of_the_reliability_curve() {
        assertThat(ModelCardJson.of(CARD).reliability()).singleElement().satisfies(bin -> {
            assertThat(bin.predicted()).isEqualTo(0.25);
            assertThat(bin.count()).isEqualTo(12);
        });
    }

    @Test
    void calibrations_hold_what_was_measured_and_nothing_else() {
        var card = ModelCardJson.of("""
                {"heads": [{"dimension": "quality", "calibration": {"accuracy": 0.8, "calibrationError": 0.04,
                  "brier": 0.15, "slope": 2, "eta": 0.5}}],
                 "overall": {"accuracy": "NaN", "slope": 1, "eta": 0.5}}""");
        assertThat(card.calibrations())
                .containsExactly(
                        new ModelCardJson.HeadCalibration("quality", 0.8, 0.04, 0.15, 2, 0.5),
                        new ModelCardJson.HeadCalibration("", Double.NaN, Double.NaN, Double.NaN, 1, 0.5));
        assertThat(ModelCardJson.of("{}").calibrations()).isEmpty();
    }
}
