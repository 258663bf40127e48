package org.diptych.protocol;

/**
 * Two absolute ratings on one dimension, one for each candidate.
 *
 * @param first rating of the stored first candidate
 * @param second rating of the stored second candidate
 */
public record RatingPair(int first, int second) implements Answer {
    @Override
    public RatingPair exchanged() {
        return new RatingPair(/* first= */ second, /* second= */ first);
    }

    @Override
    public Verdict verdict() {
        if (first > second) {
            return Verdict.FIRST;
        }
        return first < second ? Verdict.SECOND : Verdict.TIE;
    }
}
