package org.diptych.statistics.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PositionBiasTest {

    @ParameterizedTest
    @CsvSource({
        // 2 * 0.5^10, 2 * 11/1024, 2 * 56/1024 by hand
        "10, 0, 0.001953125",
        "1, 9, 0.021484375",
        "2, 8, 0.109375",
        "5, 5, 1",
        "0, 0, 1",
        "1, 0, 1",
    })
    void exact_test_by_hand(int left, int right, double expected) {
        assertThat(PositionBias.Counts.of(left, right).pValue()).isCloseTo(expected, within(1e-12));
    }

    @Test
    void exact_test_of_many_decisions() {
        // scipy.stats.binomtest(5155, 10000).pvalue
        assertThat(PositionBias.Counts.of(5_155, 4_845).pValue()).isCloseTo(0.002000081605273519, within(1e-13));
        assertThat(PositionBias.Counts.of(600_000, 400_000).pValue()).isZero();
    }

    @Test
    void single_annotators_are_drawn_towards_the_others() {
        Comparisons comparisons = decisions(new int[][] {{51, 49}, {98, 102}, {150, 150}, {48, 52}, {4, 0}, {0, 0}});

        PositionBias bias = PositionBias.of(comparisons);

        PositionBias.Annotator few = bias.annotators().get(4);
        assertThat(few.logOdds().estimate()).isBetween(0.0, 0.4);
        assertThat(few.isBiased()).isFalse();
        assertThat(few.counts()).isEqualTo(new PositionBias.Counts(4, 0, 0.125));
        assertThat(bias.annotators().get(5).logOdds().contains(0)).isTrue();
        assertThat(bias.mean().contains(0)).isTrue();
        assertThat(bias.overall().pValue()).isGreaterThan(0.5);
    }

    @Test
    void one_biased_annotator_among_many_is_found() {
        Comparisons comparisons = decisions(
                new int[][] {{100, 100}, {104, 96}, {97, 103}, {101, 99}, {95, 105}, {150, 50}, {102, 98}, {99, 101}});

        PositionBias bias = PositionBias.of(comparisons);

        for (int annotator = 0; annotator < 8; annotator++) {
            assertThat(bias.annotators().get(annotator).isBiased()).isEqualTo(annotator == 5);
        }
        // shrunken, but little
        assertThat(bias.annotators().get(5).logOdds().estimate()).isBetween(0.8, Math.log(3));
        assertThat(bias.annotators().get(5).counts().pValue()).isLessThan(1e-10);
        assertThat(bias.spread().low()).isGreaterThan(0.05);
    }

    @Test
    void intervals_cover_the_truth_also_of_who_decided_little_or_much() {
        var random = new SplittableRandom(31);
        int covered = 0;
        int total = 0;
        for (int simulation = 0; simulation < 40; simulation++) {
            double[] logOdds = new double[12];
            int[][] counts = new int[12][2];
            double mean = 0.6 * random.nextGaussian() / 2;
            for (int annotator = 0; annotator < 12; annotator++) {
                logOdds[annotator] = mean + 0.3 * random.nextGaussian();
                int decisions = annotator == 0 ? 3_000 : 5 + 20 * annotator;
                for (int decision = 0; decision < decisions; decision++) {
                    counts[annotator][random.nextDouble() < 1 / (1 + Math.exp(-logOdds[annotator])) ? 0 : 1]++;
                }
            }
            PositionBias bias = PositionBias.of(decisions(counts));
            for (int annotator = 0; annotator < 12; annotator++) {
                covered += bias.annotators().get(annotator).logOdds().contains(logOdds[annotator]) ? 1 : 0;
                total++;
            }
        }
        assertThat(covered / (double) total).isBetween(0.92, 0.98);
    }

    private static Comparisons decisions(int[][] counts) {
        int size = 0;
        for (int[] count : counts) {
            size += count[0] + count[1];
        }
        int[] right = new int[size];
        int[] annotator = new int[size];
        int[] outcome = new int[size];
        int row = 0;
        for (int who = 0; who < counts.length; who++) {
            for (int index = 0; index < counts[who][0] + counts[who][1]; index++) {
                right[row] = 1;
                annotator[row] = who;
                outcome[row] = index < counts[who][0] ? 1 : -1;
                row++;
            }
        }
        return Comparisons.of(2, counts.length, new int[size], right, annotator, outcome);
    }
}
