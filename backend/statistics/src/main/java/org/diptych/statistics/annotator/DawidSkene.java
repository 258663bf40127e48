package org.diptych.statistics.annotator;

import java.util.Objects;

/**
 * Dawid and Skene (1979, Applied Statistics 28:20-28): every annotator has a confusion matrix P(label | truth), fitted
 * by expectation-maximisation from the vote shares, with pseudo-counts as prior. Finds the mode of the posterior that
 * lies nearest to the majority vote.
 *
 * @param prior imagined labels per true class
 */
public record DawidSkene(ReliabilityPrior prior, Stopping stopping) implements AnnotatorModel {

    public DawidSkene {
        Objects.requireNonNull(prior);
        Objects.requireNonNull(stopping);
    }

    /** With a weak prior. */
    public DawidSkene() {
        this(ReliabilityPrior.WEAK, Stopping.STANDARD);
    }

    /**
     * A consensus with the annotators' confusion matrices.
     *
     * @param consensus truth and reliabilities
     * @param confusion [annotator][truth][label], rows sum to 1
     */
    @SuppressWarnings("ArrayRecordComponent") // a carrier of output, never compared
    public record Result(Consensus consensus, double[][][] confusion) {

        /** P(label) of one more label of an annotator on a task, given all that is known: sums to 1. */
        public double[] nextLabel(int task, int annotator) {
            double[] probability = new double[consensus.classes()];
            for (int truth = 0; truth < probability.length; truth++) {
                for (int label = 0; label < probability.length; label++) {
                    probability[label] += consensus.probability(task, truth) * confusion[annotator][truth][label];
                }
            }
            return probability;
        }
    }

    @Override
    public Fit<Consensus> consensus(LabelTable labels) {
        return fit(labels).map(Result::consensus);
    }

    /** Truth, reliabilities and confusion matrices. */
    public Fit<Result> fit(LabelTable labels) {
        int classes = labels.classes();
        var model = new ConfusionModel(labels, prior, (count, confusion) -> maximise(count, confusion, classes));
        return model.fit(stopping)
                .map(consensus -> new Result(consensus, matrices(model.confusion(), labels.annotators(), classes)));
    }

    private void maximise(double[] count, double[] confusion, int classes) {
        double wrong = prior.wrong() / (classes - 1);
        for (int first = 0; first < count.length; first += classes * classes) {
            for (int truth = 0; truth < classes; truth++) {
                double total = prior.right() + prior.wrong();
                for (int label = 0; label < classes; label++) {
                    total += count[first + label * classes + truth];
                }
                for (int label = 0; label < classes; label++) {
                    int cell = first + label * classes + truth;
                    double imagined = label == truth ? prior.right() : wrong;
                    confusion[cell] = total == 0 ? 1.0 / classes : (count[cell] + imagined) / total;
                }
            }
        }
    }

    /** From [(annotator * classes + label) * classes + truth] to [annotator][truth][label]. */
    private static double[][][] matrices(double[] confusion, int annotators, int classes) {
        double[][][] matrices = new double[annotators][classes][classes];
        for (int annotator = 0; annotator < annotators; annotator++) {
            for (int truth = 0; truth < classes; truth++) {
                for (int label = 0; label < classes; label++) {
                    matrices[annotator][truth][label] = confusion[(annotator * classes + label) * classes + truth];
                }
            }
        }
        return matrices;
    }
}
