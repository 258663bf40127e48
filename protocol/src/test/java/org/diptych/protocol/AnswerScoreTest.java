package org.diptych.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerScoreTest {
    private static final Protocol RATING =
            ProtocolDocument.bundled("edit-preference-v1").protocol();
    private static final Protocol COMPARISON =
            ProtocolDocument.bundled("edit-comparison-v1").protocol();
    private static final RatingPair RIGHT = new RatingPair(4, 4);

    private static double rated(RatingPair known, RatingPair given) {
        return AnswerScore.of(
                        RATING,
                        Map.of("instruction_following", known, "visual_quality", RIGHT),
                        Map.of("instruction_following", given, "visual_quality", RIGHT))
                .dimensions()
                .getOrDefault("instruction_following", Double.NaN);
    }

    @ParameterizedTest(name = "known {0}/{1}, answered {2}/{3}: {4}")
    @CsvSource({
        // the right verdict with ratings within one level
        "4, 2, 4, 2, 1",
        "4, 2, 3, 1, 1",
        "3, 3, 4, 4, 1",
        "1, 1, 1, 1, 1",
        // the right verdict from ratings that are further off
        "4, 1, 4, 3, 0.5",
        "4, 4, 2, 2, 0.5",
        // another verdict because one rating is one level off
        "4, 3, 4, 4, 0.5",
        "3, 3, 3, 2, 0.5",
        "1, 1, 2, 1, 0.5",
        // both bad against a tie
        "2, 2, 1, 1, 0.5",
        "4, 4, 1, 1, 0",
        // more than that
        "4, 2, 3, 3, 0",
        "4, 4, 4, 2, 0",
        // the wrong edit, however near the ratings are
        "3, 2, 2, 3, 0",
        "4, 1, 1, 4, 0"
    })
    void ratings_score_by_verdict_and_distance(int first, int second, int a, int b, double expected) {
        assertThat(rated(new RatingPair(first, second), new RatingPair(a, b))).isEqualTo(expected);
        assertThat(rated(new RatingPair(second, first), new RatingPair(b, a))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "known {0}, answered {1}: {2}")
    @CsvSource({
        "FIRST, FIRST_MUCH, 1",
        "FIRST_MUCH, FIRST, 1",
        "TIE, TIE, 1",
        "TIE, BOTH_BAD, 0.5",
        "BOTH_BAD, SECOND, 0.5",
        "FIRST, TIE, 0.5",
        "FIRST_MUCH, TIE, 0.5",
        "FIRST, SECOND, 0",
        "SECOND_MUCH, FIRST_MUCH, 0"
    })
    void comparisons_score_by_verdict_and_step(Comparison known, Comparison given, double expected) {
        var score = AnswerScore.of(
                COMPARISON,
                Map.of("instruction_following", known, "visual_quality", Comparison.TIE),
                Map.of("instruction_following", given, "visual_quality", Comparison.TIE));
        assertThat(score.dimensions()).containsEntry("instruction_following", expected);
        assertThat(score.mean()).isEqualTo((expected + 1) / 2, within(1e-12));
    }

    @Test
    void rating_everything_the_same_does_not_pass() {
        double sum = 0;
        int pairs = 0;
        for (int first = 1; first <= 4; first++) {
            for (int second = 1; second <= 4; second++) {
                sum += rated(new RatingPair(first, second), new RatingPair(3, 3));
                pairs++;
            }
        }
        assertThat(sum / pairs).isLessThan(RATING.qualification().passMark() / 2);
    }

    @Test
    void an_incomplete_answer_is_refused() {
        assertThatThrownBy(() -> AnswerScore.of(
                        RATING,
                        Map.of("instruction_following", RIGHT, "visual_quality", RIGHT),
                        Map.of("instruction_following", RIGHT)))
                .isInstanceOf(InvalidAnswerException.class);
    }
}
