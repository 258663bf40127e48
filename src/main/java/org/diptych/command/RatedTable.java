package org.diptych.command;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.diptych.command.BenchmarkRows.Rating;
import org.diptych.command.BenchmarkRows.Ratings;
import org.jspecify.annotations.Nullable;

/**
 * ImagenHub's ratings joined with judges, as VIEScore publishes them: {@code uid}, {@code model}, {@code r1_SC}, {@code r1_PQ}
 * and so on for each rater, and columns of numbers. A judge is one of these columns, or a name before {@code _SC1},
 * {@code _SC2}, {@code _PQ1}, {@code _PQ2}: then its SC and PQ are the smaller of its two numbers (VIEScore, arXiv
 * 2312.14867), or a rater ({@code r1}), who is then compared with the others.
 */
final class RatedTable {
    private static final Pattern RATER = Pattern.compile("(r[0-9]+)_SC");
    private static final Pattern RATING = Pattern.compile("r[0-9]+_(SC|PQ)");

    private final TabTable table;
    private final List<String> raters;

    private RatedTable(TabTable table) {
        this.table = table;
        this.raters = table.header().stream()
                .map(RATER::matcher)
                .filter(column -> column.matches() && table.has(column.group(1) + "_PQ"))
                .map(column -> column.group(1))
                .toList();
    }

    static boolean fits(TabTable table) {
        return List.of("uid", "model", "r1_SC", "r1_PQ").stream().allMatch(table::has);
    }

    static BenchmarkContent read(List<TabTable> tables, @Nullable String judge) {
        if (tables.size() > 1) {
            throw CommandFailure.badInput("Give one table of ratings with judges at a time.");
        }
        return new RatedTable(tables.getFirst()).content(judge);
    }

    private BenchmarkContent content(@Nullable String judge) {
        if (judge != null) {
            requireJudge(judge);
        }
        var ratings = new ArrayList<Rating>();
        var seen = new HashSet<String>();
        for (var row : table.rows()) {
            var item = table.text(row, "uid");
            var model = table.text(row, "model");
            if (!seen.add(item + "\t" + model)) {
                throw table.fault(row, "uid", "%s by %s is there twice".formatted(item, model));
            }
            var human = raters.stream()
                    .filter(rater -> !rater.equals(judge))
                    .map(rater -> quality(row, rater))
                    .toList();
            ratings.add(new Rating(
                    new BenchmarkEdit(List.of(new BenchmarkEdit.Place(ratings.size(), 0)), item, model, null, null),
                    ImagenHub.source(item),
                    item,
                    EditQuality.mean(human),
                    human.stream().map(EditQuality::overall).toList(),
                    judge == null ? Map.of() : judged(row, judge)));
        }
        var notes = new ArrayList<>(List.of(
                "The human rating is the mean of sqrt(SC PQ) over the raters%s."
                        .formatted(judge != null && raters.contains(judge) ? " but the judging one" : ""),
                ImagenHub.TURNS));
        if (judge != null && table.has(judge)) {
            notes.add("Higher numbers of the column %s are taken for better: of one where smaller is better, such as a"
                            .formatted(judge)
                    + " distance, the sign of every rho turns.");
        }
        return new BenchmarkContent(
                "ImagenHub ratings with judges (tab-separated)",
                ratings.size(),
                new Ratings(ratings, EditQuality.MEASURES, true),
                new LeftOutRows(),
                notes);
    }

    private void requireJudge(String judge) {
        boolean composed = List.of("_SC1", "_PQ1").stream().allMatch(end -> table.has(judge + end));
        if (raters.contains(judge) && raters.size() < 2) {
            throw CommandFailure.badInput("--judge: a rater is compared with the others, and there are none.");
        }
        boolean column = table.has(judge)
                && !judge.equals("uid")
                && !judge.equals("model")
                && !RATING.matcher(judge).matches();
        if (!raters.contains(judge) && !composed && !column) {
            throw CommandFailure.badInput("--judge: %s has no judge and no column \"%s\"; it has %s."
                    .formatted(
                            table.file(),
                            judge,
                            String.join(
                                    ", ",
                                    table.header().subList(2, table.header().size()))));
        }
    }

    private EditQuality quality(TabTable.Row row, String rater) {
        return new EditQuality(level(row, rater + "_SC"), level(row, rater + "_PQ"));
    }

    private double level(TabTable.Row row, String column) {
        double level = table.number(row, column);
        if (level != 0 && level != 0.5 && level != 1) {
            throw table.fault(row, column, "is %s; a rating is 0, 0.5 or 1".formatted(table.cell(row, column)));
        }
        return level;
    }

    private Map<String, Double> judged(TabTable.Row row, String judge) {
        if (raters.contains(judge)) {
            return quality(row, judge).measures();
        }
        if (table.has(judge)) {
            Map<String, Double> single = new LinkedHashMap<>();
            if (!table.cell(row, judge).isBlank()) {
                single.put(RatingRecords.OVERALL, table.number(row, judge));
            }
            return single;
        }
        var semantics = smallest(row, judge + "_SC");
        var quality = smallest(row, judge + "_PQ");
        return semantics == null || quality == null || semantics < 0 || quality < 0
                ? Map.of()
                : new EditQuality(semantics, quality).measures();
    }

    /** The smaller of a judge's numbers; null where one of them is missing. */
    private @Nullable Double smallest(TabTable.Row row, String judge) {
        Double smallest = null;
        for (int number = 1; table.has(judge + number); number++) {
            var column = judge + number;
            if (table.cell(row, column).isBlank()) {
                return null;
            }
            double given = table.number(row, column);
            smallest = smallest == null ? given : Math.min(smallest, given);
        }
        return smallest;
    }
}
