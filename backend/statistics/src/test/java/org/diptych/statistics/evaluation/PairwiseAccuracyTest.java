package org.diptych.statistics.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairwiseAccuracyTest {

    private static final int CONCORDANT = 0;
    private static final int DISCORDANT = 1;
    private static final int HUMAN_TIE = 2;
    private static final int MODEL_TIE = 3;
    private static final int BOTH_TIE = 4;

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1; 1; 0; 1; 1",
                "0 1; 1 1; 1.0; 0.5; 1",
                "1 0; 1 1; 0.5; 0.5; 1",
                "0 1 1 1; 1 1 2 3; 1.0; 0.75; 1",
            })
    void published_metric_its_faults_and_the_true_optimum(
            String human, String margin, double paper, double optimum, double withoutTies) {
        ScoredPairs pairs = ScoredPairs.ungrouped(
                Arrays.stream(human.split(" ")).mapToInt(Integer::parseInt).toArray(),
                Arrays.stream(margin.split(" "))
                        .mapToDouble(Double::parseDouble)
                        .toArray());

        assertThat(PairwiseAccuracy.editRewardWithTiesCalibratedOnTestSet(pairs).value())
                .isEqualTo(Measure.of(paper));
        assertThat(PairwiseAccuracy.testSetOptimum(pairs).value()).isEqualTo(Measure.of(optimum));
        assertThat(PairwiseAccuracy.editRewardWithoutTies(pairs).value()).isEqualTo(Measure.of(withoutTies));
    }

    @Test
    void example_in_the_published_code() {
        double[] first = {0.9, -0.7, 0.1, 0.8, -0.6, 0.2, 0.7, -0.5, 0.3};
        double[] second = {0.1, -0.8, 0.5, 0.5, -0.3, 0.3, 0.4, -0.4, 0.4};
        double[] margin = new double[9];
        Arrays.setAll(margin, pair -> first[pair] - second[pair]);
        ScoredPairs pairs = ScoredPairs.ungrouped(new int[] {1, -1, 0, 1, -1, 0, 1, -1, 0}, margin);

        assertThat(PairwiseAccuracy.editRewardWithTiesCalibratedOnTestSet(pairs)
                        .value()
                        .orElseThrow())
                .isCloseTo(0.6667, within(5e-5));
        assertThat(PairwiseAccuracy.testSetOptimum(pairs).value().orElseThrow()).isCloseTo(0.6667, within(5e-5));
        assertThat(PairwiseAccuracy.withoutTies(pairs).value().orElseThrow()).isCloseTo(0.8333, within(5e-5));
    }

    @Test
    void published_metric_equals_the_published_sweep_step_by_step() {
        var random = new Random(5);
        for (int round = 0; round < 5_000; round++) {
            int size = 1 + random.nextInt(40);
            int[] human = random.ints(size, -1, 2).toArray();
            boolean discrete = round % 2 == 0;
            double[] margin = random.doubles(size, -3, 3)
                    .map(value -> discrete ? Math.rint(value) : value)
                    .toArray();
            ScoredPairs pairs = ScoredPairs.ungrouped(human, margin);

            double paper = PairwiseAccuracy.editRewardWithTiesCalibratedOnTestSet(pairs)
                    .value()
                    .orElseThrow();
            assertThat(paper).isCloseTo(sweep(human, margin), within(1e-15));
            double optimum = PairwiseAccuracy.testSetOptimum(pairs).value().orElseThrow();
            assertThat(optimum).isCloseTo(bestOfAllThresholds(pairs), within(1e-15));
            if (!discrete) {
                assertThat(optimum).isGreaterThanOrEqualTo(paper);
            }
        }
    }

    /**
     * The published procedure step by step: five counters, from which each pair in turn is taken out at the old threshold
     * and put back at the new one.
     */
    private static double sweep(int[] human, double[] margin) {
        int[] counters = new int[5];
        for (int pair = 0; pair < human.length; pair++) {
            counters[counter(human[pair], margin[pair], -1)]++;
        }
        int[] order = IntStream.range(0, human.length)
                .boxed()
                .sorted(Comparator.comparingDouble(pair -> Math.abs(margin[pair])))
                .mapToInt(Integer::intValue)
                .toArray();
        double best = Double.NEGATIVE_INFINITY;
        for (int pair : order) {
            counters[counter(human[pair], margin[pair], -1)]--;
            counters[counter(human[pair], margin[pair], Math.abs(margin[pair]))]++;
            int all = IntStream.of(counters).sum();
            best = Math.max(best, (double) (counters[CONCORDANT] + counters[BOTH_TIE]) / all);
        }
        return best;
    }

    private static int counter(int human, double margin, double epsilon) {
        boolean modelTie = Math.abs(margin) <= epsilon;
        if (human == 0) {
            return modelTie ? BOTH_TIE : HUMAN_TIE;
        }
        if (modelTie) {
            return MODEL_TIE;
        }
        return human * margin > 0 ? CONCORDANT : DISCORDANT;
    }

    private static double bestOfAllThresholds(ScoredPairs pairs) {
        double best =
                PairwiseAccuracy.withTies(pairs, TieThreshold.NEVER).value().orElseThrow();
        for (int pair = 0; pair < pairs.size(); pair++) {
            var threshold = new TieThreshold(Math.abs(pairs.margin(pair)));
            best = Math.max(
                    best, PairwiseAccuracy.withTies(pairs, threshold).value().orElseThrow());
        }
        return best;
    }

    @Test
    void threshold_from_validation_pairs_is_used_on_the_test_pairs() {
        var validation = ScoredPairs.ungrouped(new int[] {0, 0, 1, -1}, new double[] {0.1, -0.2, 1, -2});
        var test = ScoredPairs.ungrouped(new int[] {0, 1, 1, -1}, new double[] {0.2, 0.15, 3, 1});

        PairwiseAccuracy.Calibrated result = PairwiseAccuracy.heldOut(test, validation);

        assertThat(result.epsilon()).isEqualTo(Measure.of(0.2));
        assertThat(result.accuracy().value()).isEqualTo(Measure.of(0.5));
        assertThat(result.accuracy().majorityClass()).isEqualTo(Measure.of(0.5));
    }

    @Test
    void a_model_without_ties_may_keep_none() {
        var validation = ScoredPairs.ungrouped(new int[] {1, -1}, new double[] {0.1, -0.2});

        assertThat(TieThreshold.calibrate(validation)).contains(TieThreshold.NEVER);
    }

    @Test
    void cross_fitting_never_calibrates_a_group_on_itself() {
        // each group alone would ask for another threshold, and is wrong under that of the other group
        var pairs = new ScoredPairs(
                new int[] {0, 0, 0, 1, 1, 1}, new double[] {1, 1, 1, 1, 1, 1}, new int[] {7, 7, 7, 3, 3, 3});

        PairwiseAccuracy.Calibrated result = PairwiseAccuracy.crossFitted(pairs, 2, new SplittableRandom(1));

        assertThat(result.accuracy().value()).isEqualTo(Measure.of(0));
        assertThat(result.testSetOptimum().value()).isEqualTo(Measure.of(0.5));
    }

    @Test
    void undefined_results_say_why() {
        var none = ScoredPairs.ungrouped(new int[0], new double[0]);
        var ties = ScoredPairs.ungrouped(new int[] {0, 0}, new double[] {1, 2});

        assertThat(PairwiseAccuracy.editRewardWithTiesCalibratedOnTestSet(none).value())
                .isEqualTo(Measure.undefined("there are no pairs"));
        assertThat(PairwiseAccuracy.withoutTies(ties).value())
                .isEqualTo(Measure.undefined("every pair is a human tie"));
        assertThat(PairwiseAccuracy.heldOut(ties, none).accuracy().value()).isInstanceOf(Measure.Undefined.class);
        assertThatThrownBy(() -> ScoredPairs.ungrouped(new int[] {0, 2}, new double[] {0, 0}))
                .hasMessage("Pair 1: preference must be -1, 0 or 1, not 2");
        assertThatThrownBy(() -> ScoredPairs.ungrouped(new int[] {0}, new double[] {Double.NaN}))
                .hasMessageContaining("Pair 0");
    }
}
