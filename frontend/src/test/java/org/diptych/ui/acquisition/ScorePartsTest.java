package org.diptych.ui.acquisition;

import static org.assertj.core.api.Assertions.assertThat;

import org.diptych.ui.acquisition.ScoreParts.Part;
import org.junit.jupiter.api.Test;

class ScorePartsTest {
    @Test
    void the_gain_of_a_design_leads_whatever_the_order() {
        var parts = ScoreParts.of("{\"variance\": 0.5, \"information\": 0.2, \"gain\": 0.09}");

        assertThat(parts.leading()).contains(new Part("gain", 0.09));
        assertThat(parts.parts()).hasSize(3);
    }

    @Test
    void a_policy_that_nobody_has_explained_yet_is_shown_under_its_own_words() {
        var parts = ScoreParts.of("{\"expectedModelChange\": 2}");

        assertThat(parts.leading()).contains(new Part("expectedModelChange", 2));
        assertThat(parts.parts().getFirst().name()).isEqualTo("Expected model change");
    }

    @Test
    void a_pair_that_was_not_scored_has_no_parts() {
        assertThat(ScoreParts.of("{}").leading()).isEmpty();
        assertThat(ScoreParts.of("not json").leading()).isEmpty();
        assertThat(ScoreParts.of("{\"note\": \"text\"}").leading()).isEmpty();
    }
}
