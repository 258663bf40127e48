package org.diptych.statistics.annotator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One last pass over a finished {@link Glad} fit: posteriors, and what they say about annotators and tasks. */
final class GladSummary {

    private final LabelTable labels;
    private final GladState state;
    private final double[] posterior;
    private final double[] logEase;
    private final double[] observed;
    private final ReliabilityEstimator reliability;
    private final double logLikelihood;

    GladSummary(LabelTable labels, GladState state) {
        this.labels = labels;
        this.state = state;
        this.posterior = new double[labels.tasks() * labels.classes()];
        this.logEase = new double[labels.tasks()];
        this.observed = new double[labels.annotators()];
        this.reliability =
                new ReliabilityEstimator(labels.annotators(), labels.size(), labels::annotator, ReliabilityPrior.WEAK);
        Arrays.fill(observed, state.precision());
        double sum = 0;
        double[] joint = new double[GladState.NODES * labels.classes()];
        for (int task = 0; task < labels.tasks(); task++) {
            sum += state.expect(task, joint);
            addTask(task, joint);
        }
        this.logLikelihood = sum;
    }

    private void addTask(int task, double[] joint) {
        int classes = labels.classes();
        for (int node = 0; node < GladState.NODES; node++) {
            for (int truth = 0; truth < classes; truth++) {
                posterior[task * classes + truth] += joint[node * classes + truth];
                logEase[task] += joint[node * classes + truth] * state.logEase(node);
            }
        }
        for (int position = labels.start(task); position < labels.start(task + 1); position++) {
            reliability.set(position, posterior[task * classes + labels.label(position)]);
            observed[labels.annotator(position)] += information(position, joint);
        }
    }

    /** Information of a label about its annotator's ability: the complete less the missing one (Louis 1982). */
    private double information(int position, double[] joint) {
        int classes = labels.classes();
        double complete = 0;
        double score = 0;
        double squaredScore = 0;
        for (int node = 0; node < GladState.NODES; node++) {
            double rate = state.probabilityRight(labels.annotator(position), node);
            double ease = state.ease(node);
            for (int truth = 0; truth < classes; truth++) {
                double weight = joint[node * classes + truth];
                double own = ease * ((truth == labels.label(position) ? 1 : 0) - rate);
                complete += weight * ease * ease * rate * (1 - rate);
                score += weight * own;
                squaredScore += weight * own * own;
            }
        }
        return complete - (squaredScore - score * score);
    }

    Glad.Result result() {
        List<CredibleInterval> abilities = new ArrayList<>();
        for (int annotator = 0; annotator < observed.length; annotator++) {
            double information = Math.max(observed[annotator], state.precision());
            abilities.add(CredibleInterval.of(state.ability(annotator), 1 / Math.sqrt(information)));
        }
        var consensus = new Consensus(labels.classes(), posterior, state.prevalence(), reliability.estimates());
        return new Glad.Result(consensus, List.copyOf(abilities), logEase, state.spread());
    }

    double logLikelihood() {
        return logLikelihood;
    }
}
