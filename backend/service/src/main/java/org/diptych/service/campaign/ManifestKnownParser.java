package org.diptych.service.campaign;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.diptych.protocol.Answer;
import org.diptych.protocol.AnswerMode;
import org.diptych.protocol.Comparison;
import org.diptych.protocol.InvalidAnswerException;
import org.diptych.protocol.Protocol;
import org.diptych.protocol.RatingPair;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads {@code known} of a manifest row: either the answers to single pairs, or, for a rating protocol, the ratings of
 * every candidate, from which the answers to all pairs follow.
 */
final class ManifestKnownParser {
    private static final int LONGEST_REASON = 2_000;
    private static final Set<String> KEYS = Set.of("use", "pairs", "ratings", "reason");
    private static final Set<String> PAIR_KEYS = Set.of("first", "second", "answers", "reason");

    private final Protocol protocol;
    private final int candidates;
    private final BiConsumer<String, String> problems;

    /**
     * @param candidates how many the item has
     * @param problems hears the field and what is wrong with it
     */
    ManifestKnownParser(Protocol protocol, int candidates, BiConsumer<String, String> problems) {
        this.protocol = protocol;
        this.candidates = candidates;
        this.problems = problems;
    }

    /** Reads it; what is returned is of use only when there was no problem. */
    @Nullable
    ManifestKnown parse(JsonNode known) {
        if (!known.isObject()) {
            problem("known", "must be an object with use, and pairs or ratings");
            return null;
        }
        refuseOthers(known, "known", KEYS);
        var use = use(known.get("use"));
        boolean hasPairs = known.has("pairs");
        if (hasPairs == known.has("ratings")) {
            problem("known", "give either pairs or ratings");
            return null;
        }
        if (hasPairs && known.has("reason")) {
            problem("known.reason", "belongs to each of the pairs");
        }
        var pairs = hasPairs ? pairs(known.get("pairs")) : rated(known);
        return use == null ? null : new ManifestKnown(use, pairs);
    }

    private @Nullable KnownUse use(@Nullable JsonNode node) {
        if (node != null && node.isString()) {
            for (var use : KnownUse.values()) {
                if (use.word().equals(node.stringValue())) {
                    return use;
                }
            }
        }
        problem("known.use", "must be \"qualification\" or \"gold\"");
        return null;
    }

    private List<ManifestKnown.Pair> pairs(JsonNode list) {
        var pairs = new ArrayList<ManifestKnown.Pair>();
        if (!list.isArray() || list.isEmpty()) {
            problem("known.pairs", "must be a list of at least one pair");
            return pairs;
        }
        for (int index = 0; index < list.size(); index++) {
            var field = "known.pairs[" + index + "]";
            var pair = pair(list.get(index), field);
            if (pair == null) {
                continue;
            }
            if (pairs.stream().anyMatch(other -> other.first() == pair.first() && other.second() == pair.second())) {
                problem(field, "the pair " + pair.first() + ", " + pair.second() + " is there already");
            }
            pairs.add(pair);
        }
        return pairs;
    }

    private ManifestKnown.@Nullable Pair pair(JsonNode node, String field) {
        if (!node.isObject()) {
            problem(field, "must be an object with first, second and answers");
            return null;
        }
        refuseOthers(node, field, PAIR_KEYS);
        int first = ordinal(node.get("first"), field + ".first");
        int second = ordinal(node.get("second"), field + ".second");
        var answers = answers(node.get("answers"), field + ".answers");
        var reason = reason(node.get("reason"), field + ".reason");
        if (first < 0 || second < 0 || answers.isEmpty()) {
            return null;
        }
        if (first == second) {
            problem(field + ".second", "is the first one again");
            return null;
        }
        // stored order is the order of the manifest, whichever way the pair was written down
        return first < second
                ? new ManifestKnown.Pair(first, second, stored(answers), reason)
                : new ManifestKnown.Pair(second, first, stored(exchanged(answers)), reason);
    }

    private int ordinal(@Nullable JsonNode node, String field) {
        if (node == null || !node.isInt() || node.intValue() < 0 || node.intValue() >= candidates) {
            problem(field, "must be the place of a candidate, 0 to " + (candidates - 1));
            return -1;
        }
        return node.intValue();
    }

    private Map<String, Answer> answers(@Nullable JsonNode node, String field) {
        if (node == null || !node.isObject()) {
            problem(field, "must be an object with an answer for each dimension");
            return Map.of();
        }
        var answers = new LinkedHashMap<String, Answer>();
        for (var entry : node.properties()) {
            var answer = answer(entry.getValue());
            if (answer == null) {
                problem(
                        field + "." + entry.getKey(),
                        protocol.mode() == AnswerMode.RATING
                                ? "must be {\"first\": rating, \"second\": rating}"
                                : "must be one of "
                                        + Arrays.stream(Comparison.values())
                                                .map(Comparison::word)
                                                .collect(Collectors.joining(", ")));
                return Map.of();
            }
            answers.put(entry.getKey(), answer);
        }
        return checked(answers, field);
    }

