package org.diptych.statistics.annotator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DawidSkeneTest {

    private static final Stopping EXACT = new Stopping(20_000, 1e-12);

    /**
     * Dawid and Skene 1979, table 1: fitness of 45 patients for anaesthesia, classes 1 to 4. Each row: three answers of
     * observer 1, then one each of observers 2 to 5.
     */
    private static final String PATIENTS = """
            1111111 3334334 1122122 2223121 2223222 2223322 1222111 3333433 2222223 2322223 4444444 2223343
            1111111 2223212 1211111 1112111 1111111 1111111 2222221 2221322 2222222 2222221 2223222 2212222
            1111111 1111111 2322222 1111111 1111111 1121121 1111111 3333233 1111111 2222222 2223232 4334343
            2212232 2323233 3333432 1111111 1111111 1212111 2322222 1211111 2222222
            """;

    private static LabelTable patients() {
        String[] rows = PATIENTS.strip().split("\\s+");
        int[] task = new int[rows.length * 7];
        int[] annotator = new int[task.length];
        int[] label = new int[task.length];
        for (int index = 0; index < task.length; index++) {
            task[index] = index / 7;
            annotator[index] = Math.max(0, index % 7 - 2);
            label[index] = rows[index / 7].charAt(index % 7) - '1';
        }
        return LabelTable.of(rows.length, 5, 4, task, annotator, label);
    }

    @Test
    void prevalence_of_the_original_paper_is_reproduced() {
        var result =
                new DawidSkene(ReliabilityPrior.NONE, EXACT).fit(patients()).orElseThrow();

        double[] prevalence = result.consensus().prevalence();
        assertThat(patients().tasks()).isEqualTo(45);
        assertThat(prevalence).containsExactly(new double[] {0.40, 0.42, 0.11, 0.07}, within(0.005));
        // observer 1: error rates printed to two digits
        assertThat(result.confusion()[0][0]).containsExactly(new double[] {0.89, 0.11, 0, 0}, within(0.005));
    }

    @Test
    void result_is_a_fixed_point_of_a_plain_log_domain_iteration() {
        LabelTable labels = patients();
        var result = new DawidSkene(ReliabilityPrior.WEAK, EXACT).fit(labels).orElseThrow();
        double[][] posterior = new double[45][];
        for (int task = 0; task < 45; task++) {
            posterior[task] = bayes(labels, task, result.consensus().prevalence(), result.confusion());
            assertThat(result.consensus().posterior(task)).containsExactly(posterior[task], within(1e-9));
        }
        for (int annotator = 0; annotator < 5; annotator++) {
            for (int truth = 0; truth < 4; truth++) {
                double[] row = {1 / 3.0, 1 / 3.0, 1 / 3.0, 1 / 3.0};
                row[truth] = 2;
                double total = 3;
                for (int task = 0; task < 45; task++) {
                    for (int position = labels.start(task); position < labels.start(task + 1); position++) {
                        if (labels.annotator(position) == annotator) {
                            row[labels.label(position)] += posterior[task][truth];
                            total += posterior[task][truth];
                        }
                    }
                }
                for (int label = 0; label < 4; label++) {
                    assertThat(result.confusion()[annotator][truth][label]).isCloseTo(row[label] / total, within(1e-9));
                }
            }
        }
    }

    private static double[] bayes(LabelTable labels, int task, double[] prevalence, double[][][] confusion) {
        double[] log = new double[prevalence.length];
        double total = 0;
        for (int truth = 0; truth < log.length; truth++) {
            log[truth] = Math.log(prevalence[truth]);
            for (int position = labels.start(task); position < labels.start(task + 1); position++) {
                log[truth] += Math.log(confusion[labels.annotator(position)][truth][labels.label(position)]);
            }
            total += Math.exp(log[truth]);
        }
        double[] posterior = new double[log.length];
        for (int truth = 0; truth < log.length; truth++) {
            posterior[truth] = Math.exp(log[truth]) / total;
        }
        return posterior;
    }

    @Test
    void log_likelihood_is_that_of_the_observed_labels() {
        LabelTable labels = patients();
        var fit = new DawidSkene(ReliabilityPrior.WEAK, EXACT).fit(labels);
        var result = fit.orElseThrow();
        double expected = 0;
        for (int task = 0; task < 45; task++) {
            double sum = 0;
            for (int truth = 0; truth < 4; truth++) {
                double product = result.consensus().prevalence()[truth];
                for (int position = labels.start(task); position < labels.start(task + 1); position++) {
                    product *= result.confusion()[labels.annotator(position)][truth][labels.label(position)];
                }
                sum += product;
            }
            expected += Math.log(sum);
        }

        assertThat(fit.convergence().logLikelihood()).isCloseTo(expected, within(1e-9));
    }

    @Test
    void confusion_matrices_of_a_simulated_crowd_are_recovered() {
        double[][][] confusion = {
            {{.9, .08, .02}, {.2, .7, .1}, {.05, .05, .9}},
            {{.6, .2, .2}, {.1, .8, .1}, {.2, .1, .7}},
            {{.95, .03, .02}, {.02, .96, .02}, {.3, .1, .6}},
            {{.7, .1, .2}, {.1, .75, .15}, {.05, .15, .8}},
        };
        var crowd = SimulatedCrowd.of(20_000, 3, confusion, new double[] {.5, .3, .2}, new SplittableRandom(1));

        var result = new DawidSkene().fit(crowd.labels()).orElseThrow();

        assertThat(result.consensus().prevalence()).containsExactly(new double[] {.5, .3, .2}, within(0.02));
        for (int annotator = 0; annotator < 4; annotator++) {
            for (int truth = 0; truth < 3; truth++) {
                assertThat(result.confusion()[annotator][truth])
                        .containsExactly(confusion[annotator][truth], within(0.035));
            }
        }
    }

    @Test
    void thousands_of_labels_on_one_task_do_not_underflow() {
        int[] zeros = new int[5_000];
        int[] label = new int[5_000];
        for (int index = 0; index < label.length; index++) {
            label[index] = index % 5 == 0 ? 1 : 0;
        }
        int[] annotator = new int[5_000];
        for (int index = 0; index < annotator.length; index++) {
            annotator[index] = index % 50;
        }

        var fit = new OneCoin().consensus(LabelTable.of(1, 50, 2, zeros, annotator, label));

        assertThat(fit.orElseThrow().probability(0, 0)).isCloseTo(1, within(1e-12));
        assertThat(fit.convergence().logLikelihood()).isFinite();
    }

    @Test
    void an_unfinished_iteration_cannot_be_taken_for_a_result() {
        Fit<Consensus> fit = new DawidSkene(ReliabilityPrior.WEAK, new Stopping(1, 1e-9)).consensus(patients());

        assertThat(fit).isInstanceOf(Fit.NotConverged.class);
        assertThat(fit.convergence().iterations()).isEqualTo(1);
        assertThatThrownBy(fit::orElseThrow)
                .isInstanceOf(NotConvergedException.class)
                .hasMessageContaining("after 1 iterations");
    }
}
