package org.diptych.statistics.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.diptych.statistics.annotator.Fit;
import org.diptych.statistics.annotator.NotConvergedException;
import org.diptych.statistics.annotator.Stopping;
import org.diptych.statistics.data.Draw;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BradleyTerryTest {

    private static final Stopping EXACT = new Stopping(100, 1e-10);
    private static final double[] FOUR = {-1.8, -0.7, 0.9, 1.6};

    private static BradleyTerry likelihoodOnly(TieModel ties) {
        return new BradleyTerry(ties, false, PairPrior.NONE, EXACT);
    }

    /** The outcome given so often, each comparison of two items once. */
    private static Comparisons twoItems(int left, int ties, int right) {
        int size = left + ties + right;
        int[] outcome = new int[size];
        Arrays.fill(outcome, 0, left, 1);
        Arrays.fill(outcome, left + ties, size, -1);
        int[] second = new int[size];
        Arrays.fill(second, 1);
        return Comparisons.of(2, 1, new int[size], second, new int[size], outcome);
    }

    @Test
    void two_items_by_hand() {
        Ranking ranking =
                likelihoodOnly(TieModel.HALF_A_WIN).fit(twoItems(30, 0, 10)).orElseThrow();

        assertThat(ranking.strength(0) - ranking.strength(1)).isCloseTo(Math.log(3), within(1e-9));
        // variance of the difference 1 / (40 * 3/4 * 1/4); each strength is half of it
        double halfWidth = 1.959964 * Math.sqrt(1 / 7.5) / 2;
        assertThat(ranking.strengths().get(0).high() - ranking.strength(0)).isCloseTo(halfWidth, within(1e-6));
        assertThat(ranking.outcome(0, 1).left()).isCloseTo(0.75, within(1e-9));
        assertThat(ranking.outcome(0, 1).tie()).isCloseTo(0, within(1e-12));
        assertThat(ranking.order()).containsExactly(0, 1);
    }

    @Test
    void ties_of_two_items_by_hand() {
        // saturated: 50 % left, 30 % tie, 20 % right
        Comparisons comparisons = twoItems(50, 30, 20);

        Ranking davidson = likelihoodOnly(TieModel.DAVIDSON).fit(comparisons).orElseThrow();
        Ranking raoKupper = likelihoodOnly(TieModel.RAO_KUPPER).fit(comparisons).orElseThrow();
        Ranking half = likelihoodOnly(TieModel.HALF_A_WIN).fit(comparisons).orElseThrow();

        assertThat(davidson.strength(0) - davidson.strength(1)).isCloseTo(Math.log(2.5), within(1e-8));
        assertThat(davidson.tieParameter()).isCloseTo(Math.log(0.3 / Math.sqrt(0.5 * 0.2)), within(1e-8));
        // logit(.5) = d - t and logit(.2) = -d - t
        assertThat(raoKupper.tieParameter()).isCloseTo(Math.log(4) / 2, within(1e-8));
        assertThat(raoKupper.strength(0) - raoKupper.strength(1)).isCloseTo(Math.log(4) / 2, within(1e-8));
        assertThat(half.strength(0) - half.strength(1)).isCloseTo(Math.log(65 / 35.0), within(1e-8));
        for (Ranking ranking : new Ranking[] {davidson, raoKupper}) {
            assertThat(ranking.outcome(0, 1).left()).isCloseTo(0.5, within(1e-8));
            assertThat(ranking.outcome(0, 1).tie()).isCloseTo(0.3, within(1e-8));
            assertThat(ranking.outcome(1, 0).left()).isCloseTo(0.2, within(1e-8));
        }
    }

    /**
     * Four items, 50 comparisons: an implementation that compares its new values with themselves stops after two rounds
     * of the classical iteration, far from the optimum.
     */
    @Test
    void four_items_and_fifty_comparisons_reach_the_optimum() {
        Comparisons comparisons = fiftyComparisons();

        var fit = likelihoodOnly(TieModel.HALF_A_WIN).fit(comparisons);
        Ranking ranking = fit.orElseThrow();

        for (double slope : gradient(comparisons, ranking)) {
            assertThat(slope).isCloseTo(0, within(1e-8));
        }
        double[] share = shares(ranking);
        double[] iterated = minorisation(comparisons, 5_000);
        assertThat(share).containsExactly(iterated, within(1e-8));
        double[] twoRounds = minorisation(comparisons, 2);
        assertThat(Math.abs(twoRounds[3] - share[3])).isGreaterThan(0.05);
        assertThat(fit.convergence().lastChange()).isLessThan(1e-10);
        assertThat(fit.convergence().iterations()).isLessThan(15);
    }

    private static Comparisons fiftyComparisons() {
        return SimulatedPairs.of(
                50, FOUR, new double[] {1}, new double[1], TieModel.HALF_A_WIN, 0, new SplittableRandom(12));
    }

    /** Slope of the log-likelihood by each strength: wins less expected wins. */
    private static double[] gradient(Comparisons comparisons, Ranking ranking) {
        double[] gradient = new double[comparisons.items()];
        for (int row = 0; row < comparisons.size(); row++) {
            int left = comparisons.left(row);
            int right = comparisons.right(row);
            double expected = 1 / (1 + Math.exp(ranking.strength(right) - ranking.strength(left)));
            double slope = (comparisons.outcome(row) > 0 ? 1 : 0) - expected;
            gradient[left] += slope;
            gradient[right] -= slope;
        }
        return gradient;
    }

    private static double[] shares(Ranking ranking) {
        double[] share = ranking.strengths().stream()
                .mapToDouble(strength -> Math.exp(strength.estimate()))
                .toArray();
        double total = Arrays.stream(share).sum();
        return Arrays.stream(share).map(value -> value / total).toArray();
    }

    /** Hunter 2004: share = wins / sum over comparisons of 1 / (own share + other share), normalised. */
    private static double[] minorisation(Comparisons comparisons, int rounds) {
        double[] share = new double[comparisons.items()];
        Arrays.fill(share, 1.0 / share.length);
        for (int round = 0; round < rounds; round++) {
            double[] wins = new double[share.length];
            double[] exposure = new double[share.length];
            for (int row = 0; row < comparisons.size(); row++) {
                int left = comparisons.left(row);
                int right = comparisons.right(row);
                wins[comparisons.outcome(row) > 0 ? left : right]++;
                exposure[left] += 1 / (share[left] + share[right]);
                exposure[right] += 1 / (share[left] + share[right]);
            }
            for (int item = 0; item < share.length; item++) {
                share[item] = wins[item] / exposure[item];
            }
            double total = Arrays.stream(share).sum();
            for (int item = 0; item < share.length; item++) {
                share[item] /= total;
            }
        }
        return share;
    }

    @ParameterizedTest
    @EnumSource
    void gradient_and_curvature_match_differences(TieModel ties) {
        var random = new SplittableRandom(3);
        Comparisons comparisons =
                SimulatedPairs.of(60, FOUR, new double[] {1}, new double[1], TieModel.DAVIDSON, 0.3, random);
        var posterior = new PairPosterior(comparisons, ties, true, PairPrior.WEAK);
        double[] at = posterior.start();
        for (int index = 0; index < at.length; index++) {
            at[index] += random.nextDouble(-0.3, 0.3);
        }
        double[] gradient = new double[at.length];
        var curvature = new DMatrixRMaj(at.length, at.length);
        posterior.evaluate(at, gradient, curvature);
        double step = 1e-5;
        for (int index = 0; index < at.length; index++) {
            double[] up = at.clone();
            double[] down = at.clone();
            up[index] += step;
            down[index] -= step;
            double[] gradientUp = new double[at.length];
            double[] gradientDown = new double[at.length];
            var unused = new DMatrixRMaj(at.length, at.length);
            double slope = (posterior.evaluate(up, gradientUp, unused) - posterior.evaluate(down, gradientDown, unused))
                    / (2 * step);
            assertThat(gradient[index]).isCloseTo(slope, within(1e-6));
            for (int other = 0; other < at.length; other++) {
                double second = (gradientUp[other] - gradientDown[other]) / (2 * step);
                assertThat(-curvature.get(index, other)).isCloseTo(second, within(1e-5));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void strengths_bias_and_ties_of_simulated_comparisons_are_recovered(TieModel ties) {
        double tie = ties == TieModel.HALF_A_WIN ? 0 : 0.4;
        Comparisons comparisons = SimulatedPairs.of(
                20_000, FOUR, new double[] {1}, new double[] {0.5}, ties, tie, new SplittableRandom(5));

        Ranking ranking = new BradleyTerry(ties).fit(comparisons).orElseThrow();

        for (int item = 0; item < 4; item++) {
            assertThat(ranking.strength(item)).isCloseTo(FOUR[item], within(0.12));
        }
        assertThat(ranking.positionBias().orElseThrow().estimate()).isCloseTo(0.5, within(0.06));
        assertThat(ranking.positionBias().orElseThrow().low()).isGreaterThan(0.4);
        assertThat(ranking.tieParameter()).isCloseTo(tie, within(0.05));
        assertThat(ranking.outcomeOnScreen(0, 1).left())
                .isGreaterThan(ranking.outcome(0, 1).left() + 0.05);
    }

    @Test
    void intervals_of_the_strengths_cover_the_truth() {
        var random = new SplittableRandom(8);
        double[] strength = {-1, -0.5, 0, 0, 0.5, 1};
        int covered = 0;
        int simulations = 300;
        for (int simulation = 0; simulation < simulations; simulation++) {
            Comparisons comparisons =
                    SimulatedPairs.of(200, strength, new double[] {1}, new double[1], TieModel.DAVIDSON, 0, random);
            Ranking ranking = likelihoodOnly(TieModel.DAVIDSON).fit(comparisons).orElseThrow();
            for (int item = 0; item < strength.length; item++) {
                covered += ranking.strengths().get(item).contains(strength[item]) ? 1 : 0;
            }
        }
        assertThat(covered / (double) (simulations * strength.length)).isBetween(0.93, 0.97);
    }

    @Test
    void what_the_data_do_not_determine_is_not_passed_off_as_a_result() {
        Fit<Ranking> alwaysWon = likelihoodOnly(TieModel.HALF_A_WIN).fit(twoItems(20, 0, 0));
        Comparisons islands = Comparisons.of(
                4, 1, new int[] {0, 0, 2, 2}, new int[] {1, 1, 3, 3}, new int[4], new int[] {1, -1, 1, -1});

        assertThat(alwaysWon).isInstanceOf(Fit.NotConverged.class);
        assertThatThrownBy(alwaysWon::orElseThrow)
                .isInstanceOf(NotConvergedException.class)
                .hasMessageContaining("use a prior");
        assertThat(likelihoodOnly(TieModel.HALF_A_WIN).fit(islands)).isInstanceOf(Fit.NotConverged.class);
        assertThat(new BradleyTerry(TieModel.HALF_A_WIN).fit(islands)).isInstanceOf(Fit.Converged.class);
        assertThat(new BradleyTerry(TieModel.DAVIDSON).fit(twoItems(20, 0, 0))).isInstanceOf(Fit.Converged.class);
        assertThat(new BradleyTerry(TieModel.RAO_KUPPER).fit(twoItems(0, 20, 0)))
                .isInstanceOf(Fit.Converged.class);
        assertThatThrownBy(() -> likelihoodOnly(TieModel.DAVIDSON).fit(twoItems(20, 0, 5)))
                .hasMessageContaining("at least one tie");
    }

    @RepeatedTest(30)
    void swapping_the_sides_of_every_comparison_turns_only_the_bias_round(RepetitionInfo repetition) {
        var draw = new Draw(repetition);
        long seed = draw.seed();
        for (TieModel ties : TieModel.values()) {
            Comparisons comparisons = SimulatedPairs.of(
                    80, FOUR, new double[] {1}, new double[] {0.4}, TieModel.DAVIDSON, 0.2, new SplittableRandom(seed));
            Ranking ranking = new BradleyTerry(ties).fit(comparisons).orElseThrow();
            Ranking swapped = new BradleyTerry(ties).fit(swapped(comparisons)).orElseThrow();

            for (int item = 0; item < 4; item++) {
                assertThat(swapped.strength(item)).isCloseTo(ranking.strength(item), within(1e-7));
            }
            assertThat(swapped.positionBias().orElseThrow().estimate())
                    .isCloseTo(-ranking.positionBias().orElseThrow().estimate(), within(1e-7));
        }
    }

    private static Comparisons swapped(Comparisons comparisons) {
        int size = comparisons.size();
        int[] left = new int[size];
        int[] right = new int[size];
        int[] outcome = new int[size];
        for (int row = 0; row < size; row++) {
            left[row] = comparisons.right(row);
            right[row] = comparisons.left(row);
            outcome[row] = -comparisons.outcome(row);
        }
        return Comparisons.of(comparisons.items(), 1, left, right, new int[size], outcome);
    }

    @Test
    void a_row_out_of_range_is_named() {
        assertThatThrownBy(() -> Comparisons.of(2, 1, new int[] {0}, new int[] {2}, new int[1], new int[1]))
                .hasMessage("Row 0: right item must be 0 to 1, not 2");
        assertThatThrownBy(() -> Comparisons.of(2, 1, new int[] {1}, new int[] {1}, new int[1], new int[1]))
                .hasMessage("Row 0: item 1 is compared with itself");
    }
}
