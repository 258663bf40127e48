package org.diptych.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.diptych.command.BenchmarkRows.Pair;
import org.diptych.command.BenchmarkRows.Vote;
import org.jspecify.annotations.Nullable;

/**
 * Pairs as EditReward's evaluation reads them (arXiv 2509.26346, {@code eval_bench.py}): a list of records {@code prompt,
 * path_src, path1, path2, model1_dim1_score, model2_dim1_score}. The edit with the higher score is the better one; equal
 * scores are a tie, and whether both were good or bad is no longer in them.
 */
final class PairRecords {
    /** The field by which these records are told from others. */
    static final String MARK = "path1";

    private final List<Pair> pairs = new ArrayList<>();
    private final @Nullable String judge;
    private boolean judgeFound;
    private boolean judgeRead;

    PairRecords(@Nullable String judge) {
        this.judge = judge;
    }

    /** Reads a file, whose rows are counted on from those before. */
    void read(Path file) throws IOException {
        for (var pair : BenchmarkRecords.read(file, "")) {
            add(pair);
        }
    }

    /** Adds a record. */
    void add(BenchmarkRecord pair) {
        var source = pair.text("path_src");
        var request = new BenchmarkEdit.Request(pair.file(), source, pair.text("prompt"));
        add(
                pair,
                source,
                edit(model(pair, "model1"), pair.text("path1"), request, 0),
                edit(model(pair, "model2"), pair.text("path2"), request, 1),
                vote(pair.number("model1_dim1_score"), pair.number("model2_dim1_score")));
    }

    /** Adds a record of another shape. */
    void add(BenchmarkRecord pair, String source, BenchmarkEdit first, BenchmarkEdit second, Vote vote) {
        pairs.add(new Pair(first, second, source, vote, judged(pair)));
    }

    /** The next pair's edit. */
    BenchmarkEdit edit(String model, @Nullable String image, BenchmarkEdit.@Nullable Request request, int place) {
        return new BenchmarkEdit(
                List.of(new BenchmarkEdit.Place(pairs.size(), place)),
                "",
                model,
                image,
                image == null ? null : request);
    }

    /**
     * All pairs.
     *
     * @throws CommandFailure when a judge was asked for and has no answer anywhere
     */
    List<Pair> pairs() {
        if (judge != null && !judgeFound) {
            throw CommandFailure.badInput(
                    "--judge: no record has a field \"%s\" with a judge's answer.".formatted(judge));
        }
        if (judge != null && !judgeRead) {
            throw CommandFailure.badInput(BenchmarkVotes.noAnswer(judge));
        }
        return List.copyOf(pairs);
    }

    private @Nullable Vote judged(BenchmarkRecord pair) {
        if (judge == null || !pair.has(judge)) {
            return null;
        }
        judgeFound = true;
        var answer = pair.words(judge).map(BenchmarkVotes::answer).orElse(null);
        judgeRead |= answer != null;
        return answer;
    }

    private static String model(BenchmarkRecord pair, String field) {
        return pair.optionalText(field).orElse("");
    }

    private static Vote vote(double first, double second) {
        return first > second ? Vote.FIRST : first < second ? Vote.SECOND : Vote.TIE;
    }
}
