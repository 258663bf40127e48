package org.diptych.statistics.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.diptych.statistics.annotator.CredibleInterval;
import org.diptych.statistics.annotator.Stopping;
import org.junit.jupiter.api.Test;

class ResampledRankingTest {
    private static final BradleyTerry DAVIDSON = new BradleyTerry(TieModel.DAVIDSON);
    private static final double[] FOUR = {-1.2, -0.3, 0.4, 1.1};

    /** Davidson 1970, six brands of chocolate pudding: two brands, preferences for either, no preference. */
    private static final int[][] PUDDING = {
        {1, 2, 19, 22, 16},
        {1, 3, 16, 19, 12},
        {2, 3, 19, 19, 10},
        {1, 4, 18, 23, 13},
        {2, 4, 23, 19, 9},
        {3, 4, 19, 20, 15},
        {1, 5, 13, 19, 18},
        {2, 5, 16, 20, 12},
        {3, 5, 16, 15, 17},
        {4, 5, 17, 14, 16},
        {1, 6, 18, 21, 12},
        {2, 6, 22, 20, 12},
        {3, 6, 13, 18, 10},
        {4, 6, 14, 19, 18},
        {5, 6, 11, 21, 12},
    };

    /** The estimates in the vignette of the R package PlackettLuce: shares of the brands, and the tie parameter. */
    private static final double[] SHARES = {0.1388005, 0.1729985, 0.1617420, 0.1653930, 0.1586805, 0.2023855};

    private static final double TIES = 0.7468147;

    private static GroupedComparisons pudding() {
        var builder = new GroupedComparisons.Builder(6);
        int group = 0;
        for (int[] row : PUDDING) {
            for (int outcome = 0; outcome < 3; outcome++) {
                for (int count = 0; count < row[2 + outcome]; count++) {
                    builder.add(group++, row[0] - 1, row[1] - 1, new int[] {1, -1, 0}[outcome], 1);
                }
            }
        }
        return builder.build();
    }

    @Test
    void the_published_estimates_of_comparisons_with_ties_are_reached() {
        var likelihood = new BradleyTerry(TieModel.DAVIDSON, false, PairPrior.NONE, new Stopping(100, 1e-10));

        Ranking ranking = likelihood.fit(pudding().all()).orElseThrow();

        double[] share = new double[6];
        Arrays.setAll(share, brand -> Math.exp(ranking.strength(brand)));
        double total = Arrays.stream(share).sum();
        for (int brand = 0; brand < 6; brand++) {
            assertThat(share[brand] / total).isCloseTo(SHARES[brand], within(5e-5));
        }
        assertThat(Math.exp(ranking.tieParameter())).isCloseTo(TIES, within(5e-5));
    }

    @Test
    void wins_and_ties_of_two_items_are_counted_on_both_sides() {
        var comparisons = new GroupedComparisons.Builder(3)
                .add(0, 0, 1, 1, 1)
                .add(0, 1, 0, -1, 1)
                .add(1, 0, 1, -1, 1)
                .add(1, 1, 0, 0, 4)
                .build();

        assertThat(comparisons.wins(0, 1)).isEqualTo(2);
        assertThat(comparisons.wins(1, 0)).isEqualTo(1);
        assertThat(comparisons.ties(0, 1)).isEqualTo(comparisons.ties(1, 0)).isEqualTo(1);
        assertThat(comparisons.size()).isEqualTo(4);
        assertThat(comparisons.groups()).isEqualTo(2);
        // (1 + 1 + 1 + 4)^2 / (1 + 1 + 1 + 16)
        assertThat(comparisons.effectiveSize()).isCloseTo(49 / 19.0, within(1e-12));
        assertThat(comparisons.connected()).containsExactly(new int[] {0, 1}, new int[] {2});
    }

