package org.diptych.statistics.annotator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.diptych.statistics.evaluation.Calibration;
import org.diptych.statistics.evaluation.RankCorrelation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What all annotator models owe: reliabilities and posteriors that can be taken at their word. */
class AnnotatorModelTest {

    static List<AnnotatorModel> models() {
        return List.of(new DawidSkene(), new OneCoin(), new Mace(), new Glad());
    }

    @ParameterizedTest
    @MethodSource("models")
    void reliabilities_of_a_simulated_crowd_are_recovered(AnnotatorModel model) {
        var random = new SplittableRandom(2);
        double[] rate = SimulatedCrowd.rates(20, 0.45, 0.98, random);
        var crowd = SimulatedCrowd.of(
                6_000, 5, SimulatedCrowd.coins(3, rate), new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0}, random);

        Consensus consensus = model.consensus(crowd.labels()).orElseThrow();

        for (int annotator = 0; annotator < rate.length; annotator++) {
            assertThat(consensus.reliability(annotator).estimate()).isCloseTo(rate[annotator], within(0.04));
        }
        Consensus majority = new MajorityVote().consensus(crowd.labels()).orElseThrow();
        assertThat(crowd.accuracy(consensus)).isGreaterThan(crowd.accuracy(majority) + 0.01);
    }

    @ParameterizedTest
    @MethodSource("models")
    void posteriors_are_calibrated(AnnotatorModel model) {
        var random = new SplittableRandom(4);
        double[] rate = SimulatedCrowd.rates(25, 0.5, 0.9, random);
        var crowd = SimulatedCrowd.of(8_000, 4, SimulatedCrowd.coins(2, rate), new double[] {0.6, 0.4}, random);

        Consensus consensus = model.consensus(crowd.labels()).orElseThrow();

        double[] probability = new double[crowd.truth().length];
        boolean[] outcome = new boolean[probability.length];
        for (int task = 0; task < probability.length; task++) {
            probability[task] = consensus.probability(task, 1);
            outcome[task] = crowd.truth()[task] == 1;
        }
        // GLAD explains luck by ease, which this crowd does not have, and is overconfident
        assertThat(Calibration.of(probability, outcome, 10).expectedError().orElseThrow())
                .isLessThan(0.02);
    }

    @ParameterizedTest
    @MethodSource("models")
    void intervals_of_the_reliability_cover_the_truth(AnnotatorModel model) {
        var random = new SplittableRandom(6);
        int covered = 0;
        int total = 0;
        for (int simulation = 0; simulation < 20; simulation++) {
            double[] rate = SimulatedCrowd.rates(15, 0.55, 0.95, random);
            var crowd = SimulatedCrowd.of(
                    600, 4, SimulatedCrowd.coins(3, rate), new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0}, random);
            Consensus consensus = model.consensus(crowd.labels()).orElseThrow();
            for (int annotator = 0; annotator < rate.length; annotator++) {
                covered += consensus.reliability(annotator).contains(rate[annotator]) ? 1 : 0;
                total++;
            }
        }
        assertThat(covered / (double) total).isBetween(0.92, 0.985);
    }

    @ParameterizedTest
    @MethodSource("models")
    void an_annotator_or_task_without_labels_falls_back_to_the_prior(AnnotatorModel model) {
        var labels = LabelTable.of(
                3, 4, 2, new int[] {0, 0, 0, 1, 1, 1}, new int[] {0, 1, 2, 0, 1, 2}, new int[] {0, 0, 1, 1, 1, 1});

        Consensus consensus = model.consensus(labels).orElseThrow();

        assertThat(consensus.posterior(2)).containsExactly(consensus.prevalence(), within(1e-9));
        assertThat(consensus.reliability(3).estimate()).isCloseTo(2 / 3.0, within(1e-9));
        assertThat(consensus.reliability(3).low()).isLessThan(0.2);
        assertThat(consensus.reliability(3).high()).isGreaterThan(0.9);
    }

    @Test
    void mace_finds_who_clicks_one_button() {
        var random = new SplittableRandom(8);
        double[][][] confusion = SimulatedCrowd.coins(3, .9, .9, .85, .8, .9, .5);
        confusion[5] = new double[][] {{0, 0, 1}, {0, 0, 1}, {0, 0, 1}};
        var crowd = SimulatedCrowd.of(2_000, 4, confusion, new double[] {.4, .3, .3}, random);

        var result = new Mace().fit(crowd.labels()).orElseThrow();

        assertThat(result.competence().get(5).high()).isLessThan(0.1);
        assertThat(result.spam()[5][2]).isGreaterThan(0.98);
        // right with probability .9 = c + (1 - c) / 3
        assertThat(result.competence().get(0).estimate()).isCloseTo(0.85, within(0.04));
        assertThat(result.consensus().reliability(5).estimate()).isCloseTo(0.3, within(0.04));
    }

    @Test
    void glad_tells_hard_tasks_from_poor_annotators() {
        var random = new SplittableRandom(10);
        int tasks = 4_000;
        int[] truth = new int[tasks];
        double[] logEase = new double[tasks];
        int[] task = new int[tasks * 8];
        int[] annotator = new int[task.length];
        int[] label = new int[task.length];
        double[] ability = {0.3, 0.6, 1, 1.4, 1.8, 2.2, 1, 1};
        for (int row = 0; row < task.length; row++) {
            task[row] = row / 8;
            annotator[row] = row % 8;
            if (row % 8 == 0) {
                logEase[task[row]] = 0.8 * random.nextGaussian();
                truth[task[row]] = random.nextInt(2);
            }
            boolean right = random.nextDouble() < 1 / (1 + Math.exp(-ability[row % 8] * Math.exp(logEase[task[row]])));
            label[row] = right ? truth[task[row]] : 1 - truth[task[row]];
        }

        var result = new Glad()
                .fit(LabelTable.of(tasks, 8, 2, task, annotator, label))
                .orElseThrow();

        assertThat(result.spread()).isCloseTo(0.8, within(0.1));
        assertThat(RankCorrelation.spearman(result.logEase(), logEase).orElseThrow())
                .isGreaterThan(0.45);
        double[] estimate = result.ability().stream()
                .mapToDouble(CredibleInterval::estimate)
                .toArray();
        double[] first = Arrays.copyOf(estimate, 6);
        assertThat(first).isSorted();
        double[] probability = new double[tasks];
        boolean[] outcome = new boolean[tasks];
        for (int index = 0; index < tasks; index++) {
            probability[index] = result.consensus().probability(index, 1);
            outcome[index] = truth[index] == 1;
        }
        assertThat(Calibration.of(probability, outcome, 10).expectedError().orElseThrow())
                .isLessThan(0.02);
    }
}
