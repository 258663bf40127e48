package org.diptych.service.campaign;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.diptych.protocol.Protocol;
import org.diptych.service.campaign.ManifestReader.NamedPicture;
import org.diptych.service.campaign.ManifestReader.ParsedRow;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Reads one row of a manifest and reports everything that is wrong with it. */
final class ManifestRowParser {
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_TEXT = 20_000;
    private static final BigInteger LOWEST_SEED = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger HIGHEST_SEED = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
    private static final Set<String> ITEM_KEYS =
            Set.of("id", "instruction", "source", "category", "candidates", "known");
    private static final Set<String> CANDIDATE_KEYS = Set.of("model", "image", "seed");

    private final int line;
    private final int maximumCandidates;
    private final @Nullable Protocol protocol;
    private final List<ImportProblem> problems = new ArrayList<>();
    private final List<NamedPicture> pictures = new ArrayList<>();

    private ManifestRowParser(int line, int maximumCandidates, @Nullable Protocol protocol) {
        this.line = line;
        this.maximumCandidates = maximumCandidates;
        this.protocol = protocol;
    }

    /**
     * Reads a row.
     *
     * @param protocol what known answers must fit; null: they are not read
     */
    static ParsedRow parse(int line, String text, int maximumCandidates, @Nullable Protocol protocol) {
        var parser = new ManifestRowParser(line, maximumCandidates, protocol);
        var row = parser.parse(text);
        return new ParsedRow(line, parser.problems.isEmpty() ? row : null, parser.problems, parser.pictures);
    }

    private @Nullable ManifestRow parse(String text) {
        ObjectNode item;
        try {
            item = JsonLine.parse(text);
        } catch (JsonLine.Invalid e) {
            problem("", e.reason());
            return null;
        }
        var id = name(item, "id", "");
        var instruction = text(item, "instruction", "");
        var source = path(item, "source", "");
        var category = isBlank(item, "category") ? null : name(item, "category", "");
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
            problem(
                    "candidates",
                    "missing: give a list of at least " + (fewest() == 1 ? "one candidate" : "two candidates"));
            return List.of();
        }
        if (array.size() < fewest() || array.size() > maximumCandidates) {
            problem(
                    "candidates",
                    "has " + (array.size() == 1 ? "1 entry" : array.size() + " entries") + "; an item needs " + fewest()
                            + " to " + maximumCandidates);
            return List.of();
        }
        var candidates = new ArrayList<ManifestCandidate>();
        for (var index = 0; index < array.size(); index++) {
            var field = "candidates[" + index + "]";
            if (array.get(index) instanceof ObjectNode candidate) {
                candidates.add(new ManifestCandidate(
                        name(candidate, "model", field + "."),
                        path(candidate, "image", field + "."),
                        seed(candidate, field + "."),
                        metadata(candidate, CANDIDATE_KEYS, field + ".")));
            } else {
                problem(field, "a candidate is a JSON object with model and image");
            }
        }
        return candidates;
    }

    /** People compare two; a score is of one. */
    private int fewest() {
        return protocol == null ? 1 : 2;
    }

    /** What names a thing: text, or a number that is taken as the text that it is written with. */
    private String name(ObjectNode object, String key, String prefix) {
        var node = object.get(key);
        if (node == null || node.isNull()) {
            problem(prefix + key, "missing");
            return "";
        }
        var name = JsonLine.name(node);
        if (name.isEmpty()) {
            problem(prefix + key, "must be text or a number");
            return "";
        }
        return checked(name.get(), prefix + key, LONGEST_NAME);
    }

    private String text(ObjectNode object, String key, String prefix) {
        var node = object.get(key);
        if (node == null || node.isNull()) {
            problem(prefix + key, "missing");
        } else if (!node.isString()) {
            problem(prefix + key, "must be text");
        } else {
            return checked(node.stringValue(), prefix + key, LONGEST_TEXT);
        }
        return "";
    }

    private String checked(String text, String field, int longest) {
        if (text.isBlank()) {
            problem(field, "empty");
        } else if (text.length() > longest) {
            problem(field, "longer than " + longest + " characters");
        } else if (!JsonLine.isStorable(text)) {
            problem(field, "has characters that are not text (NUL or half a surrogate pair)");
        } else {
            return text;
        }
        return "";
    }

    private String path(ObjectNode object, String key, String prefix) {
        var text = text(object, key, prefix);
        if (text.isEmpty()) {
            return text;
        }
        var path = ManifestPath.normalise(text).orElse("");
        if (path.isEmpty()) {
            problem(prefix + key, "path " + text + " is not a relative path inside the manifest's folder");
        } else {
            pictures.add(new NamedPicture(prefix + key, path));
        }
        return path;
    }

    private @Nullable BigInteger seed(ObjectNode candidate, String prefix) {
        if (isAbsent(candidate, "seed")) {
            return null;
        }
        var seed = JsonLine.whole(candidate.get("seed"))
                .filter(number -> number.compareTo(LOWEST_SEED) >= 0 && number.compareTo(HIGHEST_SEED) <= 0);
        if (seed.isEmpty()) {
            problem(prefix + "seed", "must be a whole number from " + LOWEST_SEED + " to " + HIGHEST_SEED);
        }
        return seed.orElse(null);
    }

    private ObjectNode metadata(ObjectNode object, Set<String> known, String prefix) {
        var metadata = object.deepCopy();
        metadata.remove(known);
        for (var entry : metadata.properties()) {
            if (!JsonLine.isStorable(entry.getKey()) || !JsonLine.isStorable(entry.getValue())) {
                problem(prefix + entry.getKey(), "has characters or numbers that cannot be stored");
            }
        }
        return metadata;
    }

    private static boolean isAbsent(ObjectNode object, String key) {
        return object.get(key) == null || object.get(key).isNull();
    }

    /** Tables write nothing where they have nothing. */
    private static boolean isBlank(ObjectNode object, String key) {
        return isAbsent(object, key)
                || (object.get(key).isString() && object.get(key).stringValue().isBlank());
    }

    private void problem(String field, String message) {
        problems.add(new ImportProblem(line, field, message));
    }
}
