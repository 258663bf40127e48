package org.diptych.statistics.evaluation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GroupRankingTest {

    @Test
    void a_ranking_is_right_only_as_a_whole() {
        var result = GroupRanking.accuracy(
                List.of(
                        RankedGroup.parse("C>A>B", 2, 1, 3),
                        RankedGroup.parse("C>A>B", 1, 2, 3),
                        RankedGroup.parse("A>B", 2, 1),
                        RankedGroup.parse("D>C>B>A", 1, 2, 3, 4)),
                TieThreshold.NEVER);

        assertThat(result.bySize().get(2)).isEqualTo(new Accuracy(Measure.of(1), Measure.of(1), 1, 1));
        assertThat(result.bySize().get(3)).isEqualTo(new Accuracy(Measure.of(0.5), Measure.of(1), 1, 2));
        assertThat(result.overall().value()).isEqualTo(Measure.of(0.75));
    }

    @Test
    void tied_candidates_are_right_in_either_order_when_close_and_wrong_when_far() {
        var threshold = new TieThreshold(0.5);

        assertThat(RankedGroup.parse("A>B=C", 3, 1.2, 1).isRight(threshold)).isTrue();
        assertThat(RankedGroup.parse("A>C=B", 3, 1.2, 1).isRight(threshold)).isTrue();
        assertThat(RankedGroup.parse("A>B=C", 3, 2, 1).isRight(threshold)).isFalse();
        assertThat(RankedGroup.parse("A>B=C", 1.4, 1.2, 1).isRight(threshold)).isFalse();
        assertThat(RankedGroup.parse("A=B=Bad", 1.4, 1.2).isRight(threshold)).isTrue();
        assertThat(RankedGroup.parse("A=B", 1.4, 1.2).isRight(threshold)).isTrue();
    }

    @Test
    void published_variant_fails_every_three_way_tie_and_lets_small_margins_win_pairs() {
        var groups = List.of(
                RankedGroup.parse("A=B=Good", 1.0, 1.1),
                RankedGroup.parse("A=B=Bad", 1.0, 1.2),
                RankedGroup.parse("A>B", 1.1, 1.0),
                RankedGroup.parse("B>A", 0, 5),
                RankedGroup.parse("A>B=C", 3, 1, 1));

        var published = GroupRanking.editReward(groups);

        var two = requireNonNull(published.bySize().get(2));
        var three = requireNonNull(published.bySize().get(3));
        assertThat(two.epsilon().orElseThrow()).isCloseTo(0.2, within(1e-12));
        assertThat(two.pairwise().correct()).isEqualTo(3);
        // the third pair does not exceed the threshold, yet counts
        assertThat(two.strict().correct()).isEqualTo(4);
        assertThat(three.strict().correct()).isZero();
        assertThat(three.pairwise().correct()).isEqualTo(2);
        assertThat(published.overallStrict().value()).isEqualTo(Measure.of(0.8));
        assertThat(published.overallPairwise().cases()).isEqualTo(7);
        assertThat(GroupRanking.accuracy(groups, new TieThreshold(0.2)).bySize().get(3))
                .isEqualTo(new Accuracy(Measure.of(1), Measure.of(1), 1, 1));
    }

    @Test
    void a_tie_that_says_neither_good_nor_bad_is_the_published_readers_first_and_never_right() {
        var groups = List.of(
                RankedGroup.parse("A=B", 1, 1),
                RankedGroup.parse("A=B", 2, 1),
                RankedGroup.parse("B=A", 2, 1),
                RankedGroup.parse("A=B=Good", 1, 1));

        var published = requireNonNull(GroupRanking.editReward(groups).bySize().get(2));

        // the threshold is 0: the second is right as A>B, the last as a tie
        assertThat(published.pairwise().correct()).isEqualTo(2);
        assertThat(published.strict().correct()).isEqualTo(1);
        var read = groups.stream().map(RankedGroup::withPlainTieRead).toList();
        assertThat(requireNonNull(GroupRanking.editReward(read).bySize().get(2))
                        .strict()
                        .correct())
                .isEqualTo(4);
    }

    @Test
    void equal_scores_are_broken_as_in_the_published_code() {
        assertThat(RankedGroup.parse("B>A", 1, 1).orderEqualsScores()).isTrue();
        assertThat(RankedGroup.parse("A>B", 1, 1).orderEqualsScores()).isFalse();
    }

    @Test
    void random_scores_are_right_once_in_k_factorial() {
        var random = new Random(1);
        List<RankedGroup> groups = new ArrayList<>();
        for (int index = 0; index < 30_000; index++) {
            List<String> names = new ArrayList<>(List.of("A", "B", "C"));
            Collections.shuffle(names, random);
            groups.add(
                    RankedGroup.parse(String.join(">", names), random.doubles(3).toArray()));
        }

        Accuracy accuracy = GroupRanking.accuracy(groups, TieThreshold.NEVER).overall();

        assertThat(accuracy.value().orElseThrow()).isCloseTo(1 / 6.0, within(0.01));
        assertThat(accuracy.majorityClass().orElseThrow()).isCloseTo(1 / 6.0, within(0.01));
    }

    @Test
    void unreadable_rankings_are_named() {
        assertThatThrownBy(() -> RankedGroup.parse("A>A", 1, 2)).hasMessageContaining("\"A>A\"");
        assertThatThrownBy(() -> RankedGroup.parse("A>C", 1, 2)).hasMessageContaining("\"A>C\"");
        assertThatThrownBy(() -> RankedGroup.parse("first", 1, 2)).hasMessageContaining("write it like C>A=B");
        assertThatThrownBy(() -> RankedGroup.parse("A>B", 1)).hasMessageContaining("needs 2 scores, not 1");
    }
}
