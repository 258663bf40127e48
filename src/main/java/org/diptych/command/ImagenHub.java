package org.diptych.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.diptych.command.BenchmarkRows.Rating;
import org.diptych.command.BenchmarkRows.Ratings;
import org.jspecify.annotations.Nullable;

/**
 * ImagenHub's ratings in their three forms: a table per rater ({@link RaterTables}), the table of VIEScore that joins them
 * with judges ({@link RatedTable}), and the records that EditReward made of them ({@code instruction, input_path,
 * output_path, score, model, filename}).
 */
final class ImagenHub implements BenchmarkReader {
    static final String TURNS =
            "Items sample_X_1, sample_X_2, … are taken for turns on one photograph and resampled together.";

    private static final Pattern TURN = Pattern.compile("(sample_[0-9]+)_[0-9]+(\\.[a-z]+)?");

    /** The source image of an item: MagicBrush, which the items are from, names them by photograph and turn. */
    static String source(String item) {
        var turn = TURN.matcher(item);
        return turn.matches() ? turn.group(1) : item;
    }

    @Override
    public BenchmarkContent read(List<Path> files, @Nullable String judge) throws IOException {
        if (BenchmarkRecords.isJson(files.getFirst())) {
            return records(files, judge);
        }
        var tables = new ArrayList<TabTable>();
        for (var file : files) {
            tables.add(TabTable.read(file));
        }
        return RatedTable.fits(tables.getFirst()) ? RatedTable.read(tables, judge) : RaterTables.read(tables, judge);
    }

    private static BenchmarkContent records(List<Path> files, @Nullable String judge) throws IOException {
        if (judge != null) {
            throw CommandFailure.badInput("--judge: the processed records of ImagenHub hold no answers of a judge.");
        }
        var ratings = new ArrayList<Rating>();
        for (var file : files) {
            for (var row : BenchmarkRecords.read(file, "")) {
                ratings.add(RatingRecords.rating(row, ratings.size(), "instruction", "input_path", "output_path"));
            }
        }
        return new BenchmarkContent(
                "ImagenHub processed records",
                ratings.size(),
                new Ratings(ratings, List.of(RatingRecords.OVERALL), true),
                new LeftOutRows(),
                List.of());
    }
}
