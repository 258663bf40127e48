package org.diptych.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.diptych.command.BenchmarkRows.Pairs;
import org.diptych.command.BenchmarkRows.Rating;
import org.diptych.command.BenchmarkRows.Ratings;
import org.jspecify.annotations.Nullable;

/**
 * AURORA-Bench as EditReward reads it: pairs ({@link PairRecords}), or single edits with a rating ({@code prompt, input, gen,
 * score, model, filename}).
 */
final class AuroraBench implements BenchmarkReader {
    @Override
    public BenchmarkContent read(List<Path> files, @Nullable String judge) throws IOException {
        var records = new ArrayList<BenchmarkRecord>();
        for (var file : files) {
            if (!BenchmarkRecords.isJson(file)) {
                throw new MalformedFileException(file, 1, "is not JSON; AURORA-Bench is a list of JSON records");
            }
            records.addAll(BenchmarkRecords.read(file, ""));
        }
        return records.getFirst().has("gen") ? single(records, judge) : pairs(records, judge);
    }

    private static BenchmarkContent pairs(List<BenchmarkRecord> records, @Nullable String judge) {
        var pairs = new PairRecords(judge);
        for (var row : records) {
            if (!row.has(PairRecords.MARK)) {
                throw row.fault(PairRecords.MARK, "missing; a pair has path1 and path2, a single edit gen and score");
            }
            pairs.add(row);
        }
        return new BenchmarkContent(
                "AURORA-Bench pairs",
                records.size(),
                new Pairs(pairs.pairs(), false),
                new LeftOutRows(),
                List.of("Equal scores in the file are ties."));
    }

    private static BenchmarkContent single(List<BenchmarkRecord> records, @Nullable String judge) {
        if (judge != null) {
            throw CommandFailure.badInput("--judge: single edits of AURORA-Bench hold no answers of a judge.");
        }
        var ratings = new ArrayList<Rating>();
        for (var row : records) {
            ratings.add(RatingRecords.rating(row, ratings.size(), "prompt", "input", "gen"));
        }
        return new BenchmarkContent(
                "AURORA-Bench single edits",
                records.size(),
                new Ratings(ratings, List.of(RatingRecords.OVERALL), false),
                new LeftOutRows(),
                List.of());
    }
}
