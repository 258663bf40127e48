package org.diptych.service.label;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a browser submits: an answer or a skip, for one assignment. It may have waited in the browser while the server was
 * renewed, so that a field of another release is passed over and refuses no label.
 *
 * @param id made by the browser; submitting the same id again changes nothing
 * @param assignment what is answered
 * @param token fencing token of the lease
 * @param answers per dimension, in the sides that were shown; absent for a skip
 * @param skip why the pair is left unanswered; absent for an answer
 * @param comment free text for the lead
 * @param flagged whether the lead is to look at it
 * @param activeMilliseconds time with the page visible, focused and in use
 * @param firstAnswerMilliseconds active time until the first answer
 * @param attention modes and zoom used, as the browser measured them
 * @param supersedes the annotator's former label that this one corrects
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Submission(
        UUID id,
        UUID assignment,
        long token,
        @Nullable Map<String, JsonNode> answers,
        @Nullable Skip skip,
        @Nullable String comment,
        @Nullable Boolean flagged,
        long activeMilliseconds,
        @Nullable Long firstAnswerMilliseconds,
        @Nullable JsonNode attention,
        @Nullable UUID supersedes) {
    public Submission {
        // of a JSON document, null becomes a value of its own
        attention = attention == null || attention.isNull() ? null : attention;
    }

    /**
     * A skip.
     *
     * @param reason id of one of the protocol's skip reasons
     */
    public record Skip(String reason) {}
}
