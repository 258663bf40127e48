package org.diptych.service.ranking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.diptych.protocol.Verdict;
import org.diptych.service.ranking.CampaignRanking.Figure;
import org.diptych.service.ranking.CampaignRanking.State;
import org.diptych.statistics.annotator.CredibleInterval;
import org.diptych.statistics.annotator.Fit;
import org.diptych.statistics.annotator.Stopping;
import org.diptych.statistics.ranking.BradleyTerry;
import org.diptych.statistics.ranking.GroupedComparisons;
import org.diptych.statistics.ranking.PairPrior;
import org.diptych.statistics.ranking.ResampledRanking;
import org.diptych.statistics.ranking.TieModel;
import org.jspecify.annotations.Nullable;

/** Ranks the editing models on one dimension of the labels that are chosen. */
final class ComparisonFit {
    /** How the intervals come about. */
    static final String INTERVAL =
            "95% percentile bootstrap over source images, 500 resamples, or the observed information where that is wider";

    private static final int REPLICATES = 500;

    /** A fit costs with the cube of the models. */
    private static final int MOST_MODELS = 100;

    /** The intervals must not flicker on a page that is read again and again. */
    private static final long SEED = 1;

    private static final int FEWEST_COMPARISONS = 30;
    private static final int FEWEST_SOURCES = 10;

    private static final Stopping STOPPING = new Stopping(100, 1e-8);

    private final LabelRows rows;
    private final RankingChoice choice;
    private final int dimension;
    private final int category;

    /** The models that take part, by their number here: their number among all. */
    private final int[] model;

    private final int[] place;

    private ComparisonFit(LabelRows rows, RankingChoice choice, int dimension) {
        this.rows = rows;
        this.choice = choice;
        this.dimension = dimension;
        var wanted = choice.category();
        this.category = wanted == null ? -1 : rows.category(wanted);
        var takesPart = new boolean[rows.models().size()];
        for (int row = 0; row < rows.size(); row++) {
            if (isChosen(row)) {
                takesPart[rows.first(rows.pair(row))] = true;
                takesPart[rows.second(rows.pair(row))] = true;
            }
        }
        model = IntStream.range(0, takesPart.length)
                .filter(each -> takesPart[each])
                .boxed()
                .sorted(Comparator.comparing(each -> rows.models().get(each)))
                .mapToInt(Integer::intValue)
                .toArray();
        place = new int[takesPart.length];
        for (int each = 0; each < model.length; each++) {
            place[model[each]] = each;
        }
    }

    static CampaignRanking.Dimension of(LabelRows rows, RankingChoice choice, int dimension) {
        return new ComparisonFit(rows, choice, dimension).rank();
    }

    private boolean isChosen(int row) {
        return (choice.population() == RankingChoice.Population.WEIGHTED || rows.uniform(row))
                && (choice.category() == null || rows.categoryOf(rows.pair(row)) == category)
                && rows.verdict(row, dimension) != null;
    }

    private CampaignRanking.Dimension rank() {
        var name = rows.dimensions().get(dimension);
        if (model.length < 2) {
            return new CampaignRanking.Dimension(
                    name,
                    State.TOO_FEW,
                    "No judgement compares two editing models.",
                    0,
                    0,
                    0,
                    null,
                    List.of(),
                    List.of(),
                    List.of());
        }
        if (model.length > MOST_MODELS) {
            return new CampaignRanking.Dimension(
                    name,
                    State.TOO_MANY,
                    "%d editing models; at most %d are ranked together.".formatted(model.length, MOST_MODELS),
                    0,
                    0,
                    0,
                    null,
                    List.of(),
                    List.of(),
                    List.of());
        }
        var comparisons = choice.answers() == RankingChoice.Answers.RAW ? labels() : consensus();
        var groups = comparisons.connected();
        if (groups.size() > 1) {
            return answer(
                    name,
                    comparisons,
                    State.DISCONNECTED,
                    "These groups of models were never compared with each other, so they have no common scale. Import"
                            + " pairs of models of different groups.",
                    null);
        }
        if (comparisons.size() < FEWEST_COMPARISONS || comparisons.groups() < FEWEST_SOURCES) {
            return answer(
                    name,
                    comparisons,
                    State.TOO_FEW,
                    "%d comparisons on %d source images; %d on %d are needed."
                            .formatted(
                                    Math.round(comparisons.size()),
                                    comparisons.groups(),
                                    FEWEST_COMPARISONS,
                                    FEWEST_SOURCES),
                    null);
        }
        var ranker = new BradleyTerry(
                TieModel.DAVIDSON, choice.answers() == RankingChoice.Answers.RAW, PairPrior.WEAK, STOPPING);
        return switch (ResampledRanking.of(comparisons, ranker, REPLICATES, new SplittableRandom(SEED))) {
            case Fit.Converged<ResampledRanking>(ResampledRanking ranking, var _) ->
                answer(name, comparisons, State.RANKED, null, ranking);
            case Fit.NotConverged<ResampledRanking> failed ->
                answer(name, comparisons, State.TOO_FEW, failed.reason(), null);
        };
    }

