package org.diptych.statistics.annotator;

import java.util.Arrays;

/**
 * What annotator models are compared with. Every label counts alike: the posterior of a task is the share of each class among its labels.
 *
 * <p>An annotator's reliability is the agreement with the plurality of the <em>other</em> labels of the same task (a
 * part of a point where several classes lead), since a vote that includes the annotator's own flatters everybody. It is
 * relative to colleagues who err as well, so it is lower than the probability of being right.
 */
record MajorityVote() implements AnnotatorModel {

    @Override
    public Fit<Consensus> consensus(LabelTable labels) {
        int classes = labels.classes();
        double[] posterior = labels.shares();
        double[] prevalence = new double[classes];
        int[] compared = new int[labels.size()];
        double[] agreement = new double[labels.size()];
        int count = 0;
        int[] votes = new int[classes];
        for (int task = 0; task < labels.tasks(); task++) {
            Arrays.fill(votes, 0);
            for (int position = labels.start(task); position < labels.start(task + 1); position++) {
                votes[labels.label(position)]++;
            }
            for (int label = 0; label < classes; label++) {
                prevalence[label] += posterior[task * classes + label] / labels.tasks();
            }
            if (labels.start(task + 1) - labels.start(task) < 2) {
                continue;
            }
            for (int position = labels.start(task); position < labels.start(task + 1); position++) {
                votes[labels.label(position)]--;
                compared[count] = labels.annotator(position);
                agreement[count] = agreement(votes, labels.label(position));
                count++;
                votes[labels.label(position)]++;
            }
        }
        var reliability =
                new ReliabilityEstimator(labels.annotators(), count, index -> compared[index], ReliabilityPrior.WEAK);
        for (int index = 0; index < count; index++) {
            reliability.set(index, agreement[index]);
        }
        var result = new Consensus(classes, posterior, prevalence, reliability.estimates());
        return new Fit.Converged<>(result, new Convergence(1, 0, 0, logLikelihood(labels, posterior)));
    }

    private static double agreement(int[] others, int label) {
        int most = 0;
        int leaders = 0;
        for (int votes : others) {
            if (votes > most) {
                most = votes;
                leaders = 0;
            }
            leaders += votes == most ? 1 : 0;
        }
        return others[label] == most ? 1.0 / leaders : 0;
    }

    private static double logLikelihood(LabelTable labels, double[] posterior) {
        double sum = 0;
        for (int task = 0; task < labels.tasks(); task++) {
            for (int position = labels.start(task); position < labels.start(task + 1); position++) {
                sum += Math.log(posterior[task * labels.classes() + labels.label(position)]);
            }
        }
        return sum;
    }
}
