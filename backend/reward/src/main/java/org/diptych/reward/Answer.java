package org.diptych.reward;

import org.diptych.protocol.Verdict;

/** What one annotator said about one pair on one dimension. */
public sealed interface Answer {

    /** Nothing was said. */
    record Unanswered() implements Answer {}

    /** Each candidate got a level, from 1 (worst) up to the training set's number of levels. */
    record Rated(int first, int second) implements Answer {}

    /** The two were compared. */
    record Judged(Verdict verdict) implements Answer {}
}