    @Test
    void strengths_are_recovered_though_annotators_favour_a_side_and_one_model_stands_there_more_often() {
        var random = new SplittableRandom(4);
        var builder = new GroupedComparisons.Builder(4);
        var point = new PairLikelihood.Point();
        for (int row = 0; row < 12_000; row++) {
            int one = random.nextInt(4);
            int other = (one + 1 + random.nextInt(3)) % 4;
            // the stronger stands at the left in four of five cases
            boolean turned = (FOUR[one] < FOUR[other]) == (random.nextDouble() < 0.8);
            int left = turned ? other : one;
            int right = turned ? one : other;
            TieModel.DAVIDSON.evaluate(FOUR[left] - FOUR[right] + 0.6, -0.2, 1, point);
            double first = Math.exp(point.logProbability);
            TieModel.DAVIDSON.evaluate(FOUR[left] - FOUR[right] + 0.6, -0.2, -1, point);
            double second = Math.exp(point.logProbability);
            double target = random.nextDouble();
            builder.add(row, left, right, target < first ? 1 : target < first + second ? -1 : 0, 1);
        }

        var fit = ResampledRanking.of(builder.build(), DAVIDSON, 200, random).orElseThrow();
        var blind = ResampledRanking.of(
                        builder.build(),
                        new BradleyTerry(TieModel.DAVIDSON, false, PairPrior.WEAK, new Stopping(100, 1e-8)),
                        200,
                        random)
                .orElseThrow();

        for (int item = 0; item < 4; item++) {
            assertThat(fit.strengths().get(item).estimate()).isCloseTo(FOUR[item], within(0.1));
            assertThat(fit.ranks().get(item)).isEqualTo(new CredibleInterval(4 - item, 4 - item, 4 - item));
        }
        assertThat(fit.positionBias().orElseThrow().estimate()).isCloseTo(0.6, within(0.1));
        assertThat(fit.positionBias().orElseThrow().low()).isGreaterThan(0.4);
        // who does not look at the sides takes the place for strength
        assertThat(blind.strengths().get(3).estimate())
                .isGreaterThan(fit.strengths().get(3).estimate() + 0.15);
        assertThat(blind.positionBias()).isEmpty();
        assertThat(fit.preferred().get(3).low()).isGreaterThan(0.6);
    }

    /** Independent comparisons need no bootstrap, so both intervals must come out alike. */
    @Test
    void intervals_of_single_comparisons_are_those_of_the_observed_information() {
        var random = new SplittableRandom(9);
        var resampled = ResampledRanking.of(simulated(600, 1, random), DAVIDSON, 1_000, random)
                .orElseThrow();

        for (int item = 0; item < 4; item++) {
            double width = width(resampled.strengths().get(item));
            assertThat(width / width(resampled.ranking().strengths().get(item))).isBetween(0.85, 1.15);
        }
    }

    /** Three labels that repeat each other say as much as one. */
    @Test
    void labels_of_one_source_that_repeat_each_other_do_not_narrow_the_interval() {
        var one = ResampledRanking.of(
                        simulated(600, 1, new SplittableRandom(9)), DAVIDSON, 1_000, new SplittableRandom(1))
                .orElseThrow();
        var three = ResampledRanking.of(
                        simulated(600, 3, new SplittableRandom(9)), DAVIDSON, 1_000, new SplittableRandom(1))
                .orElseThrow();

        for (int item = 0; item < 4; item++) {
            assertThat(width(three.strengths().get(item))
                            / width(one.strengths().get(item)))
                    .isBetween(0.9, 1.1);
            assertThat(width(three.ranking().strengths().get(item)))
                    .isLessThan(0.65 * width(one.ranking().strengths().get(item)));
        }
    }

