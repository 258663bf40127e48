package org.diptych.statistics.evaluation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Ranking accuracy over groups of K = 2, 3, 4, … candidates: a group counts only when the whole ranking is right
 * (EditReward-Bench, arXiv 2509.26346).
 */
public final class GroupRanking {

    private static final String NO_GROUPS = "there are no groups";

    private GroupRanking() {}

    /**
     * Group accuracy with ties as a partial order: every strict pair must be ordered right by more than the threshold,
     * every tied pair must lie within it. Choose the threshold on validation pairs ({@link TieThreshold#calibrate}).
     */
    public static Result accuracy(List<RankedGroup> groups, TieThreshold threshold) {
        SortedMap<Integer, Accuracy> bySize = new TreeMap<>();
        bySize(groups).forEach((size, ofSize) -> bySize.put(size, count(ofSize, group -> group.isRight(threshold))));
        return new Result(Collections.unmodifiableSortedMap(bySize), count(groups, group -> group.isRight(threshold)));
    }

    /**
     * One 1 (right) or 0 (wrong) per group, ties as a partial order as in {@link #accuracy}. The tie threshold of a group is
     * chosen on groups of its own size from other folds: where a size knows no ties its threshold never costs it a pair.
     *
     * @param source the source image of each group; folds never separate one
     */
    public static double[] crossFittedCorrectness(
            List<RankedGroup> groups, int[] source, int folds, RandomGenerator random) {
        int[] foldOf = ScoredPairs.foldByGroup(source, folds, random);
        double[] correctness = new double[groups.size()];
        for (int size : bySize(groups).keySet()) {
            for (int fold = 0; fold < folds; fold++) {
                int current = fold;
                TieThreshold threshold = TieThreshold.calibrate(pairs(IntStream.range(0, groups.size())
                                .filter(group -> foldOf[group] != current
                                        && groups.get(group).size() == size)
                                .mapToObj(groups::get)
                                .toList()))
                        .orElse(TieThreshold.NEVER);
                for (int group = 0; group < correctness.length; group++) {
                    if (foldOf[group] == fold
                            && groups.get(group).size() == size
                            && groups.get(group).isRight(threshold)) {
                        correctness[group] = 1;
                    }
                }
            }
        }
        return correctness;
    }

    /** All pairs inside the groups; the position of the group in the list is the group of its pairs. */
    public static ScoredPairs pairs(List<RankedGroup> groups) {
        return pairs(groups, RankedGroup::human);
    }

    /**
     * The numbers of the published evaluation of scalar models ({@code evaluate_edit_reward_bench}), faults included:
     * the tie threshold is calibrated on the test set; a strict pair of K = 2 need not exceed it; a 3 or 4-way ranking
     * with a tie is always wrong; a tie of two that says neither Good nor Bad is read as the first being better in pairs,
     * and is always wrong as a ranking; equal scores are broken by position; the pooled pairs get a threshold of their own.
     */
    public static EditReward editReward(List<RankedGroup> groups) {
        SortedMap<Integer, EditReward.OfSize> bySize = new TreeMap<>();
        int right = 0;
        for (var entry : bySize(groups).entrySet()) {
            boolean two = entry.getKey() == 2;
            ScoredPairs pairs = publishedPairs(entry.getValue());
            TieThreshold threshold = two ? publishedThreshold(pairs) : new TieThreshold(0);
            Accuracy strict = count(entry.getValue(), group -> isRightAsPublished(group, threshold));
            right += strict.correct();
            bySize.put(
                    entry.getKey(),
                    new EditReward.OfSize(
                            strict,
                            two ? PairwiseAccuracy.withTies(pairs, threshold) : PairwiseAccuracy.withoutTies(pairs),
                            two ? Measure.of(threshold.epsilon()) : Measure.undefined("ties are not predicted here")));
        }
        ScoredPairs pooled = publishedPairs(groups);
        return new EditReward(
                Collections.unmodifiableSortedMap(bySize),
                Accuracy.of(right, groups.size(), mostFrequentRanking(groups), NO_GROUPS),
                PairwiseAccuracy.withTies(pooled, publishedThreshold(pooled)));
    }

