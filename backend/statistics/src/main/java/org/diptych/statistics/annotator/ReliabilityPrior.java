package org.diptych.statistics.annotator;

/**
 * What is believed about an annotator before the first label, as imagined labels (pseudo-counts). Zero counts give the
 * maximum likelihood estimate, which is undefined or extreme for annotators with few labels.
 *
 * @param right imagined right labels of each annotator (per true class where the model has a confusion matrix)
 * @param wrong imagined wrong labels, spread evenly over the wrong classes
 * @param perClass imagined tasks of each class
 */
public record ReliabilityPrior(double right, double wrong, double perClass) {

    /** Two right, one wrong; one task of each class. */
    public static final ReliabilityPrior WEAK = new ReliabilityPrior(2, 1, 1);

    /** No prior: maximum likelihood. */
    public static final ReliabilityPrior NONE = new ReliabilityPrior(0, 0, 0);

    public ReliabilityPrior {
        if (!(right >= 0 && wrong >= 0 && perClass >= 0)) {
            throw new IllegalArgumentException("Pseudo-counts must not be negative");
        }
    }
}
