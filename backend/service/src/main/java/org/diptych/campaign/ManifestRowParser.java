package org.diptych.campaign;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.diptych.protocol.Protocol;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads one row of a manifest and reports everything that is wrong with it. */
final class ManifestRowParser {
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_TEXT = 20_000;
    private static final int LARGEST_EXPONENT = 1000;
    private static final Set<String> ITEM_KEYS =
            Set.of("id", "instruction", "source", "category", "candidates", "known");
    private static final Set<String> CANDIDATE_KEYS = Set.of("model", "image", "seed");

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final int line;
    private final int maximumCandidates;
    private final @Nullable Protocol protocol;
    private final List<ImportProblem> problems = new ArrayList<>();

    private ManifestRowParser(int line, int maximumCandidates, @Nullable Protocol protocol) {
        this.line = line;
        this.maximumCandidates = maximumCandidates;
        this.protocol = protocol;
    }

    /**
     * A row, or what is wrong with it.
     *
     * @param row null when there are problems
     */
    record Parsed(@Nullable ManifestRow row, List<ImportProblem> problems) {}

    /** Reads a row of edits that nobody is to label: known answers are of no interest. */
    static Parsed parse(int line, String text, int maximumCandidates) {
        return parse(line, text, maximumCandidates, null);
    }

    /**
     * Reads a row.
     *
     * @param protocol what known answers must fit; null: they are not read
     */
    static Parsed parse(int line, String text, int maximumCandidates, @Nullable Protocol protocol) {
        var parser = new ManifestRowParser(line, maximumCandidates, protocol);
        var row = parser.parse(text);
        return new Parsed(parser.problems.isEmpty() ? row : null, parser.problems);
    }

    private @Nullable ManifestRow parse(String text) {
        JsonNode node;
        try {
            node = JSON.readTree(text);
        } catch (JacksonException e) {
            var location = e.getLocation();
            problem(
                    "",
                    "not valid JSON: " + e.getOriginalMessage()
                            + (location == null ? "" : " (column " + location.getColumnNr() + ")"));
            return null;
        }
        if (!(node instanceof ObjectNode item)) {
            problem("", "a row is a JSON object, one a line");
            return null;
        }
        var id = text(item, "id", "", LONGEST_NAME);
        var instruction = text(item, "instruction", "", LONGEST_TEXT);
        var source = path(item, "source", "");
        var category = isAbsent(item, "category") ? null : text(item, "category", "", LONGEST_NAME);
        var candidates = candidates(item);
        var known = protocol == null || candidates.isEmpty() || isAbsent(item, "known")
                ? null
                : new ManifestKnownParser(protocol, candidates.size(), this::problem).parse(item.get("known"));
        return new ManifestRow(
                line, id, instruction, source, category, candidates, metadata(item, ITEM_KEYS, ""), known);
    }

    private List<ManifestCandidate> candidates(ObjectNode item) {
        var array = item.get("candidates");
        if (array == null || !array.isArray()) {
            problem("candidates", "missing: give a list of at least two candidates");
            return List.of();
        }
        if (array.size() < 2 || array.size() > maximumCandidates) {
            problem("candidates", "has " + array.size() + " entries; an item needs 2 to " + maximumCandidates);
            return List.of();
        }
        var candidates = new ArrayList<ManifestCandidate>();
        for (var index = 0; index < array.size(); index++) {
            var field = "candidates[" + index + "]";
            if (array.get(index) instanceof ObjectNode candidate) {
                candidates.add(new ManifestCandidate(
                        text(candidate, "model", field + ".", LONGEST_NAME),
                        path(candidate, "image", field + "."),
                        seed(candidate, field + "."),
                        metadata(candidate, CANDIDATE_KEYS, field + ".")));
            } else {
                problem(field, "a candidate is a JSON object with model and image");
            }
        }
        return candidates;
    }

    private String text(ObjectNode object, String key, String prefix, int longest) {
        var node = object.get(key);
        if (node == null || node.isNull()) {
            problem(prefix + key, "missing");
        } else if (!node.isString()) {
            problem(prefix + key, "must be text");
        } else if (node.stringValue().isBlank()) {
            problem(prefix + key, "empty");
        } else if (node.stringValue().length() > longest) {
            problem(prefix + key, "longer than " + longest + " characters");
        } else if (!isStorable(node.stringValue())) {
            problem(prefix + key, "has characters that are not text (NUL or half a surrogate pair)");
        } else {
            return node.stringValue();
        }
        return "";
    }

    private String path(ObjectNode object, String key, String prefix) {
        var text = text(object, key, prefix, LONGEST_TEXT);
        if (text.isEmpty()) {
            return text;
        }
        return ManifestPath.normalise(text).orElseGet(() -> {
            problem(prefix + key, "path " + text + " is not a relative path inside the manifest's folder");
            return "";
        });
    }

    private @Nullable Long seed(ObjectNode candidate, String prefix) {
        if (isAbsent(candidate, "seed")) {
            return null;
        }
        var node = candidate.get("seed");
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            problem(prefix + "seed", "must be a whole number of at most 64 bits");
            return null;
        }
        return node.longValue();
    }

    private ObjectNode metadata(ObjectNode object, Set<String> known, String prefix) {
        var metadata = object.deepCopy();
        metadata.remove(known);
        for (var entry : metadata.properties()) {
            if (!isStorable(entry.getKey()) || !isStorable(entry.getValue())) {
                problem(prefix + entry.getKey(), "has characters or numbers that cannot be stored");
            }
        }
        return metadata;
    }

    private static boolean isAbsent(ObjectNode object, String key) {
        return object.get(key) == null || object.get(key).isNull();
    }

    /** Whether the database can hold the value: it knows no NUL and no numbers of astronomical size. */
    private static boolean isStorable(JsonNode node) {
        if (node.isString()) {
            return isStorable(node.stringValue());
        }
        if (node.isBigDecimal()) {
            var number = node.decimalValue();
            return Math.abs((long) number.scale()) <= LARGEST_EXPONENT && number.precision() <= LARGEST_EXPONENT;
        }
        return node.isObject()
                ? node.properties().stream()
                        .allMatch(entry -> isStorable(entry.getKey()) && isStorable(entry.getValue()))
                : node.valueStream().allMatch(ManifestRowParser::isStorable);
    }

    static boolean isStorable(String text) {
        return text.codePoints()
                .noneMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
    }

    private void problem(String field, String message) {
        problems.add(new ImportProblem(line, field, message));
    }
}
