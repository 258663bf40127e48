package org.diptych.service.agreement;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A pair and the answers that it has.
 *
 * @param category category of its item
 * @param firstModel editing model of the first candidate
 * @param secondModel editing model of the second candidate
 * @param answers one of each annotator
 */
record AnsweredPair(UUID id, @Nullable String category, String firstModel, String secondModel, List<Given> answers) {

    /**
     * An answer.
     *
     * @param annotator number of the annotator in the campaign
     * @param sequence of its label
     * @param code what it says
     * @param minute when it came, in minutes since 1970-01-01T00:00Z
     * @param uniform whether the pair was drawn at random, and not picked by a model
     * @param swapped whether the second candidate was shown at the left
     */
    record Given(int annotator, long sequence, AnswerCode code, int minute, boolean uniform, boolean swapped) {}

    /** The pair with those of its answers that are wanted. */
    AnsweredPair where(Predicate<Given> wanted) {
        var kept = new ArrayList<Given>(answers.size());
        for (var answer : answers) {
            if (wanted.test(answer)) {
                kept.add(answer);
            }
        }
        return kept.size() == answers.size()
                ? this
                : new AnsweredPair(id, category, firstModel, secondModel, List.copyOf(kept));
    }

    /** The minute of its last answer. */
    int lastMinute() {
        var last = 0;
        for (var answer : answers) {
            last = Math.max(last, answer.minute());
        }
        return last;
    }
}
