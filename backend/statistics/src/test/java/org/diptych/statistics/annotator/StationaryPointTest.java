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
}
