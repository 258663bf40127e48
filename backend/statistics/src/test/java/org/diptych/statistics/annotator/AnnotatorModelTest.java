package org.diptych.statistics.annotator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What all annotator models owe: reliabilities and posteriors that can be taken at their word. */
class AnnotatorModelTest {

    static List<AnnotatorModel> models() {
        return List.of(new DawidSkene(), new OneCoin());
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
        assertThat(calibrationError(probability, outcome)).isLessThan(0.02);
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

    /** Mean distance of the probabilities of a bin from how often they came true, in ten bins of equal width. */
    private static double calibrationError(double[] probability, boolean[] outcome) {
        double[] surplus = new double[10];
        for (int index = 0; index < probability.length; index++) {
            surplus[Math.min(9, (int) (10 * probability[index]))] += probability[index] - (outcome[index] ? 1 : 0);
        }
        return Arrays.stream(surplus).map(Math::abs).sum() / probability.length;
    }
}