    private static @Nullable Answer answer(JsonNode node) {
        if (node.isObject()
                && node.size() == 2
                && node.path("first").isInt()
                && node.path("second").isInt()) {
            return new RatingPair(
                    node.path("first").intValue(), node.path("second").intValue());
        }
        return Arrays.stream(Comparison.values())
                .filter(comparison -> node.isString() && comparison.word().equals(node.stringValue()))
                .findFirst()
                .orElse(null);
    }

    private List<ManifestKnown.Pair> rated(JsonNode known) {
        var pairs = new ArrayList<ManifestKnown.Pair>();
        var list = known.get("ratings");
        if (protocol.mode() != AnswerMode.RATING) {
            problem("known.ratings", "protocol " + protocol.reference() + " asks for comparisons; give pairs");
            return pairs;
        }
        if (!list.isArray() || list.size() != candidates) {
            problem("known.ratings", "must be a list with the ratings of each of the " + candidates + " candidates");
            return pairs;
        }
        var reason = reason(known.get("reason"), "known.reason");
        for (int first = 0; first < candidates; first++) {
            for (int second = first + 1; second < candidates; second++) {
                var answers = rated(list, first, second);
                if (answers.isEmpty()) {
                    return pairs;
                }
                pairs.add(new ManifestKnown.Pair(first, second, stored(answers), reason));
            }
        }
        return pairs;
    }

    private Map<String, Answer> rated(JsonNode list, int first, int second) {
        for (int candidate : new int[] {first, second}) {
            if (!isRated(list.get(candidate), "known.ratings[" + candidate + "]")) {
                return Map.of();
            }
        }
        var answers = new LinkedHashMap<String, Answer>();
        for (var dimension : protocol.dimensions()) {
            answers.put(
                    dimension.id(),
                    new RatingPair(
                            list.get(first).path(dimension.id()).intValue(),
                            list.get(second).path(dimension.id()).intValue()));
        }
        return answers;
    }

    private boolean isRated(JsonNode ratings, String field) {
        for (var dimension : protocol.dimensions()) {
            var rating = ratings.path(dimension.id());
            if (!rating.isInt() || rating.intValue() < dimension.lowest() || rating.intValue() > dimension.highest()) {
                problem(
                        field + "." + dimension.id(),
                        "must be a rating from " + dimension.lowest() + " to " + dimension.highest());
                return false;
            }
        }
        refuseOthers(
                ratings,
                field,
                protocol.dimensions().stream().map(dimension -> dimension.id()).collect(Collectors.toSet()));
        return true;
    }

    private Map<String, Answer> checked(Map<String, Answer> answers, String field) {
        try {
            protocol.check(answers);
            return answers;
        } catch (InvalidAnswerException e) {
            problem(field + "." + e.field(), String.valueOf(e.getMessage()));
            return Map.of();
        }
    }

    private Map<String, String> reason(@Nullable JsonNode node, String field) {
        var reason = new LinkedHashMap<String, String>();
        if (node == null || node.isNull()) {
            return reason;
        }
        if (node.isString()) {
            text("en", node, field, reason);
        } else if (node.isObject() && node.path("en").isString()) {
            node.properties().forEach(entry -> text(entry.getKey(), entry.getValue(), field, reason));
        } else {
            problem(field, "must be a text, or texts by language with English (en) among them");
        }
        return reason;
    }

    private void text(String language, JsonNode node, String field, Map<String, String> reason) {
        if (!node.isString()
                || node.stringValue().length() > LONGEST_REASON
                || !JsonLine.isStorable(node.stringValue())
                || !language.matches("[a-z]{2,3}")) {
            problem(field + "." + language, "must be a text of at most " + LONGEST_REASON + " characters");
            return;
        }
        reason.put(language, node.stringValue());
    }

    private void refuseOthers(JsonNode node, String field, Set<String> permitted) {
        node.properties().stream()
                .filter(entry -> !permitted.contains(entry.getKey()))
                .forEach(entry -> problem(field + "." + entry.getKey(), "is not known here; check the spelling"));
    }

    private static Map<String, Answer> exchanged(Map<String, Answer> answers) {
        var exchanged = new LinkedHashMap<String, Answer>();
        answers.forEach((dimension, answer) -> exchanged.put(dimension, answer.exchanged()));
        return exchanged;
    }

    private static Map<String, Object> stored(Map<String, Answer> answers) {
        var stored = new LinkedHashMap<String, Object>();
        answers.forEach((dimension, answer) -> stored.put(
                dimension,
                switch (answer) {
                    case RatingPair ratings -> Map.of("first", ratings.first(), "second", ratings.second());
                    case Comparison comparison -> comparison.word();
                }));
        return stored;
    }

    private void problem(String field, String message) {
        problems.accept(field, message);
    }
}
