package org.diptych.service.pair;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody answered, or why they did not.
 *
 * @param id label
 * @param annotator who
 * @param at when it came in
 * @param activeSeconds how long they looked at the pair
 * @param swapped whether the second edit was shown at the left
 * @param verdicts by dimension and overall; null for a skip
 * @param answers what they said by dimension, the pair's first edit first; null for a skip
 * @param skipReason id of the protocol's reason; null for an answer
 * @param protocol reference of the version that they had read
 * @param superseded whether they have said something else since
 * @param extra whether it is beyond the labels that the pair was to get
 * @param stratum how the pair had come into the queue
 * @param selectionProbability probability with which it had been put there
 */
public record PairAnswer(
        UUID id,
        Annotator annotator,
        Instant at,
        double activeSeconds,
        boolean swapped,
        @Nullable Map<String, String> verdicts,
        @Nullable Map<String, Object> answers,
        @Nullable String skipReason,
        @Nullable String comment,
        boolean flagged,
        String protocol,
        boolean superseded,
        boolean extra,
        String stratum,
        double selectionProbability) {
    PairAnswer by(Annotator who) {
        return new PairAnswer(
                id,
                who,
                at,
                activeSeconds,
                swapped,
                verdicts,
                answers,
                skipReason,
                comment,
                flagged,
                protocol,
                superseded,
                extra,
                stratum,
                selectionProbability);
    }
}
