package org.diptych.service.foreign;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diptych.protocol.Answer;
import org.diptych.protocol.Comparison;
import org.diptych.protocol.RatingPair;
import org.diptych.protocol.Verdict;
import org.diptych.service.campaign.JsonLine;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an answer says under a mapping. Ratings are taken where they are whole numbers of the scale and say the same as the
 * verdict beside them; else the verdict alone is.
 */
sealed interface Judgement {
    /** Dimensions of {@code imported-ratings}, as in the document. */
    List<String> DIMENSIONS = List.of("instruction_following", "visual_quality");

    String RATINGS = "imported-ratings-v1";

    int LOWEST = 1;
    int HIGHEST = 4;

    /**
     * An answer.
     *
     * @param protocol reference of the document that it is an answer to
     */
    record Given(String protocol, Map<String, Answer> answers) implements Judgement {
        /** The same with the edits exchanged. */
        Given exchanged() {
            var exchanged = new LinkedHashMap<String, Answer>();
            answers.forEach((dimension, answer) -> exchanged.put(dimension, answer.exchanged()));
            return new Given(protocol, exchanged);
        }
    }

    /** Nobody answered: cancelled, a draft, discarded, or a value that the mapping calls so. */
    record Skipped() implements Judgement {}

    /** It cannot be understood. */
    record Wrong(String field, String message) implements Judgement {}

    /** Reads an answer. */
    static Judgement of(ImportMapping mapping, ObjectNode task, ObjectNode answer) {
        var state = Fields.text(Fields.at(answer, "status"));
        boolean unfinished = mapping.tool() == Tool.ARGILLA && state != null && !state.equals("submitted");
        if (unfinished || answer.path("was_cancelled").asBoolean(false)) {
            return new Skipped();
        }
        var ratings = ratings(mapping, task, answer);
        var verdict = verdict(mapping, task, answer);
        if (verdict instanceof Given given && ratings != null) {
            return ratings.agreeWith(given.answers().values().iterator().next().verdict())
                    ? new Given(RATINGS, ratings.answers)
                    : given;
        }
        if (verdict != null) {
            return verdict;
        }
        return ratings == null
                ? new Wrong(
                        mapping.verdict().isEmpty() ? "" : mapping.verdict().getFirst(),
                        "there is no verdict; give one, or name its field in the mapping")
                : new Given(RATINGS, ratings.answers);
    }

    private static Given preferred(Comparison comparison) {
        return new Given("imported-preference-v1", Map.of("preference", comparison));
    }

    /** What the verdict says by itself; null where there is none. */
    private static @Nullable Judgement verdict(ImportMapping mapping, ObjectNode task, ObjectNode answer) {
        for (var field : mapping.verdict()) {
            var node = value(task, answer, field);
            if (node != null) {
                var text = Fields.text(node);
                var meaning = text == null ? null : mapping.meaning(text);
                var comparison = meaning == null ? null : ImportMapping.comparison(meaning);
                if (comparison != null) {
                    return preferred(comparison);
                }
                if (meaning == null) {
                    return new Wrong(
                            field,
                            "the mapping does not say what " + Fields.shown(text == null ? node.toString() : text)
                                    + " means; add it to values, as first, second, tie, both_bad or skip");
                }
                return new Skipped();
            }
        }
        return mapping.votes().isEmpty() ? null : byVotes(mapping, task, answer);
    }

    private static Judgement byVotes(ImportMapping mapping, ObjectNode task, ObjectNode answer) {
        var counts = new BigDecimal[2];
        for (int side = 0; side < 2; side++) {
            var field = mapping.votes().get(side);
            var node = value(task, answer, field);
            if (node == null || !node.isNumber() || !JsonLine.isStorable(node)) {
                return new Wrong(field, node == null ? "missing" : "is no number of votes");
            }
            counts[side] = node.decimalValue();
        }
        if (counts[0].signum() == 0 && counts[1].signum() == 0) {
            return new Skipped();
        }
        int sign = counts[0].compareTo(counts[1]);
        return preferred(sign > 0 ? Comparison.FIRST : sign < 0 ? Comparison.SECOND : Comparison.TIE);
    }

    /** Ratings on all dimensions. */
    record Ratings(Map<String, Answer> answers, int difference) {
        boolean agreeWith(Verdict verdict) {
            return switch (verdict) {
                case FIRST -> difference > 0;
                case SECOND -> difference < 0;
                case TIE -> difference == 0;
                case BOTH_BAD -> false;
            };
        }
    }

    private static @Nullable Ratings ratings(ImportMapping mapping, ObjectNode task, ObjectNode answer) {
        var answers = new LinkedHashMap<String, Answer>();
        int difference = 0;
        for (var dimension : DIMENSIONS) {
            var sides = mapping.ratings().get(dimension);
            if (sides == null) {
                return null;
            }
            int first = rating(value(task, answer, sides.get(0)));
            int second = rating(value(task, answer, sides.get(1)));
            if (first < LOWEST || second < LOWEST) {
                return null;
            }
            answers.put(dimension, new RatingPair(first, second));
            difference += first - second;
        }
        return new Ratings(answers, difference);
    }

    /** 0 for what is no rating of the scale, such as a mean of several. */
    private static int rating(@Nullable JsonNode node) {
        double value = Fields.number(node);
        return value == Math.rint(value) && value >= LOWEST && value <= HIGHEST ? (int) value : 0;
    }

    private static @Nullable JsonNode value(ObjectNode task, ObjectNode answer, String field) {
        var own = Fields.at(answer, field);
        return own == null ? Fields.at(task, field) : own;
    }
}
