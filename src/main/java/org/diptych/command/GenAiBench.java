package org.diptych.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.diptych.command.BenchmarkRows.Pair;
import org.diptych.command.BenchmarkRows.Pairs;
import org.diptych.command.BenchmarkRows.Vote;
import org.jspecify.annotations.Nullable;

/**
 * GenAI-Bench, image editing, in its three forms: the table of votes with the judges' verdicts, the rows of the data set
 * ({@code vote_type}), and the pairs that EditReward made of them ({@link PairRecords}).
 */
final class GenAiBench implements BenchmarkReader {
    private static final String VOTES = "human_vote";
    private static final String ROWS = "vote_type";
    private static final String JUDGE = "judge_";
    private static final String BY_CAPTION =
            "The votes name no pictures: rows with one source_prompt (the caption of the source image) are taken for"
                    + " one source image. Turns of one photograph have captions of their own, so the intervals may be"
                    + " too narrow.";

    @Override
    public BenchmarkContent read(List<Path> files, @Nullable String judge) throws IOException {
        if (!BenchmarkRecords.isJson(files.getFirst())) {
            return votes(files, judge);
        }
        var records = new ArrayList<BenchmarkRecord>();
        for (var file : files) {
            records.addAll(BenchmarkRecords.read(file, ""));
        }
        boolean published = records.getFirst().has(ROWS);
        var pairs = new PairRecords(judge);
        for (var row : records) {
            if (published) {
                addRow(row, pairs);
            } else {
                if (!row.has(PairRecords.MARK)) {
                    throw row.fault(
                            PairRecords.MARK,
                            "missing; a row of the data set has vote_type, a pair of EditReward path1");
                }
                pairs.add(row);
            }
        }
        return new BenchmarkContent(
                published ? "GenAI-Bench image_edition rows" : "GenAI-Bench pairs of EditReward",
                records.size(),
                new Pairs(pairs.pairs(), published),
                new LeftOutRows(),
                published
                        ? List.of()
                        : List.of("Equal scores in the file are ties; which of them people called both bad is not in"
                                + " it."));
    }

    private static void addRow(BenchmarkRecord row, PairRecords pairs) {
        var vote = BenchmarkVotes.human(row.text(ROWS));
        if (vote == null) {
            throw row.fault(
                    ROWS,
                    "is \"%s\"; it must be leftvote, rightvote, tievote or bothbad_vote".formatted(row.text(ROWS)));
        }
        var instruction = row.text("instruct_prompt");
        var picture = row.has("source_image") ? row.picture("source_image") : null;
        var source = picture == null ? row.text("source_prompt") : picture;
        var request = picture == null ? null : new BenchmarkEdit.Request(row.file(), picture, instruction);
        pairs.add(row, source, edit(row, "left", request, 0, pairs), edit(row, "right", request, 1, pairs), vote);
    }

    private static BenchmarkEdit edit(
            BenchmarkRecord row, String side, BenchmarkEdit.@Nullable Request request, int place, PairRecords pairs) {
        var field = side + "_output_image";
        return pairs.edit(
                row.optionalText(side + "_model").orElse(""),
                row.has(field) ? row.picture(field) : null,
                request,
                place);
    }

    private static BenchmarkContent votes(List<Path> files, @Nullable String judge) throws IOException {
        var pairs = new ArrayList<Pair>();
        var numbers = new HashSet<Long>();
        for (var file : files) {
            var table = TabTable.read(file);
            for (var column : List.of("row", VOTES, "source_prompt")) {
                if (!table.has(column)) {
                    throw new MalformedFileException(
                            file,
                            1,
                            column
                                    + ": this column is missing; a table of votes has row, human_vote and"
                                    + " source_prompt");
                }
            }
            var column = judge == null ? null : judgeColumn(table, judge);
            for (var row : table.rows()) {
                var vote = vote(table, row);
                long number = number(table, row);
                if (!numbers.add(number)) {
                    throw table.fault(
                            row,
                            "row",
                            "%d is there twice; several tables of votes must number their rows on".formatted(number));
                }
                var source = table.text(row, "source_prompt");
                pairs.add(new Pair(
                        edit(number, 0),
                        edit(number, 1),
                        source,
                        vote,
                        column == null ? null : BenchmarkVotes.bracketed(table.cell(row, column))));
            }
        }
        return new BenchmarkContent(
                "GenAI-Bench votes with judges (tab-separated)",
                pairs.size(),
                new Pairs(pairs, true),
                new LeftOutRows(),
                List.of(BY_CAPTION));
    }

    private static BenchmarkEdit edit(long row, int place) {
        return new BenchmarkEdit(List.of(new BenchmarkEdit.Place(row, place)), "", "", null, null);
    }

    private static Vote vote(TabTable table, TabTable.Row row) {
        var text = table.text(row, VOTES);
        var vote = BenchmarkVotes.human(text);
        if (vote == null) {
            throw table.fault(
                    row, VOTES, "is \"%s\"; it must be leftvote, rightvote, tievote or bothbad_vote".formatted(text));
        }
        return vote;
    }

    private static long number(TabTable table, TabTable.Row row) {
        try {
            return Long.parseLong(table.text(row, "row"));
        } catch (NumberFormatException notANumber) {
            throw table.fault(row, "row", "must be a whole number, not \"%s\"".formatted(table.cell(row, "row")));
        }
    }

    private static String judgeColumn(TabTable table, String judge) {
        for (var column : List.of(judge, JUDGE + judge)) {
            if (column.startsWith(JUDGE) && table.has(column)) {
                return column;
            }
        }
        throw CommandFailure.badInput("--judge: %s has no judge \"%s\"; it has %s."
                .formatted(
                        table.file(),
                        judge,
                        String.join(
                                ", ",
                                table.header().stream()
                                        .filter(column -> column.startsWith(JUDGE))
                                        .map(column -> column.substring(JUDGE.length()))
                                        .toList())));
    }
}
