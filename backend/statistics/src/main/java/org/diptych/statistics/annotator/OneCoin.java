package org.diptych.statistics.annotator;

import java.util.Objects;

/**
 * Dawid-Skene with one number per annotator: right with the same probability whatever the truth, wrong answers evenly
 * spread. To be preferred when annotators have few labels each.
 *
 * @param prior imagined labels per annotator
 */
public record OneCoin(ReliabilityPrior prior, Stopping stopping) implements AnnotatorModel {

    public OneCoin {
        Objects.requireNonNull(prior);
        Objects.requireNonNull(stopping);
    }

    /** With a weak prior. */
    public OneCoin() {
        this(ReliabilityPrior.WEAK, Stopping.STANDARD);
    }

    @Override
    public Fit<Consensus> consensus(LabelTable labels) {
        int classes = labels.classes();
        return new ConfusionModel(labels, prior, (count, confusion) -> maximise(count, confusion, classes))
                .fit(stopping);
    }

    private void maximise(double[] count, double[] confusion, int classes) {
        for (int first = 0; first < count.length; first += classes * classes) {
            double right = prior.right();
            double total = prior.right() + prior.wrong();
            for (int label = 0; label < classes; label++) {
                right += count[first + label * classes + label];
                for (int truth = 0; truth < classes; truth++) {
                    total += count[first + label * classes + truth];
                }
            }
            double rate = total == 0 ? 1.0 / classes : right / total;
            for (int label = 0; label < classes; label++) {
                for (int truth = 0; truth < classes; truth++) {
                    confusion[first + label * classes + truth] = label == truth ? rate : (1 - rate) / (classes - 1);
                }
            }
        }
    }
}
