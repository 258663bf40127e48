package org.diptych.statistics.annotator;

import java.util.Arrays;
import java.util.List;

/** What the annotators together say: a posterior over the classes of each task, and a reliability of each annotator. */
public final class Consensus {

    private final int classes;
    private final double[] posterior;
    private final double[] prevalence;
    private final List<CredibleInterval> reliability;

    Consensus(int classes, double[] posterior, double[] prevalence, List<CredibleInterval> reliability) {
        this.classes = classes;
        this.posterior = posterior;
        this.prevalence = prevalence;
        this.reliability = List.copyOf(reliability);
    }

    public int tasks() {
        return posterior.length / classes;
    }

    public int classes() {
        return classes;
    }

    /** Posterior probability that the true class of a task is this one. */
    public double probability(int task, int label) {
        return posterior[task * classes + label];
    }

    /** The posterior of a task over all classes; sums to 1. */
    public double[] posterior(int task) {
        return Arrays.copyOfRange(posterior, task * classes, (task + 1) * classes);
    }

    /** The class with the highest posterior; the lowest of several. */
    public int mostLikely(int task) {
        int best = 0;
        for (int label = 1; label < classes; label++) {
            if (probability(task, label) > probability(task, best)) {
                best = label;
            }
        }
        return best;
    }

    /** The estimated share of each class among the tasks. */
    public double[] prevalence() {
        return prevalence.clone();
    }

    /** Probability that a label of this annotator is right, over the tasks that the annotator had. */
    public CredibleInterval reliability(int annotator) {
        return reliability.get(annotator);
    }

    /** All of them, by annotator. */
    public List<CredibleInterval> reliabilities() {
        return reliability;
    }
}
