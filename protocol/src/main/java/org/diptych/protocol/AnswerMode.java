package org.diptych.protocol;

/** What an annotator is asked about each dimension. */
public enum AnswerMode {
    /** A rating 1..4 for each of the two images; the verdict is derived. */
    RATING,
    /** One of six comparative answers for the pair. */
    COMPARISON
}