    private static boolean isRightAsPublished(RankedGroup group, TieThreshold threshold) {
        if (group.hasTie()) {
            return group.size() == 2 && !group.isPlainTie() && threshold.isTie(group.margin(0, 1));
        }
        return group.orderEqualsScores();
    }

    /** Best of 0 and all observed margins; "never ties" is not among them, and is never better than 0. */
    private static TieThreshold publishedThreshold(ScoredPairs pairs) {
        TieThreshold zero = new TieThreshold(0);
        return TieThreshold.calibrate(pairs).filter(best -> best.epsilon() >= 0).orElse(zero);
    }

    private static ScoredPairs publishedPairs(List<RankedGroup> groups) {
        return pairs(
                groups,
                (group, first, second) -> group.size() == 2 && !group.isPlainTie()
                        ? group.human(first, second)
                        : group.humanByNaming(first, second));
    }

    private interface Preference {
        int of(RankedGroup group, int first, int second);
    }

    private static ScoredPairs pairs(List<RankedGroup> groups, Preference preference) {
        List<Integer> human = new ArrayList<>();
        List<Double> margin = new ArrayList<>();
        List<Integer> origin = new ArrayList<>();
        for (int index = 0; index < groups.size(); index++) {
            RankedGroup group = groups.get(index);
            for (int first = 0; first < group.size(); first++) {
                for (int second = first + 1; second < group.size(); second++) {
                    human.add(preference.of(group, first, second));
                    margin.add(group.margin(first, second));
                    origin.add(index);
                }
            }
        }
        return new ScoredPairs(
                human.stream().mapToInt(Integer::intValue).toArray(),
                margin.stream().mapToDouble(Double::doubleValue).toArray(),
                origin.stream().mapToInt(Integer::intValue).toArray());
    }

    private static SortedMap<Integer, List<RankedGroup>> bySize(List<RankedGroup> groups) {
        SortedMap<Integer, List<RankedGroup>> bySize = new TreeMap<>();
        for (RankedGroup group : groups) {
            bySize.computeIfAbsent(group.size(), size -> new ArrayList<>()).add(group);
        }
        return bySize;
    }

    private static Accuracy count(List<RankedGroup> groups, Predicate<RankedGroup> isRight) {
        int right = (int) groups.stream().filter(isRight).count();
        return Accuracy.of(right, groups.size(), mostFrequentRanking(groups), NO_GROUPS);
    }

    /** Of each size a constant answer can only be one ranking, so the sizes add up. */
    private static int mostFrequentRanking(List<RankedGroup> groups) {
        Map<Integer, Map<List<Integer>, Integer>> count = new HashMap<>();
        for (RankedGroup group : groups) {
            count.computeIfAbsent(group.size(), size -> new HashMap<>()).merge(group.ranking(), 1, Integer::sum);
        }
        return count.values().stream()
                .mapToInt(ofSize -> Collections.max(ofSize.values()))
                .sum();
    }

    /**
     * @param bySize group accuracy by number of candidates
     * @param overall right groups / all groups (not the mean of the sizes)
     */
    public record Result(SortedMap<Integer, Accuracy> bySize, Accuracy overall) {}

    /**
     * The published numbers.
     *
     * @param overallStrict right groups / all groups
     * @param overallPairwise all pairs pooled, threshold calibrated on them
     */
    public record EditReward(SortedMap<Integer, OfSize> bySize, Accuracy overallStrict, Accuracy overallPairwise) {

        /**
         * @param strict whole rankings
         * @param pairwise pairs; with ties for K = 2 only
         * @param epsilon the threshold calibrated on the test set, for K = 2
         */
        public record OfSize(Accuracy strict, Accuracy pairwise, Measure epsilon) {}
    }
}
