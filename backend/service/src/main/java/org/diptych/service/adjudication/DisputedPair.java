package org.diptych.service.adjudication;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.diptych.service.assignment.AssignmentView.Picture;
import org.jspecify.annotations.Nullable;

/**
 * A pair as somebody who decides it sees it. Sides are as shown to that person, and people are numbered: neither who answered
 * nor which model made an edit is in it.
 *
 * @param protocolSha256 the version that the campaign uses now, and that a verdict is given under
 * @param protocol its reference
 * @param left the edit at the left (A)
 * @param right the edit at the right (B)
 * @param answers one of each annotator, under the campaign's version
 * @param asked whether an annotator is still asked for an answer
 * @param own whether the reader has answered it: somebody else must decide
 * @param verdict the latest one; null before the first
 * @param majority per dimension, the verdict that more than half of the answers give, in the sides shown; absent where there is
 *     none
 */
public record DisputedPair(
        UUID pair,
        String instruction,
        @Nullable String category,
        String protocolSha256,
        String protocol,
        Picture source,
        Picture left,
        Picture right,
        List<Said> answers,
        boolean asked,
        boolean own,
        @Nullable Verdict verdict,
        Map<String, String> majority) {
    public DisputedPair {
        answers = List.copyOf(answers);
    }

    /**
     * What an annotator answered.
     *
     * @param person stands for them on this pair; another number on the next
     * @param answers per dimension, in the sides shown here
     */
    public record Said(
            int person,
            Map<String, Object> answers,
            @Nullable String comment) {}

    /**
     * A verdict.
     *
     * @param answers per dimension, in the sides shown here
     * @param protocol reference of the version that it was given under
     * @param holds false when an objection to it was accepted
     * @param gold whether it was made a known answer
     * @param objections what annotators said against it
     */
    public record Verdict(
            UUID id,
            Map<String, Object> answers,
            @Nullable String reason,
            Instant at,
            String protocol,
            boolean holds,
            boolean gold,
            List<String> objections) {
        public Verdict {
            objections = List.copyOf(objections);
        }
    }
}