    /** Every label, as it stood on the screen. */
    private GroupedComparisons labels() {
        var builder = new GroupedComparisons.Builder(model.length);
        for (int row = 0; row < rows.size(); row++) {
            var said = isChosen(row) ? rows.verdict(row, dimension) : null;
            if (said != null) {
                int pair = rows.pair(row);
                int first = place[rows.first(pair)];
                int second = place[rows.second(pair)];
                boolean swapped = rows.swapped(row);
                int outcome = outcome(said);
                builder.add(
                        rows.source(pair),
                        swapped ? second : first,
                        swapped ? first : second,
                        swapped ? -outcome : outcome,
                        weight(row));
            }
        }
        return builder.build();
    }

    private double weight(int row) {
        return choice.population() == RankingChoice.Population.UNIFORM ? 1 : rows.weight(row);
    }

    /** Every pair once, shared among its outcomes; it counts what its first label does. */
    private GroupedComparisons consensus() {
        var builder = new GroupedComparisons.Builder(model.length);
        var seen = new boolean[rows.pairs()];
        for (int row = 0; row < rows.size(); row++) {
            int pair = rows.pair(row);
            if (seen[pair] || !isChosen(row)) {
                continue;
            }
            seen[pair] = true;
            double[] share = new double[3];
            for (var verdict : LabelRows.VERDICTS) {
                share[outcome(verdict) + 1] += rows.posterior(pair, dimension, verdict);
            }
            for (int outcome = -1; outcome <= 1; outcome++) {
                builder.add(
                        rows.source(pair),
                        place[rows.first(pair)],
                        place[rows.second(pair)],
                        outcome,
                        weight(row),
                        Math.clamp(share[outcome + 1], 0, 1));
            }
        }
        return builder.build();
    }

    /** Neither of two bad edits is preferred. */
    private static int outcome(Verdict verdict) {
        return switch (verdict) {
            case FIRST -> 1;
            case SECOND -> -1;
            case TIE, BOTH_BAD -> 0;
        };
    }

    private CampaignRanking.Dimension answer(
            String name,
            GroupedComparisons comparisons,
            State state,
            @Nullable String reason,
            @Nullable ResampledRanking ranking) {
        int[] order = ranking == null
                ? IntStream.range(0, model.length).toArray()
                : ranking.ranking().order();
        var matrix = new ArrayList<CampaignRanking.Cell>();
        for (int one : order) {
            for (int other : order) {
                var cell = cell(comparisons, one, other);
                if (one != other && cell.comparisons() > 0) {
                    matrix.add(cell);
                }
            }
        }
        var connected = comparisons.connected();
        return new CampaignRanking.Dimension(
                name,
                state,
                reason,
                Math.round(comparisons.size()),
                comparisons.groups(),
                comparisons.effectiveSize(),
                ranking == null
                        ? null
                        : ranking.positionBias().map(ComparisonFit::figure).orElse(null),
                Arrays.stream(order)
                        .mapToObj(each -> line(comparisons, each, ranking))
                        .toList(),
                matrix,
                connected.size() == 1
                        ? List.of()
                        : connected.stream()
                                .map(group -> Arrays.stream(group)
                                        .mapToObj(this::name)
                                        .toList())
                                .toList());
    }

    private CampaignRanking.Model line(GroupedComparisons comparisons, int each, @Nullable ResampledRanking ranking) {
        var cells = IntStream.range(0, model.length)
                .filter(other -> other != each)
                .mapToObj(other -> cell(comparisons, each, other))
                .toList();
        return new CampaignRanking.Model(
                name(each),
                ranking == null ? null : figure(ranking.strengths().get(each)),
                ranking == null ? null : figure(ranking.preferred().get(each)),
                ranking == null ? null : figure(ranking.ranks().get(each)),
                sum(cells.stream().map(CampaignRanking.Cell::wins)),
                sum(cells.stream().map(CampaignRanking.Cell::ties)),
                sum(cells.stream().map(CampaignRanking.Cell::losses)));
    }

    private CampaignRanking.Cell cell(GroupedComparisons comparisons, int one, int other) {
        return new CampaignRanking.Cell(
                name(one),
                name(other),
                comparisons.wins(one, other),
                comparisons.ties(one, other),
                comparisons.wins(other, one));
    }

    private static double sum(Stream<Double> values) {
        return values.mapToDouble(Double::doubleValue).sum();
    }

    private String name(int each) {
        return rows.models().get(model[each]);
    }

    private static Figure figure(CredibleInterval interval) {
        return new Figure(interval.estimate(), interval.low(), interval.high());
    }
}
