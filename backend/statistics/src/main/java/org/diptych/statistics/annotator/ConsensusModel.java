package org.diptych.statistics.annotator;

import java.util.Arrays;

/**
 * The product's model of its annotators, as detailed as their labels allow: {@link OneCoin} for the first labels,
 * {@link DawidSkene} from {@value #ENOUGH} labels per annotator and class on.
 *
 * <p>A confusion matrix can say what one number cannot: that somebody calls a tie what others still tell apart, or draws
 * the line between two levels elsewhere. On published ratings it predicts a rater's hidden labels better, from a handful
 * of labels per rater and class on already ({@code LeaveOneRaterOutTest}). But with few labels each and many annotators
 * it takes more of them for poor than one number does, and gets fewer tasks right; in simulated crowds both has ended by
 * ten labels per annotator and class. {@code decisions/0023-consensus-by-dawid-skene.md} has the figures.
 *
 * <p>Classes that nobody chose and annotators without labels need no parameters and are not counted. Where the matrices do
 * not converge, one number each has to do.
 */
public record ConsensusModel() implements AnnotatorModel {
    /** Labels per annotator and class, on average, that fill a confusion matrix. */
    static final int ENOUGH = 10;

    @Override
    public Fit<Consensus> consensus(LabelTable labels) {
        if (fillMatrices(labels) && new DawidSkene().consensus(labels) instanceof Fit.Converged<Consensus> converged) {
            return converged;
        }
        return new OneCoin().consensus(labels);
    }

    private static boolean fillMatrices(LabelTable labels) {
        boolean[] used = new boolean[labels.classes()];
        for (int position = 0; position < labels.size(); position++) {
            used[labels.label(position)] = true;
        }
        long classes = 0;
        for (boolean one : used) {
            classes += one ? 1 : 0;
        }
        long annotators = Arrays.stream(labels.labelsPerAnnotator())
                .filter(count -> count > 0)
                .count();
        return labels.size() > 0 && labels.size() >= ENOUGH * annotators * classes;
    }
}