    /** A policy that asks mostly where the strongest loses makes it look weak; the inverse of its probabilities mends that. */
    @Test
    void weights_by_inverse_probability_undo_a_choice_that_depends_on_the_outcome() {
        var random = new SplittableRandom(21);
        var chosen = new GroupedComparisons.Builder(2);
        var weighted = new GroupedComparisons.Builder(2);
        for (int row = 0; row < 40_000; row++) {
            // on hard instructions (half of all) the first model wins seldom
            boolean hard = random.nextBoolean();
            double probability = hard ? 0.8 : 0.1;
            int outcome = random.nextDouble() < (hard ? 0.3 : 0.9) ? 1 : -1;
            if (random.nextDouble() < probability) {
                boolean turned = random.nextBoolean();
                chosen.add(row, turned ? 1 : 0, turned ? 0 : 1, turned ? -outcome : outcome, 1);
                weighted.add(row, turned ? 1 : 0, turned ? 0 : 1, turned ? -outcome : outcome, 1 / probability);
            }
        }
        var half = new BradleyTerry(TieModel.HALF_A_WIN);

        var naive = half.fit(chosen.build().all()).orElseThrow();
        var mended = ResampledRanking.of(weighted.build(), half, 400, random).orElseThrow();

        // of all pairs it wins 60 %
        assertThat(naive.outcome(0, 1).left()).isLessThan(0.4);
        assertThat(mended.ranking().outcome(0, 1).left()).isCloseTo(0.6, within(0.02));
        assertThat(weighted.build().effectiveSize()).isLessThan(weighted.build().size() / 2.0);
        // the second derivatives take each weight for so many comparisons
        assertThat(width(mended.strengths().getFirst()))
                .isGreaterThan(1.5 * width(mended.ranking().strengths().getFirst()));
    }

    /** Every resample of it says the same, which is no certainty. */
    @Test
    void an_item_that_lost_everything_has_an_interval_as_wide_as_its_few_comparisons() {
        var builder = new GroupedComparisons.Builder(3);
        for (int row = 0; row < 30; row++) {
            builder.add(row, 0, 1, row % 2 == 0 ? 1 : -1, 1);
            builder.add(row, row % 2, 2, 1, 1);
        }

        var ranking = ResampledRanking.of(builder.build(), DAVIDSON, 200, new SplittableRandom(1))
                .orElseThrow();

        assertThat(ranking.ranks().get(2)).isEqualTo(new CredibleInterval(3, 3, 3));
        assertThat(width(ranking.strengths().get(2)))
                .isGreaterThanOrEqualTo(width(ranking.ranking().strengths().get(2)));
        assertThat(ranking.preferred().get(2).low())
                .isLessThan(ranking.preferred().get(2).estimate() - 0.03);
    }

    @Test
    void many_groups_are_resampled_in_blocks_with_the_same_interval() {
        var random = new SplittableRandom(2);
        var comparisons = simulated(9_000, 1, random);
        assertThat(comparisons.groups()).isEqualTo(9_000);
        assertThat(comparisons.blocks()).isEqualTo(2_000);

        var resampled = ResampledRanking.of(comparisons, DAVIDSON, 500, random).orElseThrow();

        for (int item = 0; item < 4; item++) {
            assertThat(width(resampled.strengths().get(item))
                            / width(resampled.ranking().strengths().get(item)))
                    .isBetween(0.85, 1.15);
        }
    }

    @Test
    void what_cannot_be_compared_is_refused() {
        assertThatThrownBy(() -> new GroupedComparisons.Builder(2).add(0, 1, 1, 1, 1))
                .hasMessageContaining("not 1 and 1");
        assertThatThrownBy(() -> new GroupedComparisons.Builder(2).add(0, 0, 1, 1, Double.NaN))
                .hasMessageContaining("weight NaN");
        var single = new GroupedComparisons.Builder(2).add(0, 0, 1, 1, 1).build();
        assertThatThrownBy(() -> ResampledRanking.of(single, DAVIDSON, 100, new SplittableRandom(1)))
                .hasMessageContaining("2 groups, not 100 of 1");
    }

    private static GroupedComparisons simulated(int size, int copies, SplittableRandom random) {
        var simulated =
                SimulatedPairs.of(size, FOUR, new double[] {1}, new double[] {0.3}, TieModel.DAVIDSON, 0, random);
        var builder = new GroupedComparisons.Builder(4);
        for (int row = 0; row < size; row++) {
            for (int copy = 0; copy < copies; copy++) {
                builder.add(row, simulated.left(row), simulated.right(row), simulated.outcome(row), 1);
            }
        }
        return builder.build();
    }

    private static double width(CredibleInterval interval) {
        return interval.high() - interval.low();
    }
}
