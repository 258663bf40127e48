package org.diptych.statistics.annotator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Fits end where the slope of the log-posterior, written out here from the model's definition, is 0. */
class StationaryPointTest {

    private static final Stopping EXACT = new Stopping(20_000, 1e-11);
    private static final int CLASSES = 3;

    private static final LabelTable LABELS = SimulatedCrowd.of(
                    60,
                    4,
                    SimulatedCrowd.coins(CLASSES, .9, .8, .7, .6, .4),
                    new double[] {.5, .3, .2},
                    new SplittableRandom(3))
            .labels();

    /** P(label | truth) of an annotator on a task. */
    private interface Emission {
        double probability(int task, int annotator, int label, int truth);
    }

    private static double logLikelihood(double[] prevalence, Emission emission) {
        double sum = 0;
        for (int task = 0; task < LABELS.tasks(); task++) {
            double total = 0;
            for (int truth = 0; truth < CLASSES; truth++) {
                double product = prevalence[truth];
                for (int position = LABELS.start(task); position < LABELS.start(task + 1); position++) {
                    product *= emission.probability(task, LABELS.annotator(position), LABELS.label(position), truth);
                }
                total += product;
            }
            sum += Math.log(total);
        }
        return sum;
    }

    private static void assertStationary(double[] at, ToDoubleFunction<double[]> logPosterior, double tolerance) {
        for (int index = 0; index < at.length; index++) {
            double[] up = at.clone();
            double[] down = at.clone();
            up[index] += 1e-6;
            down[index] -= 1e-6;
            double slope = (logPosterior.applyAsDouble(up) - logPosterior.applyAsDouble(down)) / 2e-6;
            assertThat(slope).as("slope of parameter %d", index).isCloseTo(0, within(tolerance));
        }
    }

    @Test
    void one_coin() {
        var fit = new OneCoin(ReliabilityPrior.WEAK, EXACT).consensus(LABELS);
        Consensus consensus = fit.orElseThrow();
        double[] rate = consensus.reliabilities().stream()
                .mapToDouble(CredibleInterval::estimate)
                .toArray();

        assertStationary(
                rate,
                at -> {
                    double prior = 0;
                    for (double value : at) {
                        prior += 2 * Math.log(value) + Math.log(1 - value);
                    }
                    return prior
                            + logLikelihood(
                                    consensus.prevalence(),
                                    (task, annotator, label, truth) ->
                                            label == truth ? at[annotator] : (1 - at[annotator]) / (CLASSES - 1));
                },
                1e-5);
        assertThat(fit.convergence().logLikelihood())
                .isCloseTo(
                        logLikelihood(
                                consensus.prevalence(),
                                (task, annotator, label, truth) ->
                                        label == truth ? rate[annotator] : (1 - rate[annotator]) / (CLASSES - 1)),
                        within(1e-9));
    }

    @Test
    void mace() {
        var result = new Mace(ReliabilityPrior.WEAK, EXACT).fit(LABELS).orElseThrow();
        double[] competence = result.competence().stream()
                .mapToDouble(CredibleInterval::estimate)
                .toArray();

        assertStationary(
                competence,
                at -> {
                    double prior = 0;
                    for (double value : at) {
                        prior += 2 * Math.log(value) + Math.log(1 - value);
                    }
                    return prior
                            + logLikelihood(
                                    result.consensus().prevalence(),
                                    (task, annotator, label, truth) -> (label == truth ? at[annotator] : 0)
                                            + (1 - at[annotator]) * result.spam()[annotator][label]);
                },
                1e-5);
        // along each direction that keeps the spam distribution of annotator 4 summing to 1
        assertStationary(
                new double[CLASSES - 1],
                at -> {
                    double[] spam = result.spam()[4].clone();
                    spam[0] -= at[0] + at[1];
                    spam[1] += at[0];
                    spam[2] += at[1];
                    double prior = 0;
                    for (double value : spam) {
                        prior += Math.log(value) / CLASSES;
                    }
                    return prior
                            + logLikelihood(
                                    result.consensus().prevalence(),
                                    (task, annotator, label, truth) -> (label == truth ? competence[annotator] : 0)
                                            + (1 - competence[annotator])
                                                    * (annotator == 4 ? spam : result.spam()[annotator])[label]);
                },
                1e-4);
    }

    @Test
    void glad() {
        var fit = new Glad(1, EXACT).fit(LABELS);
        Glad.Result result = fit.orElseThrow();
        int annotators = LABELS.annotators();
        double[] parameters = new double[annotators + 1];
        for (int annotator = 0; annotator < annotators; annotator++) {
            parameters[annotator] = result.ability().get(annotator).estimate();
        }
        parameters[annotators] = Math.log(result.spread());

        assertStationary(
                parameters,
                at -> {
                    double spread = Math.exp(at[annotators]);
                    double prior = at[annotators] - spread * spread / 2;
                    for (int annotator = 0; annotator < annotators; annotator++) {
                        prior -= (at[annotator] - 1) * (at[annotator] - 1) / 2;
                    }
                    return prior
                            + gladLogLikelihood(at, spread, result.consensus().prevalence(), 11, 3);
                },
                1e-4);
        // the fit's sum over eleven eases is close to the integral
        assertThat(fit.convergence().logLikelihood())
                .isCloseTo(
                        gladLogLikelihood(
                                parameters, result.spread(), result.consensus().prevalence(), 401, 6),
                        within(0.1));
    }

    private static double gladLogLikelihood(
            double[] ability, double spread, double[] prevalence, int nodes, double furthest) {
        double[] byTask = new double[LABELS.tasks()];
        double weights = 0;
        for (int node = 0; node < nodes; node++) {
            double score = furthest * (2.0 * node / (nodes - 1) - 1);
            double weight = Math.exp(-score * score / 2);
            weights += weight;
            for (int task = 0; task < byTask.length; task++) {
                for (int truth = 0; truth < CLASSES; truth++) {
                    double product = weight * prevalence[truth];
                    for (int position = LABELS.start(task); position < LABELS.start(task + 1); position++) {
                        double right =
                                1 / (1 + Math.exp(-ability[LABELS.annotator(position)] * Math.exp(spread * score)));
                        product *= LABELS.label(position) == truth ? right : (1 - right) / (CLASSES - 1);
                    }
                    byTask[task] += product;
                }
            }
        }
        double sum = 0;
        for (double likelihood : byTask) {
            sum += Math.log(likelihood / weights);
        }
        return sum;
    }
}
