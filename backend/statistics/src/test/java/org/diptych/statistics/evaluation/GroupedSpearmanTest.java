package org.diptych.statistics.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.diptych.statistics.data.PublishedRatings;
import org.junit.jupiter.api.Test;

class GroupedSpearmanTest {

    @Test
    void spearman_shares_ranks_among_ties() {
        assertThat(RankCorrelation.midRanks(new double[] {3, 1, 3, 2})).containsExactly(3.5, 1, 3.5, 2);
        // by hand: ranks (1, 2.5, 2.5, 4) and (1, 2, 3, 4): 4.5 / sqrt(4.5 * 5)
        assertThat(RankCorrelation.spearman(new double[] {1, 2, 2, 9}, new double[] {1, 2, 3, 4})
                        .orElseThrow())
                .isCloseTo(4.5 / Math.sqrt(4.5 * 5), within(1e-15));
        assertThat(RankCorrelation.spearman(new double[] {1, 1}, new double[] {1, 2}))
                .isInstanceOf(Measure.Undefined.class);
    }

    @Test
    void raters_of_imagenhub_correlate_as_recomputed_and_a_constant_model_is_left_out() {
        var ratings = PublishedRatings.imagenHub("Text-Guided_IE");
        List<GroupedSpearman.Group> groups = new ArrayList<>();
        for (int model = 0; model < ratings.models().size(); model++) {
            for (int first = 0; first < 3; first++) {
                for (int second = first + 1; second < 3; second++) {
                    groups.add(new GroupedSpearman.Group(
                            ratings.models().get(model) + first + second,
                            overall(ratings, first, model),
                            overall(ratings, second, model)));
                }
            }
        }

        GroupedSpearman all = GroupedSpearman.of(groups);
        GroupedSpearman withoutImagic = GroupedSpearman.of(groups.stream()
                .filter(group -> !group.name().startsWith("Imagic"))
                .toList());

        assertThat(all.undefinedGroups()).isEqualTo(3);
        assertThat(all.editRewardTanhOfMean()).isInstanceOf(Measure.Undefined.class);
        assertThat(all.mean().orElseThrow()).isCloseTo(0.470, within(0.0005));
        assertThat(withoutImagic.editRewardTanhOfMean().orElseThrow()).isCloseTo(0.438, within(0.0005));
        assertThat(withoutImagic.fisherMean().orElseThrow())
                .isGreaterThan(withoutImagic.mean().orElseThrow());
    }

    private static double[] overall(PublishedRatings.ImagenHub ratings, int rater, int model) {
        return IntStream.range(0, ratings.items())
                .mapToDouble(item -> ratings.overall(rater, item, model))
                .toArray();
    }

    @Test
    void fisher_mean_is_the_tanh_of_the_mean_artanh() {
        var groups = List.of(
                new GroupedSpearman.Group("a", new double[] {1, 2, 3, 4}, new double[] {1, 2, 4, 3}),
                new GroupedSpearman.Group("b", new double[] {1, 2, 3, 4}, new double[] {2, 1, 4, 3}));

        GroupedSpearman result = GroupedSpearman.of(groups);

        // rho .8 and .6; artanh = ln(9) / 2 and ln(4) / 2
        double mean = (Math.log(9) + Math.log(4)) / 4;
        assertThat(result.fisherMean().orElseThrow()).isCloseTo(Math.tanh(mean), within(1e-12));
        assertThat(result.mean().orElseThrow()).isCloseTo(0.7, within(1e-12));
        assertThat(result.editRewardTanhOfMean().orElseThrow()).isCloseTo(Math.tanh(0.7), within(1e-12));
    }

    @Test
    void standardising_removes_what_shifts_a_whole_group() {
        var groups = List.of(
                new GroupedSpearman.Group("a", new double[] {101, 102, 103}, new double[] {1, 2, 3}),
                new GroupedSpearman.Group("b", new double[] {1, 2, 3}, new double[] {1, 2, 3}));

        GroupedSpearman result = GroupedSpearman.of(groups);

        assertThat(result.pooledStandardised().orElseThrow()).isCloseTo(1, within(1e-12));
        assertThat(result.pooled().orElseThrow()).isLessThan(0.5);
        assertThat(result.fisherMean()).isInstanceOf(Measure.Undefined.class);
    }
}
