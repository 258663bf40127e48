package org.diptych.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.diptych.command.BenchmarkRows.Rating;
import org.diptych.command.BenchmarkRows.Ratings;
import org.jspecify.annotations.Nullable;

/**
 * ImagenHub's own tables, one a rater: {@code uid}, then a column per editing model with cells {@code [SC, PQ]}, each 0, 0.5
 * or 1. The human rating of an edit is the mean of the raters' sqrt(SC PQ). A rater may be asked for as a judge; then the
 * mean is of the others.
 */
final class RaterTables {
    private static final String ITEM = "uid";
    private static final Pattern CELL = Pattern.compile("\\s*\\[\\s*([0-9.]+)\\s*,\\s*([0-9.]+)\\s*]\\s*");
    private static final Pattern RATER = Pattern.compile("rater\\w+");
    private static final Set<Double> LEVELS = Set.of(0.0, 0.5, 1.0);

    private final List<TabTable> tables;
    private final List<String> raters;

    private RaterTables(List<TabTable> tables) {
        this.tables = tables;
        this.raters = IntStream.range(0, tables.size())
                .mapToObj(index -> name(tables.get(index).file(), index))
                .toList();
    }

    static BenchmarkContent read(List<TabTable> tables, @Nullable String judge) {
        return new RaterTables(tables).content(judge);
    }

    private BenchmarkContent content(@Nullable String judge) {
        int judging = judge == null ? -1 : judging(judge);
        List<Map<String, EditQuality>> cells = tables.stream().map(this::cells).toList();
        requireSame(cells);
        var ratings = new ArrayList<Rating>();
        var first = tables.getFirst();
        for (var row : first.rows()) {
            var item = first.text(row, ITEM);
            for (var model : first.header().subList(1, first.header().size())) {
                var given = cells.stream().map(own -> own.get(key(item, model))).toList();
                var human = IntStream.range(0, given.size())
                        .filter(rater -> rater != judging)
                        .mapToObj(given::get)
                        .toList();
                ratings.add(new Rating(
                        new BenchmarkEdit(List.of(new BenchmarkEdit.Place(ratings.size(), 0)), item, model, null, null),
                        ImagenHub.source(item),
                        item,
                        EditQuality.mean(human),
                        human.stream().map(EditQuality::overall).toList(),
                        judging < 0 ? Map.of() : given.get(judging).measures()));
            }
        }
        return new BenchmarkContent(
                "ImagenHub raters' tables (tab-separated)",
                ratings.size(),
                new Ratings(ratings, EditQuality.MEASURES, true),
                new LeftOutRows(),
                List.of(
                        "The human rating is the mean of sqrt(SC PQ) over %s."
                                .formatted(String.join(
                                        ", ",
                                        IntStream.range(0, raters.size())
                                                .filter(rater -> rater != judging)
                                                .mapToObj(raters::get)
                                                .toList())),
                        ImagenHub.TURNS));
    }

    private int judging(String judge) {
        int place = raters.indexOf(judge);
        if (place < 0) {
            throw CommandFailure.badInput(
                    "--judge: there is no rater \"%s\"; there are %s.".formatted(judge, String.join(", ", raters)));
        }
        if (raters.size() < 2) {
            throw CommandFailure.badInput("--judge: a rater is compared with the others; give their tables too.");
        }
        return place;
    }

    private Map<String, EditQuality> cells(TabTable table) {
        if (!table.header().getFirst().equals(ITEM) || table.header().size() < 2) {
            throw new MalformedFileException(
                    table.file(),
                    1,
                    "%s: the first column must be uid, and one a model must follow; it is \"%s\""
                            .formatted(ITEM, table.header().getFirst()));
        }
        Map<String, EditQuality> cells = new LinkedHashMap<>();
        var items = new HashSet<String>();
        for (var row : table.rows()) {
            var item = table.text(row, ITEM);
            if (!items.add(item)) {
                throw table.fault(row, ITEM, "\"%s\" is there twice".formatted(item));
            }
            for (var model : table.header().subList(1, table.header().size())) {
                cells.put(key(item, model), cell(table, row, model));
            }
        }
        return cells;
    }

    private static EditQuality cell(TabTable table, TabTable.Row row, String model) {
        Matcher cell = CELL.matcher(table.cell(row, model));
        if (cell.matches()) {
            try {
                var quality = new EditQuality(Double.parseDouble(cell.group(1)), Double.parseDouble(cell.group(2)));
                if (LEVELS.contains(quality.semantics()) && LEVELS.contains(quality.quality())) {
                    return quality;
                }
            } catch (NumberFormatException notANumber) {
                // said below, in words
            }
        }
        throw table.fault(
                row, model, "is \"%s\"; it must be [SC, PQ], each 0, 0.5 or 1".formatted(table.cell(row, model)));
    }

    /** Every rater has rated the same edits, or their mean is of different people from row to row. */
    private void requireSame(List<Map<String, EditQuality>> cells) {
        for (int rater = 1; rater < cells.size(); rater++) {
            for (var key : cells.getFirst().keySet()) {
                if (!cells.get(rater).containsKey(key)) {
                    throw new MalformedFileException(
                            tables.get(rater).file(),
                            1,
                            "uid %s is in %s and not here"
                                    .formatted(
                                            key.replace("\t", ", model "),
                                            tables.getFirst().file()));
                }
            }
            if (cells.get(rater).size() != cells.getFirst().size()) {
                throw new MalformedFileException(
                        tables.get(rater).file(),
                        1,
                        "has other items or models than " + tables.getFirst().file());
            }
        }
    }

    private static String key(String item, String model) {
        return item + "\t" + model;
    }

    private static String name(Path file, int index) {
        Matcher name = RATER.matcher(file.getFileName().toString().replaceFirst("\\.[^.]*$", ""));
        return name.find() ? name.group() : "rater" + (index + 1);
    }
}
