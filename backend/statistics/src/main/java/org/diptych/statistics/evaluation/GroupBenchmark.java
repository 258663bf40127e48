package org.diptych.statistics.evaluation;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Scores against human rankings of groups of K edits (EditReward-Bench, arXiv 2509.26346).
 *
 * <p>Published: the K = 2 tie threshold is chosen on the test set and strict pairs need not exceed it; a tie among three or
 * four makes the group wrong, and so does a tie of two that says neither Good nor Bad; pooled pairs get one threshold for
 * all. Corrected: ties are a partial order, and each K has a threshold that is chosen on other source images; where a K has
 * one source image alone, it and the figures over all K are undefined.
 *
 * @param groups whole groups, by K
 * @param overallGroups right groups / all groups
 * @param pairs all pairs inside the groups, by K
 * @param overallPairs all pairs together
 */
public record GroupBenchmark(
        SortedMap<Integer, SideBySide> groups,
        SideBySide overallGroups,
        SortedMap<Integer, SideBySide> pairs,
        SideBySide overallPairs) {

    private static final String NO_GROUPS = "there are no groups";

    /** @param source the source image of each group */
    public static GroupBenchmark of(List<RankedGroup> groups, int[] source, Resampling resampling) {
        GroupRanking.EditReward published = GroupRanking.editReward(groups);
        SortedMap<Integer, SideBySide> byGroup = new TreeMap<>();
        SortedMap<Integer, SideBySide> byPair = new TreeMap<>();
        published.bySize().forEach((size, figures) -> {
            int[] places = places(groups, size);
            List<RankedGroup> ofSize = select(groups, places);
            int[] sources = Arrays.stream(places).map(place -> source[place]).toArray();
            byGroup.put(size, ofGroups(ofSize, sources, figures.strict(), resampling));
            byPair.put(size, ofPairs(ofSize, sources, figures.pairwise(), resampling));
        });
        return new GroupBenchmark(
                Collections.unmodifiableSortedMap(byGroup),
                ofGroups(groups, source, published.overallStrict(), resampling),
                Collections.unmodifiableSortedMap(byPair),
                ofPairs(groups, source, published.overallPairwise(), resampling));
    }

    private static SideBySide ofGroups(
            List<RankedGroup> groups, int[] source, Accuracy published, Resampling resampling) {
        Measure random = Measure.share(
                groups.stream().mapToDouble(GroupBenchmark::chance).sum(), groups.size(), NO_GROUPS);
        String reason = noThreshold(groups, source, resampling);
        if (!reason.isEmpty()) {
            return undefined(published.value(), published.majorityClass(), random, groups.size(), source, reason);
        }
        double[] correctness = new double[groups.size()];
        for (int size : sizes(groups)) {
            int[] places = places(groups, size);
            int[] ofSize = Arrays.stream(places).map(place -> source[place]).toArray();
            List<RankedGroup> selected = select(groups, places);
            put(
                    GroupRanking.crossFittedCorrectness(
                            selected, ofSize, resampling.folds(ofSize), resampling.random()),
                    correctness,
                    places);
        }
        return resampling.mean(published.value(), correctness, source, published.majorityClass(), random, NO_GROUPS);
    }

    private static SideBySide ofPairs(
            List<RankedGroup> groups, int[] source, Accuracy published, Resampling resampling) {
        ScoredPairs pairs = GroupRanking.pairs(groups);
        int[] sources =
                Arrays.stream(pairs.groups()).map(group -> source[group]).toArray();
        Measure random = Measure.share(
                IntStream.range(0, pairs.size())
                        .mapToDouble(pair -> groups.get(pairs.group(pair)).size() == 2
                                ? 1 / 3.0
                                : pairs.human(pair) == 0 ? 0 : 1 / 2.0)
                        .sum(),
                pairs.size(),
                NO_GROUPS);
        // of what people said: the published reader takes some ties for preferences
        Measure majority = Measure.share(pairs.majorityCount(), pairs.size(), NO_GROUPS);
        String reason = noThreshold(groups, source, resampling);
        if (!reason.isEmpty()) {
            return undefined(published.value(), majority, random, pairs.size(), source, reason);
        }
        double[] correctness = new double[pairs.size()];
        for (int size : sizes(groups)) {
            int[] places = IntStream.range(0, pairs.size())
                    .filter(pair -> groups.get(pairs.group(pair)).size() == size)
                    .toArray();
            int[] ofSize = Arrays.stream(places).map(pair -> sources[pair]).toArray();
            ScoredPairs selected = pairs.select(places).withGroups(ofSize);
            put(
                    PairwiseAccuracy.crossFittedCorrectness(selected, resampling.folds(ofSize), resampling.random()),
                    correctness,
                    places);
        }
        return resampling.mean(published.value(), correctness, sources, majority, random, NO_GROUPS);
    }

    /** Why there is no threshold from other source images for every K; empty where there is. */
    private static String noThreshold(List<RankedGroup> groups, int[] source, Resampling resampling) {
        if (groups.isEmpty()) {
            return NO_GROUPS;
        }
        return sizes(groups).stream()
                .filter(size -> resampling.folds(Arrays.stream(places(groups, size))
                                .map(place -> source[place])
                                .toArray())
                        < 2)
                .findFirst()
                .map(size ->
                        "a tie threshold is chosen on other source images, and of K = " + size + " there is only one")
                .orElse("");
    }

    private static SideBySide undefined(
            Measure published, Measure majority, Measure random, int cases, int[] source, String reason) {
        return new SideBySide(
                published,
                Measure.undefined(reason),
                new Estimate.Undefined(reason),
                majority,
                random,
                cases,
                Resampling.distinct(source));
    }

    /** K = 2: one of three answers; more: one of K! orders, which a tie is none of. */
    private static double chance(RankedGroup group) {
        if (group.size() == 2) {
            return 1 / 3.0;
        }
        return group.hasTie()
                ? 0
                : 1.0 / LongStream.rangeClosed(2, group.size()).reduce(1, (product, factor) -> product * factor);
    }

    private static List<Integer> sizes(List<RankedGroup> groups) {
        return groups.stream().map(RankedGroup::size).distinct().toList();
    }

    private static void put(double[] values, double[] into, int[] places) {
        for (int index = 0; index < places.length; index++) {
            into[places[index]] = values[index];
        }
    }

    private static int[] places(List<RankedGroup> groups, int size) {
        return IntStream.range(0, groups.size())
                .filter(group -> groups.get(group).size() == size)
                .toArray();
    }

    private static List<RankedGroup> select(List<RankedGroup> groups, int[] places) {
        return Arrays.stream(places).mapToObj(groups::get).toList();
    }
}
