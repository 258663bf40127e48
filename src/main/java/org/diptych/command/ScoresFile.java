package org.diptych.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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
 *   <li>{@code {"uid": text, "model": text, "score": number}}, or {@code "key"} where the benchmark calls it so; where it
 *       names no models, the key alone counts.
 * </ul>
 *
 * <p>A score that is null is none, and the edit is counted as unscored.
 */
final class ScoresFile implements EditScores {
    private static final Measure NO_SCORE = Measure.undefined("the score is null");
    private static final Measure NOT_NAMED = Measure.undefined("there is no score for it");

    private final Path file;
    private final Map<String, Measure> scores = new HashMap<>();
    private final Map<String, String> places = new HashMap<>();
    private final Map<String, Set<String>> modelsOfItem = new HashMap<>();
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

    /** @throws CommandFailure where the benchmark names no models and the file has scores of several under one key */
    @Override
    public Measure of(BenchmarkEdit edit) {
        var named = keys(edit).filter(scores::containsKey).toList();
        used.addAll(named);
        return named.isEmpty() ? NOT_NAMED : scores.getOrDefault(named.getFirst(), NOT_NAMED);
    }

    /** Scores that belong to no edit of the benchmark: a sign of names that do not match. */
    int unused() {
        return scores.size() - used.size();
    }

    /** Whether any edit had a score. */
    boolean isUsed() {
        return !used.isEmpty();
    }

    private Stream<String> keys(BenchmarkEdit edit) {
        var places = edit.places().stream().map(place -> rowKey(place.row(), place.edit()));
        var image = edit.image() == null ? Stream.<String>empty() : Stream.of(imageKey(edit.image()));
        return Stream.of(image, places, itemKeys(edit)).flatMap(keys -> keys);
    }

    private Stream<String> itemKeys(BenchmarkEdit edit) {
        if (edit.item().isEmpty() || !edit.model().isEmpty()) {
            return Stream.of(itemKey(edit.item(), edit.model()));
        }
        var models = modelsOfItem.getOrDefault(edit.item(), Set.of());
        if (models.size() > 1) {
            throw CommandFailure.badInput(
                    "%s: has scores of several models for \"%s\" (%s), and the benchmark names none: give those of one."
                            .formatted(
                                    file,
                                    edit.item(),
                                    models.stream()
                                            .map(model -> model.isEmpty() ? "no name" : model)
                                            .sorted()
                                            .collect(Collectors.joining(", "))));
        }
        return models.stream().map(model -> itemKey(edit.item(), model));
    }

    private void add(BenchmarkRecord line) {
        if (line.has("image")) {
            put(line, imageKey(line.text("image")), score(line));
        } else if (line.has("row")) {
            addRow(line);
        } else if (line.has("uid") || line.has("key")) {
            var item = line.text(line.has("uid") ? "uid" : "key");
            var model = line.optionalText("model").orElse("");
            modelsOfItem.computeIfAbsent(item, _ -> new HashSet<>()).add(model);
            put(line, itemKey(item, model), score(line));
        } else {
            throw line.fault("names no edit: give image, row, uid and model, or key");
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
            throw line.fault(
                    "gives another score than %s for the same edit".formatted(places.getOrDefault(key, "another")));
        }
        places.putIfAbsent(key, line.place());
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
