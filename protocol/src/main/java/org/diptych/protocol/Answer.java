package org.diptych.protocol;

/** An annotator's answer to one dimension of a pair, in the stored order of the candidates. */
public sealed interface Answer permits RatingPair, Comparison {
    /** The same answer with the two candidates exchanged: what turns "left, right" into "first, second". */
    Answer exchanged();

    /**
     * The bare direction of the answer. Ratings know no absolute level here: whether a tie of ratings is "both bad" is
     * the protocol's rule, see {@link Protocol#verdicts}.
     */
    Verdict verdict();
}
