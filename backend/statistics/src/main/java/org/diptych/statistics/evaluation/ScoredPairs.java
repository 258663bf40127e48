package org.diptych.statistics.evaluation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Pairs of candidates with the human preference and the model's margin, in parallel arrays.
 *
 * <p>Human preference: 1 = first candidate, -1 = second, 0 = tie. Margin: score(first) - score(second), in the unit of
 * the score. Group: the source image of the pair; resampling and splits never separate a group.
 */
public final class ScoredPairs {

    private final int[] human;
    private final double[] margin;
    private final int[] group;

    /**
     * Copies the arrays.
     *
     * @throws IllegalArgumentException when lengths differ, a preference is not -1, 0 or 1, or a margin is not finite;
     *     the message names the position
     */
    public ScoredPairs(int[] human, double[] margin, int[] group) {
        if (human.length != margin.length || human.length != group.length) {
            throw new IllegalArgumentException("Need one preference, margin and group per pair, but got %d, %d and %d"
                    .formatted(human.length, margin.length, group.length));
        }
        for (int pair = 0; pair < human.length; pair++) {
            if (human[pair] < -1 || human[pair] > 1) {
                throw new IllegalArgumentException(
                        "Pair %d: preference must be -1, 0 or 1, not %d".formatted(pair, human[pair]));
            }
            if (!Double.isFinite(margin[pair])) {
                throw new IllegalArgumentException(
                        "Pair %d: margin must be finite, not %s".formatted(pair, margin[pair]));
            }
        }
        this.human = human.clone();
        this.margin = margin.clone();
        this.group = group.clone();
    }

    /** Pairs that each come from a source image of their own. */
    public static ScoredPairs ungrouped(int[] human, double[] margin) {
        int[] group = new int[human.length];
        Arrays.setAll(group, pair -> pair);
        return new ScoredPairs(human, margin, group);
    }

    public int size() {
        return human.length;
    }

    public int human(int pair) {
        return human[pair];
    }

    public double margin(int pair) {
        return margin[pair];
    }

    public int group(int pair) {
        return group[pair];
    }

    /** The group of every pair, as the bootstrap wants them. */
    public int[] groups() {
        return group.clone();
    }

    /** The pairs at the given positions, in that order. */
    public ScoredPairs select(int[] pairs) {
        return new ScoredPairs(
                Arrays.stream(pairs).map(pair -> human[pair]).toArray(),
                Arrays.stream(pairs).mapToDouble(pair -> margin[pair]).toArray(),
                Arrays.stream(pairs).map(pair -> group[pair]).toArray());
    }

    /** The same pairs with other groups. */
    ScoredPairs withGroups(int[] groups) {
        return new ScoredPairs(human, margin, groups);
    }

    /**
     * A fold number per case: whole groups are shuffled and dealt out in turn.
     *
     * @throws IllegalArgumentException when fewer than two folds are asked for
     */
    static int[] foldByGroup(int[] group, int folds, RandomGenerator random) {
        if (folds < 2) {
            throw new IllegalArgumentException("Cross-fitting needs at least two folds, not " + folds);
        }
        int[] distinct = Arrays.stream(group).distinct().sorted().toArray();
        int[] order = distinct.clone();
        for (int last = order.length - 1; last > 0; last--) {
            int other = random.nextInt(last + 1);
            int moved = order[last];
            order[last] = order[other];
            order[other] = moved;
        }
        int[] foldOfDistinct = new int[distinct.length];
        for (int position = 0; position < order.length; position++) {
            foldOfDistinct[Arrays.binarySearch(distinct, order[position])] = position % folds;
        }
        return Arrays.stream(group)
                .map(id -> foldOfDistinct[Arrays.binarySearch(distinct, id)])
                .toArray();
    }

    /** How often the most frequent of the three answers was given. */
    int majorityCount() {
        int[] count = new int[3];
        for (int preference : human) {
            count[preference + 1]++;
        }
        return Math.max(count[0], Math.max(count[1], count[2]));
    }

    /** Positions by the size of the margin, smallest first; equal sizes keep their order. */
    int[] bySizeOfMargin() {
        return IntStream.range(0, human.length)
                .boxed()
                .sorted(Comparator.comparingDouble(pair -> Math.abs(margin[pair])))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
