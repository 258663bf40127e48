package org.diptych.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.diptych.statistics.annotator.CredibleInterval;
import org.diptych.statistics.annotator.Fit;
import org.diptych.statistics.ranking.BradleyTerry;
import org.diptych.statistics.ranking.GroupedComparisons;
import org.diptych.statistics.ranking.ResampledRanking;
import org.diptych.statistics.ranking.TieModel;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code diptych ranking}: the ranking of a file of comparisons, with intervals and position bias, as JSON. */
@Command(
        name = "ranking",
        mixinStandardHelpOptions = true,
        description = {
            "Ranks the items of a file of comparisons (Bradley-Terry with ties, position bias removed), as JSON.",
            "A campaign is ranked on its page, and at /api/v1/campaigns/ID/ranking."
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class RankingCommand implements Callable<Integer> {
    private static final int BAD_INPUT = 2;
    private static final int FEWEST_REPLICATES = 100;
    private static final int MOST_REPLICATES = 100_000;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "COMPARISONS.csv",
            description =
                    "UTF-8 with the header left,right,outcome; the outcome is left, right or tie. A fourth column,"
                            + " group, names what belongs together (a source image): intervals resample groups.")
    private Path file;

    @Option(
            names = "--bootstrap",
            defaultValue = "1000",
            description = "Bootstrap replicates for the intervals. Default: ${DEFAULT-VALUE}.")
    private int bootstrap;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "Seed of the bootstrap; the same seed gives the same intervals. Default: ${DEFAULT-VALUE}.")
    private long seed;

    /** Exit code 0, or 2 where the input is at fault. */
    @Override
    public Integer call() throws IOException {
        if (bootstrap < FEWEST_REPLICATES || bootstrap > MOST_REPLICATES) {
            return fault(
                    "--bootstrap: must be %d to %d, not %d".formatted(FEWEST_REPLICATES, MOST_REPLICATES, bootstrap));
        }
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            return fault("%s: no such file, or not readable".formatted(file));
        }
        ComparisonsFile.Content content;
        try {
            content = ComparisonsFile.read(file);
        } catch (MalformedFileException e) {
            return fault(String.valueOf(e.getMessage()));
        }
        Output.result(spec, report(content));
        return 0;
    }

    private Map<String, @Nullable Object> report(ComparisonsFile.Content content) {
        var comparisons = content.comparisons();
        var connected = comparisons.connected();
        String reason = null;
        ResampledRanking ranking = null;
        if (connected.size() > 1) {
            reason = "these groups of items were never compared with each other, so they have no common scale";
        } else if (comparisons.groups() < 2) {
            reason = "an interval needs at least two groups of comparisons";
        } else {
            var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            switch (ResampledRanking.of(comparisons, new BradleyTerry(TieModel.DAVIDSON), bootstrap, random)) {
                case Fit.Converged<ResampledRanking>(ResampledRanking fitted, var _) -> ranking = fitted;
                case Fit.NotConverged<ResampledRanking> failed -> reason = failed.reason();
            }
        }
        var report = new LinkedHashMap<String, @Nullable Object>();
        report.put("comparisons", Math.round(comparisons.size()));
        report.put("groups", comparisons.groups());
        report.put("ranked", ranking != null);
        report.put("reason", reason);
        report.put(
                "connected",
                connected.stream()
                        .map(group -> Arrays.stream(group)
                                .mapToObj(content.items()::get)
                                .toList())
                        .toList());
        report.put(
                "positionBias",
                ranking == null
                        ? null
                        : ranking.positionBias().map(RankingCommand::figure).orElse(null));
        report.put("items", items(content, ranking));
        report.put("matrix", matrix(content));
        return report;
    }

    private static List<Object> items(ComparisonsFile.Content content, @Nullable ResampledRanking ranking) {
        var comparisons = content.comparisons();
        int[] order = ranking == null
                ? IntStream.range(0, comparisons.items()).toArray()
                : ranking.ranking().order();
        List<Object> items = new ArrayList<>();
        for (int item : order) {
            var line = new LinkedHashMap<String, @Nullable Object>();
            line.put("item", content.items().get(item));
            line.put("rank", ranking == null ? null : figure(ranking.ranks().get(item)));
            line.put(
                    "strength",
                    ranking == null ? null : figure(ranking.strengths().get(item)));
            line.put(
                    "preferred",
                    ranking == null ? null : figure(ranking.preferred().get(item)));
            line.put("wins", total(comparisons, other -> other == item ? 0 : comparisons.wins(item, other)));
            line.put("ties", total(comparisons, other -> other == item ? 0 : comparisons.ties(item, other)));
            line.put("losses", total(comparisons, other -> other == item ? 0 : comparisons.wins(other, item)));
            items.add(line);
        }
        return items;
    }

    private static long total(GroupedComparisons comparisons, IntToDoubleFunction count) {
        return Math.round(
                IntStream.range(0, comparisons.items()).mapToDouble(count).sum());
    }

    private static List<Object> matrix(ComparisonsFile.Content content) {
        var comparisons = content.comparisons();
        List<Object> matrix = new ArrayList<>();
        for (int one = 0; one < comparisons.items(); one++) {
            for (int other = one + 1; other < comparisons.items(); other++) {
                double wins = comparisons.wins(one, other);
                double ties = comparisons.ties(one, other);
                double losses = comparisons.wins(other, one);
                if (wins + ties + losses > 0) {
                    var cell = new LinkedHashMap<String, Object>();
                    cell.put("item", content.items().get(one));
                    cell.put("against", content.items().get(other));
                    cell.put("wins", Math.round(wins));
                    cell.put("ties", Math.round(ties));
                    cell.put("losses", Math.round(losses));
                    matrix.add(cell);
                }
            }
        }
        return matrix;
    }

    private static Map<String, Object> figure(CredibleInterval interval) {
        var figure = new LinkedHashMap<String, Object>();
        figure.put("value", interval.estimate());
        figure.put("low", interval.low());
        figure.put("high", interval.high());
        return figure;
    }

    private int fault(String message) {
        Output.say(spec, message);
        return BAD_INPUT;
    }
}
