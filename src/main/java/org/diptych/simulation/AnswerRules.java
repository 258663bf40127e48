package org.diptych.simulation;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What a simulated annotator has to know of a protocol.
 *
 * @param reference for example {@code edit-preference-v1}
 * @param mode how an answer is given
 * @param dimensions ids, in the protocol's order
 * @param lowest lowest rating
 * @param highest highest rating
 * @param skipReason the reason given for a pair without known truth
 */
public record AnswerRules(
        String reference, Mode mode, List<String> dimensions, int lowest, int highest, String skipReason) {
    private static final String CANNOT_JUDGE = "cannot_judge";
    private static final int LOWEST_TRUTH = 1;
    private static final int HIGHEST_TRUTH = 4;

    /** How an answer is given. */
    public enum Mode {
        /** A rating of each image on each dimension. */
        RATING,
        /** One of six words on each dimension. */
        COMPARISON
    }

    /** Reads a protocol as the server shows it: {@code {"reference", "document"}}. */
    public static AnswerRules of(JsonNode protocol) {
        JsonNode document = protocol.path("document");
        List<String> dimensions = new ArrayList<>();
        int lowest = Integer.MAX_VALUE;
        int highest = Integer.MIN_VALUE;
        for (JsonNode dimension : document.path("dimensions")) {
            dimensions.add(dimension.path("id").asString());
            for (JsonNode level : dimension.path("levels")) {
                lowest = Math.min(lowest, level.path("value").asInt());
                highest = Math.max(highest, level.path("value").asInt());
            }
        }
        boolean rated = document.path("mode").asString("").equals("rating");
        return new AnswerRules(
                protocol.path("reference").asString(""),
                rated ? Mode.RATING : Mode.COMPARISON,
                List.copyOf(dimensions),
                lowest <= highest ? lowest : LOWEST_TRUTH,
                lowest <= highest ? highest : HIGHEST_TRUTH,
                skipReason(document.path("skip_reasons")));
    }

    private static String skipReason(JsonNode reasons) {
        for (JsonNode reason : reasons) {
            if (reason.path("id").asString("").equals(CANNOT_JUDGE)) {
                return CANNOT_JUDGE;
            }
        }
        return reasons.path(0).path("id").asString("");
    }
}
