package org.diptych.statistics.annotator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConsensusModelTest {
    private static final double[] VERDICTS = {.4, .2, .4};
    private static final int ANNOTATORS = 12;
    private static final int PER_TASK = 3;

    /** How made-up annotators err. */
    private enum Crowd {
        /** Right with the same probability whatever the truth. */
        COINS {
            @Override
            double[][] confusion(SplittableRandom random) {
                return SimulatedCrowd.coins(3, random.nextDouble(.6, .95))[0];
            }
        },
        /** Some call a tie what others still tell apart, nobody takes the first for the second. */
        OWN_BORDERS {
            @Override
            double[][] confusion(SplittableRandom random) {
                double even = random.nextDouble(.05, .5);
                double told = random.nextDouble(.05, .5);
                return new double[][] {{1 - even, even, 0}, {told / 2, 1 - told, told / 2}, {0, even, 1 - even}};
            }
        };

        abstract double[][] confusion(SplittableRandom random);
    }

    private static SimulatedCrowd crowd(Crowd kind, int tasks, long seed) {
        var random = new SplittableRandom(seed);
        double[][][] confusion = IntStream.range(0, ANNOTATORS)
                .mapToObj(annotator -> kind.confusion(random))
                .toArray(double[][][]::new);
        return SimulatedCrowd.of(tasks, PER_TASK, confusion, VERDICTS, random);
    }

    private static int tasksOf(int labelsPerAnnotatorAndClass) {
        return labelsPerAnnotatorAndClass * ANNOTATORS * VERDICTS.length / PER_TASK;
    }

    private static void assertSame(LabelTable labels, AnnotatorModel model) {
        var expected = model.consensus(labels).orElseThrow();
        var actual = new ConsensusModel().consensus(labels).orElseThrow();
        for (int task = 0; task < labels.tasks(); task++) {
            assertThat(actual.posterior(task)).containsExactly(expected.posterior(task), within(0.0));
        }
    }

    @Test
    void one_number_each_for_the_first_labels_and_a_matrix_each_once_they_fill_it() {
        int enough = tasksOf(ConsensusModel.ENOUGH);
        assertSame(crowd(Crowd.OWN_BORDERS, enough - 1, 1).labels(), new OneCoin());
        assertSame(crowd(Crowd.OWN_BORDERS, enough, 1).labels(), new DawidSkene());
    }

    @Test
    void classes_that_nobody_chose_and_annotators_without_labels_need_no_labels() {
        var labels = crowd(Crowd.COINS, tasksOf(ConsensusModel.ENOUGH), 2).labels();
        int[] task = new int[labels.size()];
        int[] annotator = new int[labels.size()];
        int[] label = new int[labels.size()];
        for (int index = 0; index < labels.tasks(); index++) {
            for (int position = labels.start(index); position < labels.start(index + 1); position++) {
                task[position] = index;
                annotator[position] = labels.annotator(position);
                label[position] = labels.label(position);
            }
        }
        assertSame(LabelTable.of(labels.tasks(), ANNOTATORS + 5, 4, task, annotator, label), new DawidSkene());
    }

    @Test
    void no_label_at_all_is_no_problem() {
        var none = LabelTable.of(2, 3, 3, new int[0], new int[0], new int[0]);
        assertThat(new ConsensusModel().consensus(none).orElseThrow().posterior(1))
                .containsExactly(new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0}, within(1e-9));
    }

    /** Mean error over simulated crowds with as many labels as the switch asks for. */
    private record Errors(double reliability, double meanReliability, double right) {
        static Errors of(AnnotatorModel model, Crowd kind) {
            int crowds = 60;
            double squares = 0;
            double squaresOfMean = 0;
            double right = 0;
            for (int seed = 0; seed < crowds; seed++) {
                var crowd = crowd(kind, tasksOf(ConsensusModel.ENOUGH), seed);
                var consensus = switch (model.consensus(crowd.labels())) {
                    case Fit.Converged<Consensus>(Consensus result, Convergence _) -> result;
                    case Fit.NotConverged<Consensus>(Consensus lastState, Convergence _, String _) -> lastState;
                };
                var random = new SplittableRandom(seed);
                double offMean = 0;
                for (int annotator = 0; annotator < ANNOTATORS; annotator++) {
                    double[][] confusion = kind.confusion(random);
                    double truth = 0;
                    for (int verdict = 0; verdict < VERDICTS.length; verdict++) {
                        truth += VERDICTS[verdict] * confusion[verdict][verdict];
                    }
                    double off = consensus.reliability(annotator).estimate() - truth;
                    squares += off * off / ANNOTATORS / crowds;
                    offMean += off / ANNOTATORS;
                }
                squaresOfMean += offMean * offMean / crowds;
                right += crowd.accuracy(consensus) / crowds;
            }
            return new Errors(Math.sqrt(squares), Math.sqrt(squaresOfMean), right);
        }
    }

    @ParameterizedTest
    @EnumSource
    void at_the_switch_a_matrix_knows_reliabilities_as_well_as_one_number_does(Crowd kind) {
        var number = Errors.of(new OneCoin(), kind);
        var matrix = Errors.of(new DawidSkene(), kind);
        assertThat(matrix.reliability()).isLessThan(number.reliability() + .002);
        assertThat(matrix.meanReliability()).isLessThan(number.meanReliability() + .002);
        // a matrix costs a little where one number is the whole truth
        assertThat(matrix.right()).isGreaterThan(number.right() - .01);
    }

    @Test
    void at_the_switch_a_matrix_finds_more_truths_where_annotators_have_borders_of_their_own() {
        assertThat(Errors.of(new DawidSkene(), Crowd.OWN_BORDERS).right())
                .isGreaterThan(Errors.of(new OneCoin(), Crowd.OWN_BORDERS).right());
    }
}
