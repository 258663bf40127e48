package org.diptych.reward.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.diptych.protocol.Verdict;
import org.diptych.reward.RewardModel;
import org.diptych.reward.Score;
import org.diptych.statistics.evaluation.ScoredPairs;

/**
 * Judges models on the uniform stratum without ever showing them what they are judged on: a version's {@link FoldModels}
 * judge the pairs of their folds. So all labels can train, a pair labelled later can still judge an older version, and two
 * versions are compared on the same pairs.
 */
final class UniformEvaluation {
    /** Pairs whose features are in memory together. */
    private static final int PAIRS_AT_A_TIME = 1_000;

    private final List<UniformPair> pairs;

    private UniformEvaluation(List<UniformPair> pairs) {
        this.pairs = pairs;
    }

    /** The pairs of the uniform stratum among the labels, with the majority of their verdicts. */
    static UniformEvaluation of(List<LabelledPair> labels) {
        var votes = new LinkedHashMap<UUID, UniformPair>();
        for (var label : labels) {
            if (label.uniform()) {
                votes.merge(
                        label.pair(),
                        new UniformPair(label.pair(), label.first(), label.second(), label.group(), vote(label)),
                        (before, now) -> before.plus(now.votes()));
            }
        }
        return new UniformEvaluation(List.copyOf(votes.values()));
    }

    /** 1 for the first, -1 for the second, 0 for neither. */
    static int vote(LabelledPair label) {
        return vote(label.overall());
    }

    /** The same for one verdict. */
    static int vote(Verdict verdict) {
        return verdict == Verdict.FIRST ? 1 : verdict == Verdict.SECOND ? -1 : 0;
    }

    /** Candidates whose features {@link #scored} needs. */
    List<UUID> candidates() {
        return candidates(pairs);
    }

    private static List<UUID> candidates(List<UniformPair> pairs) {
        return pairs.stream()
                .flatMap(pair -> java.util.stream.Stream.of(pair.first(), pair.second()))
                .distinct()
                .toList();
    }

    /**
     * The pairs with the margins of a version's fold models. Folds without a model (too few labels were outside of them)
     * are left out.
     *
     * @param model unpacked folder of the version
     * @param features of {@link #candidates}, by the encoder of the version
     */
    Judged scored(Path model, String encoderId, Map<UUID, float[]> features) throws IOException {
        return scored(model, encoderId, _ -> features, () -> {});
    }

    /**
     * As above, with the features of a few pairs at a time.
     *
     * @param features reads those of some candidates, by the encoder of the version
     * @param look is called before each pair, and ends the work by throwing
     */
    Judged scored(Path model, String encoderId, Function<List<UUID>, Map<UUID, float[]>> features, Runnable look)
            throws IOException {
        var margins = new TreeMap<Integer, Margin>();
        var dimensions = List.<String>of();
        for (int fold = 0; fold < FoldModels.FOLDS; fold++) {
            var folder = FoldModels.folder(model, fold);
            if (!Files.isDirectory(folder)) {
                continue;
            }
            try (var judge = RewardModel.load(folder, encoderId)) {
                dimensions = judge.card().dimensions();
                var judged = ofFold(fold);
                for (int from = 0; from < judged.length; from += PAIRS_AT_A_TIME) {
                    look.run();
                    var some = Arrays.copyOfRange(judged, from, Math.min(judged.length, from + PAIRS_AT_A_TIME));
                    score(judge, some, features, look, margins);
                }
            }
        }
        return new Judged(pairs, dimensions, margins);
    }

    /** Positions of the pairs of a fold. */
    private int[] ofFold(int fold) {
        return IntStream.range(0, pairs.size())
                .filter(i -> FoldModels.fold(pairs.get(i).group()) == fold)
                .toArray();
    }

    private void score(
            RewardModel judge,
            int[] some,
            Function<List<UUID>, Map<UUID, float[]>> features,
            Runnable look,
            Map<Integer, Margin> margins) {
        var rows = features.apply(
                candidates(IntStream.of(some).mapToObj(pairs::get).toList()));
        for (int i : some) {
            look.run();
            var first = rows.get(pairs.get(i).first());
            var second = rows.get(pairs.get(i).second());
            // a candidate that came after a version with an encoder of its own may lack that encoder's features
            if (first != null && second != null) {
                var scores = judge.score(new float[][] {first, second});
                margins.put(i, Margin.of(scores.get(0), scores.get(1)));
            }
        }
    }

    /**
     * A pair of the uniform stratum.
     *
     * @param votes labels for the first minus labels for the second
     */
    record UniformPair(UUID id, UUID first, UUID second, String group, int votes) {
        UniformPair plus(int more) {
            return new UniformPair(id, first, second, group, votes + more);
        }
    }

    /**
     * Score of the first minus that of the second.
     *
     * @param overall of the sum
     * @param byDimension of each dimension, in the order of the version's own
     */
    record Margin(double overall, List<Double> byDimension) {
        static Margin of(Score first, Score second) {
            return new Margin(
                    first.overallMu() - second.overallMu(),
                    IntStream.range(0, first.mu().size())
                            .mapToObj(dimension ->
                                    first.mu().get(dimension) - second.mu().get(dimension))
                            .toList());
        }
    }

    /**
     * Pairs with the margins that a version gives them.
     *
     * @param pairs all pairs of the uniform stratum
     * @param dimensions the dimensions of the version
     * @param margins by index of the pair
     */
    record Judged(List<UniformPair> pairs, List<String> dimensions, TreeMap<Integer, Margin> margins) {
        /** The pairs that both versions judge and whose labels prefer one candidate, as this version scores them. */
        ScoredPairs strictWith(Judged other) {
            return pairs(margins.keySet().stream()
                    .filter(i -> other.margins.containsKey(i) && pairs.get(i).votes() != 0)
                    .toList());
        }

        /** The pairs whose labels prefer one candidate. */
        ScoredPairs strict() {
            return strictWith(this);
        }

        private ScoredPairs pairs(List<Integer> chosen) {
            var groups = new LinkedHashMap<String, Integer>();
            var human = new int[chosen.size()];
            var margin = new double[chosen.size()];
            var group = new int[chosen.size()];
            var order = new ArrayList<>(chosen);
            for (int i = 0; i < order.size(); i++) {
                var pair = pairs.get(order.get(i));
                human[i] = Integer.signum(pair.votes());
                margin[i] = Objects.requireNonNull(margins.get(order.get(i))).overall();
                group[i] = groups.computeIfAbsent(pair.group(), _ -> groups.size());
            }
            return new ScoredPairs(human, margin, group);
        }
    }
}
