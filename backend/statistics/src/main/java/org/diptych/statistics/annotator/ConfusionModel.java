package org.diptych.statistics.annotator;

import java.util.Arrays;
import java.util.List;

/**
 * Expectation-maximisation for models in which a label depends on the annotator and the true class alone:
 * P(label | truth, annotator) is a confusion matrix, filled from the expected counts by an {@link Emission}.
 *
 * <p>Expectation and maximisation share one pass over the labels; posteriors are written only at the end. Products of
 * probabilities are rescaled when they become small, so the number of labels of a task is not limited.
 */
final class ConfusionModel {

    /** Products below this are rescaled. Squared it is still a normal number. */
    private static final double SMALL = 1e-100;

    /** Turns expected counts into confusion matrices. */
    interface Emission {

        /**
         * @param count expected number of labels, [(annotator * classes + label) * classes + truth]
         * @param confusion the matrices in the same layout, to be overwritten
         */
        void maximise(double[] count, double[] confusion);
    }

    private final LabelTable labels;
    private final int classes;
    private final ReliabilityPrior prior;
    private final Emission emission;
    private final double[] count;
    private final double[] prevalence;
    private final double[] confusion;

    ConfusionModel(LabelTable labels, ReliabilityPrior prior, Emission emission) {
        this.labels = labels;
        this.classes = labels.classes();
        this.prior = prior;
        this.emission = emission;
        this.count = new double[labels.annotators() * classes * classes];
        this.prevalence = new double[classes];
        this.confusion = new double[count.length];
    }

    /** P(label | truth) of the last iteration, [(annotator * classes + label) * classes + truth]. */
    double[] confusion() {
        return confusion;
    }

    Fit<Consensus> fit(Stopping stopping) {
        double[] classCount = new double[classes];
        addShares(classCount);
        maximise(classCount);
        double change = Double.POSITIVE_INFINITY;
        int iteration = 0;
        double[] before = new double[confusion.length];
        while (iteration < stopping.maximumIterations() && change > stopping.tolerance()) {
            System.arraycopy(confusion, 0, before, 0, before.length);
            double[] prevalenceBefore = prevalence.clone();
            expect(classCount);
            maximise(classCount);
            change = Math.max(largestChange(before, confusion), largestChange(prevalenceBefore, prevalence));
            iteration++;
        }
        double[] posterior = new double[labels.tasks() * classes];
        double logLikelihood = writePosterior(posterior);
        var result = new Consensus(classes, posterior, prevalence.clone(), reliability(posterior));
        return Fit.of(result, new Convergence(iteration, change, stopping.tolerance(), logLikelihood));
    }

    /** The first expected counts: every task's truth is the share of votes. */
    private void addShares(double[] classCount) {
        double[] share = labels.shares();
        Arrays.fill(count, 0);
        for (int task = 0; task < labels.tasks(); task++) {
            for (int truth = 0; truth < classes; truth++) {
                classCount[truth] += share[task * classes + truth];
            }
            for (int position = labels.start(task); position < labels.start(task + 1); position++) {
                addLabel(position, share, task * classes);
            }
        }
    }

    private void expect(double[] classCount) {
        Arrays.fill(count, 0);
        Arrays.fill(classCount, 0);
        double[] product = new double[classes];
        for (int task = 0; task < labels.tasks(); task++) {
            multiply(task, product);
            double scale = 1 / sum(product);
            for (int truth = 0; truth < classes; truth++) {
                product[truth] *= scale;
                classCount[truth] += product[truth];
            }
            int end = labels.start(task + 1);
            for (int position = labels.start(task); position < end; position++) {
                addLabel(position, product, 0);
            }
        }
    }

    private void addLabel(int position, double[] weight, int offset) {
        int row = row(position);
        for (int truth = 0; truth < classes; truth++) {
            count[row + truth] += weight[offset + truth];
        }
    }

    /** Prevalence times the probabilities of the task's labels; returns the logarithm of what was scaled out. */
    private double multiply(int task, double[] product) {
        System.arraycopy(prevalence, 0, product, 0, classes);
        double logScale = 0;
        int end = labels.start(task + 1);
        for (int position = labels.start(task); position < end; position++) {
            int row = row(position);
            double total = 0;
            for (int truth = 0; truth < classes; truth++) {
                product[truth] *= confusion[row + truth];
                total += product[truth];
            }
            if (total < SMALL) {
                logScale += rescale(product, total);
            }
        }
        return logScale;
    }

    private static double rescale(double[] product, double total) {
        for (int truth = 0; truth < product.length; truth++) {
            product[truth] /= total;
        }
        return Math.log(total);
    }

    private int row(int position) {
        return (labels.annotator(position) * classes + labels.label(position)) * classes;
    }

    private void maximise(double[] classCount) {
        double total = labels.tasks() + prior.perClass() * classes;
        for (int truth = 0; truth < classes; truth++) {
            prevalence[truth] = total == 0 ? 1.0 / classes : (classCount[truth] + prior.perClass()) / total;
        }
        emission.maximise(count, confusion);
    }

    private double writePosterior(double[] posterior) {
        double logLikelihood = 0;
        double[] product = new double[classes];
        for (int task = 0; task < labels.tasks(); task++) {
            double logScale = multiply(task, product);
            double total = sum(product);
            logLikelihood += logScale + Math.log(total);
            for (int truth = 0; truth < classes; truth++) {
                posterior[task * classes + truth] = product[truth] / total;
            }
        }
        return logLikelihood;
    }

    private List<CredibleInterval> reliability(double[] posterior) {
        var reliability = new ReliabilityEstimator(labels.annotators(), labels.size(), labels::annotator, prior);
        for (int task = 0; task < labels.tasks(); task++) {
            for (int position = labels.start(task); position < labels.start(task + 1); position++) {
                reliability.set(position, posterior[task * classes + labels.label(position)]);
            }
        }
        return reliability.estimates();
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }

    private static double largestChange(double[] before, double[] after) {
        double largest = 0;
        for (int index = 0; index < before.length; index++) {
            largest = Math.max(largest, Math.abs(after[index] - before[index]));
        }
        return largest;
    }
}
