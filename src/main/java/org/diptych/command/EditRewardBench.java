package org.diptych.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.diptych.command.BenchmarkRows.Group;
import org.diptych.command.BenchmarkRows.Groups;
import org.diptych.statistics.evaluation.RankedGroup;
import org.jspecify.annotations.Nullable;

/**
 * EditReward-Bench (TIGER-AI-Lab) in its two forms: groups with a ranking ({@code prompt, path_src, paths_generated,
 * human_vote.ranking}), or a row per comparison ({@link ComparedRows}).
 */
final class EditRewardBench implements BenchmarkReader {
    private static final String GROUP = "paths_generated";
    private static final int MOST_CANDIDATES = 26;

    @Override
    public BenchmarkContent read(List<Path> files, @Nullable String judge) throws IOException {
        var records = new ArrayList<BenchmarkRecord>();
        for (var file : files) {
            if (!BenchmarkRecords.isJson(file)) {
                throw new MalformedFileException(file, 1, "is not JSON; EditReward-Bench is a list of JSON records");
            }
            records.addAll(BenchmarkRecords.read(file, ""));
        }
        if (!records.getFirst().has(GROUP)) {
            return new ComparedRows(judge).read(records);
        }
        if (judge != null) {
            throw CommandFailure.badInput("--judge: groups with a ranking hold no answers of a judge.");
        }
        var groups = new ArrayList<Group>();
        var leftOut = new LeftOutRows();
        for (int number = 0; number < records.size(); number++) {
            var row = records.get(number);
            if (row.isBlank("path_src") || row.hasBlank(GROUP)) {
                leftOut.add("a path of the group is empty", "row " + number, edits(row, number));
            } else {
                groups.add(group(row, number));
            }
        }
        return new BenchmarkContent(
                "EditReward-Bench groups",
                records.size(),
                new Groups(groups, false),
                leftOut,
                List.of(
                        "A plain A=B is a tie. The published reader takes it for A>B in pairs and for no ranking at all,"
                                + " so the group is wrong; the paper's figures do the same."));
    }

    /** The edits of a group that is left out: scores of them are not astray. */
    private static List<BenchmarkEdit> edits(BenchmarkRecord row, int number) {
        return IntStream.range(0, row.list(GROUP).size())
                .mapToObj(place -> new BenchmarkEdit(
                        List.of(new BenchmarkEdit.Place(number, place)),
                        "",
                        "",
                        row.list(GROUP).get(place).asString(""),
                        null))
                .toList();
    }

    private static Group group(BenchmarkRecord row, int number) {
        var source = row.text("path_src");
        var request = new BenchmarkEdit.Request(row.file(), source, row.text("prompt"));
        var paths = row.texts(GROUP);
        if (paths.size() < 2 || paths.size() > MOST_CANDIDATES) {
            throw row.fault(GROUP, "names %d edits; a group has 2 to %d".formatted(paths.size(), MOST_CANDIDATES));
        }
        var vote = row.object("human_vote");
        if (!vote.has("ranking")) {
            throw row.fault("human_vote.ranking", "missing");
        }
        var ranking = vote.text("ranking");
        try {
            RankedGroup.parse(ranking, new double[paths.size()]);
        } catch (IllegalArgumentException wrong) {
            throw row.fault("human_vote.ranking", String.valueOf(wrong.getMessage()));
        }
        return new Group(
                "row " + number,
                source,
                IntStream.range(0, paths.size())
                        .mapToObj(place -> new BenchmarkEdit(
                                List.of(new BenchmarkEdit.Place(number, place)), "", "", paths.get(place), request))
                        .toList(),
                ranking,
                List.of());
    }
}
