package org.diptych.statistics.evaluation;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A judge's verdicts on all pairs of groups of K edits: a group is right when every pair is, a missing verdict is wrong
 * (EditReward-Bench, arXiv 2509.26346, {@code inference_{2,3,4}pair_hf.py}). Published and corrected figure are the same;
 * the interval over source images is what is added.
 *
 * @param groups by K
 * @param overallGroups right groups / all groups
 * @param pairs single verdicts
 */
public record JudgedGroups(SortedMap<Integer, SideBySide> groups, SideBySide overallGroups, SideBySide pairs) {

    private static final Measure NO_MAJORITY =
            Measure.undefined("no single answer to the pairs of a group is one ranking for all groups");
    private static final String NO_GROUPS = "there are no groups";

    /**
     * A group.
     *
     * @param size K
     * @param source the source image
     * @param right whether the verdict is right, for each of the K (K - 1) / 2 pairs
     */
    public record Judged(int size, int source, List<Boolean> right) {
        boolean isRight() {
            return right.stream().allMatch(Predicate.isEqual(true));
        }

        /** Three answers for two edits, two for each pair of more. */
        double chance() {
            return size == 2 ? 1 / 3.0 : Math.pow(1 / 2.0, right.size());
        }
    }

    public static JudgedGroups of(List<Judged> groups, Resampling resampling) {
        SortedMap<Integer, SideBySide> bySize = new TreeMap<>();
        groups.stream()
                .map(Judged::size)
                .distinct()
                .forEach(size -> bySize.put(
                        size,
                        whole(
                                groups.stream()
                                        .filter(group -> group.size() == size)
                                        .toList(),
                                resampling)));
        return new JudgedGroups(
                Collections.unmodifiableSortedMap(bySize), whole(groups, resampling), pairs(groups, resampling));
    }

    private static SideBySide whole(List<Judged> groups, Resampling resampling) {
        double[] right =
                groups.stream().mapToDouble(group -> group.isRight() ? 1 : 0).toArray();
        return resampling.mean(
                Measure.share(Arrays.stream(right).sum(), right.length, NO_GROUPS),
                right,
                groups.stream().mapToInt(Judged::source).toArray(),
                NO_MAJORITY,
                Measure.share(groups.stream().mapToDouble(Judged::chance).sum(), groups.size(), NO_GROUPS),
                NO_GROUPS);
    }

    private static SideBySide pairs(List<Judged> groups, Resampling resampling) {
        double[] right = groups.stream()
                .flatMap(group -> group.right().stream())
                .mapToDouble(pair -> pair ? 1 : 0)
                .toArray();
        return resampling.mean(
                Measure.share(Arrays.stream(right).sum(), right.length, NO_GROUPS),
                right,
                groups.stream()
                        .flatMapToInt(group -> group.right().stream().mapToInt(_ -> group.source()))
                        .toArray(),
                NO_MAJORITY,
                Measure.share(
                        groups.stream()
                                .mapToDouble(group -> group.right().size() * (group.size() == 2 ? 1 / 3.0 : 1 / 2.0))
                                .sum(),
                        right.length,
                        NO_GROUPS),
                NO_GROUPS);
    }
}
