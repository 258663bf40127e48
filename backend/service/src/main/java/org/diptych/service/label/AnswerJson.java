package org.diptych.service.label;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.diptych.protocol.Answer;
import org.diptych.protocol.Comparison;
import org.diptych.protocol.RatingPair;
import org.diptych.protocol.Verdict;
import org.diptych.service.problem.Problem;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers as JSON. On the wire they speak of sides ({@code left}, {@code right}: what the annotator saw); stored they
 * speak of candidates ({@code first}, {@code second}).
 */
public final class AnswerJson {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private AnswerJson() {}

    /**
     * Reads what a browser sent.
     *
     * @param swapped whether the second candidate was at the left
     */
    public static Map<String, Answer> fromScreen(Map<String, JsonNode> answers, boolean swapped) {
        var stored = new LinkedHashMap<String, Answer>();
        answers.forEach((dimension, node) -> {
            var answer = read(dimension, node, "left", "right");
            stored.put(dimension, swapped ? answer.exchanged() : answer);
        });
        return stored;
    }

    /** What a browser gets back of a stored answer, in the sides it saw. */
    public static Map<String, Object> toScreen(String storedJson, boolean swapped) {
        var answers = new LinkedHashMap<String, Object>();
        fromStored(storedJson)
                .forEach((dimension, answer) ->
                        answers.put(dimension, write(swapped ? answer.exchanged() : answer, "left", "right")));
        return answers;
    }

    /** The stored form of answers. */
    public static String toStored(Map<String, Answer> answers) {
        var tree = new LinkedHashMap<String, Object>();
        answers.forEach((dimension, answer) -> tree.put(dimension, write(answer, "first", "second")));
        return JSON.writeValueAsString(tree);
    }

    /** Reads stored answers. */
    public static Map<String, Answer> fromStored(String json) {
        var answers = new LinkedHashMap<String, Answer>();
        for (var entry : JSON.readTree(json).properties()) {
            answers.put(entry.getKey(), read(entry.getKey(), entry.getValue(), "first", "second"));
        }
        return answers;
    }

    /** Reads answers in stored order, as leads give them. */
    public static Map<String, Answer> fromTree(Map<String, JsonNode> tree) {
        var answers = new LinkedHashMap<String, Answer>();
        tree.forEach((dimension, node) -> answers.put(dimension, read(dimension, node, "first", "second")));
        return answers;
    }

    /** The stored form of verdicts. */
    public static String verdictsToStored(Map<String, Verdict> verdicts) {
        var tree = new LinkedHashMap<String, String>();
        verdicts.forEach((dimension, verdict) -> tree.put(dimension, verdict.word()));
        return JSON.writeValueAsString(tree);
    }

    /** Reads stored verdicts. */
    public static Map<String, Verdict> verdictsFromStored(String json) {
        var verdicts = new LinkedHashMap<String, Verdict>();
        for (var entry : JSON.readTree(json).properties()) {
            verdicts.put(
                    entry.getKey(),
                    Verdict.valueOf(entry.getValue().stringValue().toUpperCase(Locale.ROOT)));
        }
        return verdicts;
    }

    private static Object write(Answer answer, String one, String other) {
        return switch (answer) {
            case RatingPair ratings -> {
                var sides = new LinkedHashMap<String, Integer>();
                sides.put(one, ratings.first());
                sides.put(other, ratings.second());
                yield sides;
            }
            case Comparison comparison ->
                comparison.word().replace("first", one).replace("second", other);
        };
    }

    private static Answer read(String dimension, JsonNode node, String one, String other) {
        if (node.isObject() && node.path(one).isInt() && node.path(other).isInt() && node.size() == 2) {
            return new RatingPair(node.path(one).intValue(), node.path(other).intValue());
        }
        if (node.isString()) {
            var word = node.stringValue();
            for (var comparison : Comparison.values()) {
                if (write(comparison, one, other).equals(word)) {
                    return comparison;
                }
            }
        }
        throw Problem.invalid(
                "invalid_answer",
                dimension,
                "The answer to " + dimension + " must be {\"" + one + "\": rating, \"" + other
                        + "\": rating} or one of " + one + "_much, " + one + ", tie, both_bad, " + other + ", " + other
                        + "_much.");
    }
}
