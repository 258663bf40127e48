package org.diptych.reward;

/** What one annotator says about a pair on one dimension. */
public enum Verdict {
    /** The first candidate is better. */
    FIRST,
    /** The second candidate is better. */
    SECOND,
    /** Both are equally good, or equally bad where the protocol has no answer for that. */
    TIE,
    /** Both are bad: an absolute statement, used as such. */
    BOTH_BAD
}
