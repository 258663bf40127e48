package org.diptych.statistics.replay;

import org.diptych.statistics.acquisition.NextOpinions;

/** How a budget of labels is spread: many pairs once, fewer pairs several times, or as expected information says. */
public sealed interface LabelsPerPair {
    /**
     * Every chosen pair gets this many labels.
     *
     * @param labels 1 or more
     */
    record Fixed(int labels) implements LabelsPerPair {
        /** Checks the number. */
        public Fixed {
            if (labels < 1) {
                throw new IllegalArgumentException("A pair needs at least one label, not " + labels);
            }
        }
    }

    /**
     * One label each, and another opinion where {@link NextOpinions} expects more from it than from a new pair.
     *
     * @param most most labels of one pair
     */
    record Adaptive(int most) implements LabelsPerPair {}
}
