package org.diptych.statistics.annotator;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * MACE (Hovy, Berg-Kirkpatrick, Vaswani, Hovy, NAACL 2013): with probability c (competence) an annotator gives the true
 * class, otherwise "spams", drawing from a favourite distribution of their own. Finds annotators who click one button.
 * Fitted by expectation-maximisation with pseudo-counts, starting from the vote shares (no random restarts).
 *
 * @param prior imagined labels per annotator; right ones are honest, wrong ones spam, evenly spread over the classes
 */
public record Mace(ReliabilityPrior prior, Stopping stopping) implements AnnotatorModel {

    public Mace {
        Objects.requireNonNull(prior);
        Objects.requireNonNull(stopping);
    }

    /** With a weak prior. */
    public Mace() {
        this(ReliabilityPrior.WEAK, Stopping.STANDARD);
    }

    /**
     * A consensus with the annotators' strategies.
     *
     * @param consensus truth, and the probability of a right label, which includes lucky spam
     * @param competence probability of an honest label, by annotator
     * @param spam [annotator][label] what the annotator answers otherwise; rows sum to 1
     */
    @SuppressWarnings("ArrayRecordComponent") // a carrier of output, never compared
    public record Result(Consensus consensus, List<CredibleInterval> competence, double[][] spam) {}

    @Override
    public Fit<Consensus> consensus(LabelTable labels) {
        return fit(labels).map(Result::consensus);
    }

    /** Truth, reliabilities and strategies. */
    public Fit<Result> fit(LabelTable labels) {
        var strategies = new Strategies(labels.annotators(), labels.classes());
        double[] confusion = new double[labels.annotators() * labels.classes() * labels.classes()];
        return new ConfusionModel(labels, prior, strategies, confusion)
                .fit(stopping)
                .map(consensus -> new Result(consensus, strategies.intervals(labels, consensus), strategies.spam()));
    }

    /** Competence and spam distribution of everybody: the parameters behind the confusion matrices. */
    private final class Strategies implements ConfusionModel.Emission {

        private final int classes;
        private final double[] competence;
        private final double[][] spam;

        Strategies(int annotators, int classes) {
            this.classes = classes;
            this.competence = new double[annotators];
            this.spam = new double[annotators][classes];
            Arrays.fill(competence, 0.5);
            for (double[] row : spam) {
                Arrays.fill(row, 1.0 / classes);
            }
        }

        @Override
        public void maximise(double[] count, double[] prevalence, double[] confusion) {
            for (int annotator = 0; annotator < competence.length; annotator++) {
                maximise(annotator, count, confusion);
            }
        }

        private void maximise(int annotator, double[] count, double[] confusion) {
            int first = annotator * classes * classes;
            double[] spammed = new double[classes];
            double honest = prior.right();
            double total = prior.right() + prior.wrong();
            for (int label = 0; label < classes; label++) {
                spammed[label] = prior.wrong() / classes;
                for (int truth = 0; truth < classes; truth++) {
                    double labels = count[first + label * classes + truth];
                    double share = truth == label ? honestShare(annotator, label) : 0;
                    honest += labels * share;
                    spammed[label] += labels * (1 - share);
                    total += labels;
                }
            }
            double spammedTotal = Arrays.stream(spammed).sum();
            competence[annotator] = total == 0 ? 0.5 : honest / total;
            for (int label = 0; label < classes; label++) {
                if (spammedTotal > 0) {
                    spam[annotator][label] = spammed[label] / spammedTotal;
                }
                for (int truth = 0; truth < classes; truth++) {
                    confusion[first + label * classes + truth] = (1 - competence[annotator]) * spam[annotator][label]
                            + (truth == label ? competence[annotator] : 0);
                }
            }
        }

        /** Probability that a right label was honest rather than lucky. */
        private double honestShare(int annotator, int label) {
            double honest = competence[annotator];
            double lucky = (1 - honest) * spam[annotator][label];
            return honest + lucky == 0 ? 0 : honest / (honest + lucky);
        }

        double[][] spam() {
            return spam;
        }

        List<CredibleInterval> intervals(LabelTable labels, Consensus consensus) {
            var estimator = new ReliabilityEstimator(competence.length, labels.size(), labels::annotator, prior);
            for (int task = 0; task < labels.tasks(); task++) {
                for (int position = labels.start(task); position < labels.start(task + 1); position++) {
                    int annotator = labels.annotator(position);
                    int label = labels.label(position);
                    estimator.set(position, consensus.probability(task, label) * honestShare(annotator, label));
                }
            }
            return estimator.estimates();
        }
    }
}
