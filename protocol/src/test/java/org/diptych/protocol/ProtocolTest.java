package org.diptych.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ProtocolTest {
    private static final Protocol RATING =
            ProtocolDocument.bundled("edit-preference-v1").protocol();
    private static final Protocol COMPARISON =
            ProtocolDocument.bundled("edit-comparison-v1").protocol();

    private static Map<String, Verdict> rated(int if1, int if2, int vq1, int vq2) {
        return RATING.verdicts(
                Map.of("instruction_following", new RatingPair(if1, if2), "visual_quality", new RatingPair(vq1, vq2)));
    }

    private static Map<String, Verdict> compared(Comparison following, Comparison quality) {
        return COMPARISON.verdicts(Map.of("instruction_following", following, "visual_quality", quality));
    }

    @Test
    void the_higher_sum_of_ratings_wins_overall() {
        assertThat(rated(4, 3, 2, 4))
                .containsEntry("instruction_following", Verdict.FIRST)
                .containsEntry("visual_quality", Verdict.SECOND)
                .containsEntry("overall", Verdict.SECOND);
    }

    @Test
    void opposite_advantages_of_equal_size_are_a_tie_overall() {
        assertThat(rated(4, 2, 2, 4)).containsEntry("overall", Verdict.TIE);
    }

    @Test
    void a_tie_at_the_lowest_level_is_both_bad() {
        assertThat(rated(1, 1, 2, 2))
                .containsEntry("instruction_following", Verdict.BOTH_BAD)
                .containsEntry("visual_quality", Verdict.TIE)
                .containsEntry("overall", Verdict.BOTH_BAD);
        assertThat(rated(2, 2, 2, 2)).containsEntry("overall", Verdict.TIE);
    }

    @Test
    void comparisons_add_up_by_their_strength() {
        assertThat(compared(Comparison.FIRST_MUCH, Comparison.SECOND)).containsEntry("overall", Verdict.FIRST);
        assertThat(compared(Comparison.FIRST, Comparison.SECOND)).containsEntry("overall", Verdict.TIE);
        assertThat(compared(Comparison.BOTH_BAD, Comparison.SECOND)).containsEntry("overall", Verdict.SECOND);
        assertThat(compared(Comparison.BOTH_BAD, Comparison.BOTH_BAD)).containsEntry("overall", Verdict.BOTH_BAD);
    }

    @Test
    void exchanging_the_candidates_exchanges_the_verdict() {
        for (var following : Comparison.values()) {
            for (var quality : Comparison.values()) {
                var verdict = compared(following, quality).get("overall");
                assertThat(compared(following.exchanged(), quality.exchanged()).get("overall"))
                        .isEqualTo(verdict == null ? null : verdict.exchanged());
            }
        }
    }

    @Test
    void an_incomplete_answer_names_what_is_missing() {
        assertThatThrownBy(() -> RATING.verdicts(Map.of("instruction_following", new RatingPair(4, 4))))
                .isInstanceOf(InvalidAnswerException.class)
                .hasMessageContaining("visual_quality");
    }

    @Test
    void a_rating_outside_of_the_scale_is_refused() {
        assertThatThrownBy(() -> rated(5, 1, 1, 1))
                .isInstanceOf(InvalidAnswerException.class)
                .hasMessageContaining("instruction_following")
                .hasMessageContaining("1 to 4");
    }

    @Test
    void answers_of_the_other_mode_are_refused() {
        assertThatThrownBy(() -> RATING.verdicts(
                        Map.of("instruction_following", Comparison.TIE, "visual_quality", Comparison.TIE)))
                .isInstanceOf(InvalidAnswerException.class);
    }

    @Test
    void answers_fit_another_version_when_mode_dimensions_and_levels_are_the_same() {
        var text = ProtocolDocument.bundled("edit-preference-v1").text().replace("version: 1", "version: 2");
        assertThat(RATING.answersDifferFrom(changed(text, "Very good", "Excellent")))
                .isEmpty();
        assertThat(RATING.answersDifferFrom(COMPARISON))
                .hasValueSatisfying(why -> assertThat(why).contains("ratings"));
        assertThat(RATING.answersDifferFrom(changed(text, "id: visual_quality", "id: beauty")))
                .hasValueSatisfying(why -> assertThat(why).contains("beauty"));
        assertThat(
                        RATING.answersDifferFrom(
                                changed(
                                        text,
                                        "      - value: 1\n        label: {en: Very poor",
                                        "      - value: 0\n        label: {en: Void, zh: 空}\n        text: {en: None., zh: 无。}\n      - value: 1\n        label: {en: Very poor")))
                .hasValueSatisfying(why -> assertThat(why).contains("0 to 4"));
    }

    private static Protocol changed(String text, String word, String by) {
        assertThat(text).contains(word);
        return ProtocolDocument.parse(text.replace(word, by)).protocol();
    }
}
