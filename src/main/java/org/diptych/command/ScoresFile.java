package org.diptych.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.diptych.service.campaign.ManifestPath;
import org.diptych.statistics.evaluation.Measure;
import tools.jackson.databind.JsonNode;

/**
 * Scores of any model, one JSON object a line, by what names the edit:
 *
 * <ul>
 *   <li>{@code {"image": path as in the benchmark, "score": number}}, or a line of {@code diptych score}, whose overall
 *       {@code mu} is the score;
 *   <li>{@code {"row": number from 0, "scores": [number, …]}} in the order in which the row names its edits, or
 *       {@code "score"} where it has one;
 *   <li>{@code {"uid": text, "model": text, "score": number}}, or {@code "key"} where the benchmark calls it so.
 * </ul>
 *
 * <p>A score that is null is none, and the edit is counted as unscored.
 */
final class ScoresFile implements EditScores {
    private static final Measure NO_SCORE = Measure.undefined("the score is null");
    private static final Measure NOT_NAMED = Measure.undefined("there is no score for it");

    private final Path file;
    private final Map<String, Measure> scores = new HashMap<>();
    private final Map<String, Long> lines = new HashMap<>();
    private final Set<String> used = new HashSet<>();

    private ScoresFile(Path file) {
        this.file = file;
    }

    /**
     * Reads a file.
     *
     * @throws MalformedFileException if a line names no edit or has no score, or an edit has two scores that differ
     */
    static ScoresFile read(Path file) throws IOException {
        InputFile.require(file, "Give a file with one JSON object a line.");
        if (!BenchmarkRecords.isJson(file)) {
            throw new MalformedFileException(file, 1, "is not JSON; give one JSON object a line");
        }
        var scores = new ScoresFile(file);
        for (var line : BenchmarkRecords.read(file, "")) {
            scores.add(line);
        }
        return scores;
    }

    @Override
    public Measure of(BenchmarkEdit edit) {
        return keys(edit)
                .filter(scores::containsKey)
                .findFirst()
                .map(key -> {
                    used.add(key);
                    return scores.getOrDefault(key, NOT_NAMED);
                })
                .orElse(NOT_NAMED);
    }

    /** Scores that belong to no edit of the benchmark: a sign of names that do not match. */
    int unused() {
        return scores.size() - used.size();
    }

    /** Whether any edit had a score. */
    boolean isUsed() {
        return !used.isEmpty();
    }

    private static Stream<String> keys(BenchmarkEdit edit) {
        var places = edit.places().stream().map(place -> rowKey(place.row(), place.edit()));
        var image = edit.image() == null ? Stream.<String>empty() : Stream.of(imageKey(edit.image()));
        return Stream.of(image, places, Stream.of(itemKey(edit.item(), edit.model())))
                .flatMap(keys -> keys);
    }

    private void add(BenchmarkRecord line) {
        if (line.has("image")) {
            put(line, imageKey(line.text("image")), score(line));
        } else if (line.has("row")) {
            addRow(line);
        } else if (line.has("uid") || line.has("key")) {
            put(
                    line,
                    itemKey(
                            line.text(line.has("uid") ? "uid" : "key"),
                            line.optionalText("model").orElse("")),
                    score(line));
        } else {
            throw new MalformedFileException(
                    file, line.line(), "names no edit: give image, row, uid and model, or key");
        }
    }

    private void addRow(BenchmarkRecord line) {
        double row = line.number("row");
        if (row != Math.rint(row) || row < 0 || row > Integer.MAX_VALUE) {
            throw line.fault("row", "must be a whole number from 0");
        }
        if (!line.has("scores")) {
            put(line, rowKey((long) row, 0), score(line));
            return;
        }
        var list = line.list("scores");
        if (list.isEmpty()) {
            throw line.fault("scores", "is empty");
        }
        for (int place = 0; place < list.size(); place++) {
            put(line, rowKey((long) row, place), number(line, "scores[" + place + "]", list.get(place)));
        }
    }

    private static Measure score(BenchmarkRecord line) {
        if (line.has("score")) {
            return number(line, "score", line.fields().get("score"));
        }
        if (line.has("overall")) {
            var overall = line.fields().get("overall");
            return number(line, "overall.mu", overall.path("mu"));
        }
        throw line.fault("score", "missing");
    }

    private static Measure number(BenchmarkRecord line, String field, JsonNode node) {
        if (node.isNull()) {
            return NO_SCORE;
        }
        if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
            throw line.fault(
                    field, node.isMissingNode() ? "missing" : "must be a number, not " + BenchmarkRecord.shown(node));
        }
        return Measure.of(node.doubleValue());
    }

    private void put(BenchmarkRecord line, String key, Measure score) {
        var former = scores.putIfAbsent(key, score);
        if (former != null && !former.equals(score)) {
            throw new MalformedFileException(
                    file,
                    line.line(),
                    "gives another score than line %d for the same edit".formatted(lines.getOrDefault(key, 0L)));
        }
        lines.putIfAbsent(key, line.line());
    }

    private static String imageKey(String path) {
        return "image\t" + ManifestPath.normalise(path).orElse(path);
    }

    private static String rowKey(long row, int place) {
        return "row\t" + row + "\t" + place;
    }

    private static String itemKey(String item, String model) {
        return "item\t" + item + "\t" + model;
    }
}
