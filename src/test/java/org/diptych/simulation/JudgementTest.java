package org.diptych.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
class JudgementTest {
    private static final AnswerRules RATING = rules(AnswerRules.Mode.RATING);
    private static final AnswerRules COMPARISON = rules(AnswerRules.Mode.COMPARISON);

    @Test
    void the_same_annotator_answers_the_same_pair_in_the_same_way() {
        for (int i = 0; i < 50; i++) {
            KnownPairs.Pair pair = pair("item" + i, 2, 3);
            assertThat(new Judgement(RATING, 7, 1).answers(pair)).isEqualTo(new Judgement(RATING, 7, 1).answers(pair));
        }
    }

    @Test
    void the_sides_do_not_change_the_answer() {
        for (int i = 0; i < 50; i++) {
            KnownPairs.Pair pair = pair("item" + i, 2, 3);
            KnownPairs.Pair swapped = new KnownPairs.Pair(
                    pair.item(),
                    /* leftSha256= */ pair.rightSha256(),
                    /* rightSha256= */ pair.leftSha256(),
                    /* left= */ pair.right(),
                    /* right= */ pair.left());
            Judgement judgement = new Judgement(RATING, 7, 1);
            Map<?, ?> shown = (Map<?, ?>) judgement.answers(pair).get("quality");
            Map<?, ?> mirrored = (Map<?, ?>) judgement.answers(swapped).get("quality");
            assertThat(shown.get("left")).isEqualTo(mirrored.get("right"));
            assertThat(shown.get("right")).isEqualTo(mirrored.get("left"));
            assertThat(judgement.activeMilliseconds(pair)).isEqualTo(judgement.activeMilliseconds(swapped));
        }
    }

    @Test
    void ratings_are_the_truth_as_often_as_the_annotator_is_reliable_and_never_more_than_one_level_off() {
        Judgement judgement = new Judgement(RATING, 0, 3);
        int pairs = 20_000;
        int right = 0;
        for (int i = 0; i < pairs; i++) {
            int truth = 1 + i % 4;
            Map<?, ?> answer =
                    (Map<?, ?>) judgement.answers(pair("item" + i, truth, 2)).get("quality");
            int rating = (Integer) answer.get("left");
            assertThat(rating).isBetween(Math.max(1, truth - 1), Math.min(4, truth + 1));
            right += rating == truth ? 1 : 0;
        }
        assertThat(judgement.reliability()).isBetween(0.75, 0.85);
        // five standard errors
        assertThat((double) right / pairs).isCloseTo(judgement.reliability(), within(5 * 0.5 / Math.sqrt(pairs)));
    }

    @Test
    void annotators_and_seeds_differ() {
        List<Double> reliabilities = IntStream.range(0, 20)
                .mapToObj(annotator -> new Judgement(RATING, annotator % 2, annotator).reliability())
                .toList();
        assertThat(reliabilities).doesNotHaveDuplicates();
    }

    @Test
    void comparisons_follow_from_the_two_noisy_ratings() {
        for (int i = 0; i < 200; i++) {
            KnownPairs.Pair pair = pair("item" + i, 1 + i % 4, 1 + i / 4 % 4);
            Map<?, ?> ratings =
                    (Map<?, ?>) new Judgement(RATING, 1, 0).answers(pair).get("quality");
            int left = (Integer) ratings.get("left");
            int right = (Integer) ratings.get("right");
            Object word = new Judgement(COMPARISON, 1, 0).answers(pair).get("quality");
            assertThat(word)
                    .isEqualTo(
                            left == right
                                    ? left == 1 ? "both_bad" : "tie"
                                    : (left > right ? "left" : "right") + (Math.abs(left - right) > 1 ? "_much" : ""));
        }
    }

    private static AnswerRules rules(AnswerRules.Mode mode) {
        return new AnswerRules("test-v1", mode, List.of("quality"), 1, 4, "cannot_judge");
    }

    private static KnownPairs.Pair pair(String item, int left, int right) {
        return new KnownPairs.Pair(
                item, "a" + item, "b" + item, new Truth.Ratings(List.of(left)), new Truth.Ratings(List.of(right)));
    }
}
