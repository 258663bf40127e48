package org.diptych.reward.worker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.diptych.reward.worker.UniformEvaluation.UniformPair;
import org.diptych.service.reward.VersionComparison.Part;
import org.diptych.service.reward.VersionComparison.Row;
import org.diptych.statistics.evaluation.Estimate;
import org.diptych.statistics.evaluation.GroupBootstrap;
import org.diptych.statistics.evaluation.PairwiseAccuracy;
import org.diptych.statistics.evaluation.ScoredPairs;
import org.diptych.statistics.evaluation.TieThreshold;
import org.jspecify.annotations.Nullable;

/**
 * Two models' verdicts on the same pairs, compared pair by pair.
 *
 * @param pairs all pairs; positions below are in this list
 * @param human what the labels of a pair say: 1 for the first edit, -1 for the second, 0 for a tie; nothing where they do not say
 * @param first the first model's margin for the first edit
 * @param second the second model's
 */
record PairedRows(List<UniformPair> pairs, IntFunction<Optional<Integer>> human, Margins first, Margins second) {
    private static final long SEED = 1;
    private static final int FOLDS = 5;
    /** Source images without which an interval says nothing: of few that happen to agree it has no width. */
    private static final int LEAST_IMAGES = 10;

    /** A model's margins, by position of the pair. */
    interface Margins extends IntToDoubleFunction {}

    /** The comparison on some of the pairs: without ties, and with them. */
    List<Row> rows(Part part, @Nullable String name, int[] chosen, Runnable look) {
        var said = IntStream.of(chosen)
                .filter(index -> human.apply(index).isPresent())
                .toArray();
        var strict = IntStream.of(said)
                .filter(index -> human.apply(index).orElseThrow() != 0)
                .toArray();
        var rows = new ArrayList<Row>();
        look.run();
        rows.add(row(
                part,
                name,
                false,
                scored(strict, first),
                PairwiseAccuracy.correctness(scored(strict, first), TieThreshold.NEVER),
                PairwiseAccuracy.correctness(scored(strict, second), TieThreshold.NEVER)));
        look.run();
        // the same folds for both
        rows.add(row(
                part,
                name,
                true,
                scored(said, first),
                PairwiseAccuracy.crossFittedCorrectness(scored(said, first), FOLDS, new SplittableRandom(SEED)),
                PairwiseAccuracy.crossFittedCorrectness(scored(said, second), FOLDS, new SplittableRandom(SEED))));
        return rows;
    }

    private static Row row(
            Part part, @Nullable String name, boolean ties, ScoredPairs pairs, double[] base, double[] other) {
        var groups = pairs.groups();
        int images = (int) IntStream.of(groups).distinct().count();
        // of the promotion check's own row exactly what the check says
        boolean enough = images >= LEAST_IMAGES || (part == Part.OVERALL && !ties);
        // what the second gains over the first
        var difference = GroupBootstrap.STANDARD.difference(other, base, groups, new SplittableRandom(SEED));
        var interval = difference instanceof Estimate.Interval defined && enough ? defined : null;
        var baseMean = mean(base);
        var otherMean = mean(other);
        return new Row(
                part,
                name,
                ties,
                pairs.size(),
                images,
                baseMean,
                otherMean,
                interval == null ? between(baseMean, otherMean) : (Double) interval.value(),
                interval == null ? null : (Double) interval.low(),
                interval == null ? null : (Double) interval.high());
    }

    private static @Nullable Double between(@Nullable Double one, @Nullable Double other) {
        return one == null || other == null ? null : (Double) (other - one);
    }

    private static @Nullable Double mean(double[] values) {
        var mean = DoubleStream.of(values).average();
        return mean.isPresent() ? (Double) mean.getAsDouble() : null;
    }

    private ScoredPairs scored(int[] chosen, Margins margins) {
        var numbers = new HashMap<String, Integer>();
        return new ScoredPairs(
                IntStream.of(chosen)
                        .map(index -> human.apply(index).orElseThrow())
                        .toArray(),
                IntStream.of(chosen).mapToDouble(margins).toArray(),
                IntStream.of(chosen)
                        .map(index -> numbers.computeIfAbsent(pairs.get(index).group(), _ -> numbers.size()))
                        .toArray());
    }
}
