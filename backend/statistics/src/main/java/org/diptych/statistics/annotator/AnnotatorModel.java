package org.diptych.statistics.annotator;

/** A way to find the truth behind categorical labels and the annotators' reliability at once. */
public interface AnnotatorModel {

    /** Deterministic: the same table always gives the same result. */
    Fit<Consensus> consensus(LabelTable labels);
}
