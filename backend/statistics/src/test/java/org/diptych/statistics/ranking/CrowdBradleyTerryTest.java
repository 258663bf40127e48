package org.diptych.statistics.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.diptych.statistics.annotator.ReliabilityPrior;
import org.diptych.statistics.annotator.Stopping;
import org.diptych.statistics.evaluation.Measure;
import org.diptych.statistics.evaluation.RankCorrelation;
import org.junit.jupiter.api.Test;

class CrowdBradleyTerryTest {

    private static final double[] RELIABILITY = {0.98, 0.95, 0.9, 0.8, 0.7, 0.5, 0.5, 0.15};

    @Test
    void reliabilities_are_recovered_even_of_who_answers_upside_down() {
        var random = new SplittableRandom(21);
        double[] strength = random.doubles(30, -2.5, 2.5).toArray();
        Comparisons comparisons = SimulatedPairs.of(
                8_000, strength, RELIABILITY, new double[RELIABILITY.length], TieModel.HALF_A_WIN, 0, random);

        var result = new CrowdBradleyTerry().fit(comparisons).orElseThrow();

        int covered = 0;
        for (int annotator = 0; annotator < RELIABILITY.length; annotator++) {
            assertThat(result.reliability().get(annotator).estimate()).isCloseTo(RELIABILITY[annotator], within(0.06));
            covered += result.reliability().get(annotator).contains(RELIABILITY[annotator]) ? 1 : 0;
        }
        assertThat(covered).isGreaterThanOrEqualTo(RELIABILITY.length - 1);
    }

    @Test
    void ranking_with_reliabilities_is_better_than_one_that_trusts_everybody() {
        var random = new SplittableRandom(22);
        double crowd = 0;
        double plain = 0;
        for (int simulation = 0; simulation < 10; simulation++) {
            double[] strength = random.doubles(25, -2, 2).toArray();
            Comparisons comparisons = SimulatedPairs.of(
                    1_000, strength, RELIABILITY, new double[RELIABILITY.length], TieModel.HALF_A_WIN, 0, random);
            crowd += correlation(
                    strength,
                    new CrowdBradleyTerry().fit(comparisons).orElseThrow().ranking());
            plain += correlation(
                    strength,
                    new BradleyTerry(TieModel.HALF_A_WIN).fit(comparisons).orElseThrow());
        }
        assertThat(crowd / 10).isGreaterThan(plain / 10 + 0.02);
    }

    private static double correlation(double[] strength, Ranking ranking) {
        double[] estimate = new double[strength.length];
        for (int item = 0; item < estimate.length; item++) {
            estimate[item] = ranking.strength(item);
        }
        Measure correlation = RankCorrelation.spearman(strength, estimate);
        return correlation.orElseThrow();
    }

    @Test
    void result_is_a_stationary_point_of_the_posterior() {
        var random = new SplittableRandom(23);
        double[] strength = {-1, 0, 1, 0.5};
        double[] reliability = {0.95, 0.7};
        Comparisons comparisons =
                SimulatedPairs.of(300, strength, reliability, new double[2], TieModel.DAVIDSON, -0.5, random);
        var prior = new ReliabilityPrior(9, 1, 0);
        var result = new CrowdBradleyTerry(false, PairPrior.WEAK, prior, new Stopping(20_000, 1e-10))
                .fit(comparisons)
                .orElseThrow();

        double[] at = {0, 0, 0, 0, 0, 0};
        for (int item = 0; item < 4; item++) {
            at[item] = result.ranking().strength(item);
        }
        for (int annotator = 0; annotator < 2; annotator++) {
            at[4 + annotator] = result.reliability().get(annotator).estimate();
        }
        for (int index = 0; index < at.length; index++) {
            double[] up = at.clone();
            double[] down = at.clone();
            up[index] += 1e-6;
            down[index] -= 1e-6;
            double slope = (logPosterior(comparisons, up) - logPosterior(comparisons, down)) / 2e-6;
            assertThat(slope).isCloseTo(0, within(1e-4));
        }
    }

    /** Written out from the definition: four strengths, then two reliabilities. */
    private static double logPosterior(Comparisons comparisons, double[] at) {
        double sum = 0;
        for (int row = 0; row < comparisons.size(); row++) {
            double left = 1 / (1 + Math.exp(at[comparisons.right(row)] - at[comparisons.left(row)]));
            double rate = at[4 + comparisons.annotator(row)];
            sum += switch (comparisons.outcome(row)) {
                case 1 -> Math.log(rate * left + (1 - rate) * (1 - left));
                case -1 -> Math.log(rate * (1 - left) + (1 - rate) * left);
                default -> (Math.log(left) + Math.log(1 - left)) / 2;
            };
        }
        for (int item = 0; item < 4; item++) {
            sum -= at[item] * at[item] / 2;
        }
        for (int annotator = 0; annotator < 2; annotator++) {
            sum += 9 * Math.log(at[4 + annotator]) + Math.log(1 - at[4 + annotator]);
        }
        return sum;
    }

    @Test
    void priors_that_leave_the_direction_open_are_refused() {
        assertThatThrownBy(() ->
                        new CrowdBradleyTerry(true, PairPrior.WEAK, new ReliabilityPrior(1, 1, 0), Stopping.STANDARD))
                .hasMessageContaining("more right than wrong");
        assertThatThrownBy(() -> new CrowdBradleyTerry(true, PairPrior.NONE, ReliabilityPrior.WEAK, Stopping.STANDARD))
                .hasMessageContaining("prior of the strengths");
    }
}
