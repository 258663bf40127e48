package org.diptych.statistics.ranking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Weighted comparisons that belong together in groups (the labels of one source image), counted by cell: left item, right
 * item, outcome. Comparisons of a group are not independent, so intervals resample groups.
 *
 * <p>Beyond {@value #MOST_BLOCKS} groups, several are resampled together; the interval then rests on as many blocks, and
 * does not take longer with more labels.
 */
public final class GroupedComparisons {
    private static final int MOST_BLOCKS = 2_000;
    private static final int OUTCOMES = 3;

    private final int items;
    private final int groups;
    private final double[] count;
    private final double size;
    private final double sumOfWeights;
    private final double sumOfSquares;

    /** The cells that occur, as left, right and outcome. */
    private final int[] left;

    private final int[] right;
    private final int[] outcome;
    private final double[] weight;

    /** By block, where its entries begin; one more than there are blocks. */
    private final int[] start;

    private final int[] entryCell;
    private final double[] entryWeight;

    private GroupedComparisons(Builder rows) {
        items = rows.items;
        count = new double[items * items * OUTCOMES];
        int[] place = new int[count.length];
        Arrays.fill(place, -1);
        int cells = 0;
        int most = -1;
        double sum = 0;
        double squares = 0;
        double all = 0;
        for (int row = 0; row < rows.size; row++) {
            int cell = rows.cell[row];
            count[cell] += rows.share[row];
            all += rows.share[row];
            if (place[cell] < 0) {
                place[cell] = cells++;
            }
            most = Math.max(most, rows.group[row]);
            sum += rows.weight[row];
            squares += rows.weight[row] * rows.weight[row] / rows.share[row];
        }
        size = all;
        sumOfWeights = sum;
        sumOfSquares = squares;
        left = new int[cells];
        right = new int[cells];
        outcome = new int[cells];
        weight = new double[cells];
        for (int cell = 0; cell < place.length; cell++) {
            if (place[cell] >= 0) {
                left[place[cell]] = cell / OUTCOMES / items;
                right[place[cell]] = cell / OUTCOMES % items;
                outcome[place[cell]] = cell % OUTCOMES - 1;
            }
        }
        int[] block = blocks(rows, most + 1);
        groups = Arrays.stream(block).max().orElse(-1) + 1;
        int used = Math.min(groups, MOST_BLOCKS);
        start = new int[used + 1];
        for (int row = 0; row < rows.size; row++) {
            start[block[rows.group[row]] % used + 1]++;
        }
        for (int each = 0; each < used; each++) {
            start[each + 1] += start[each];
        }
        int[] next = Arrays.copyOf(start, used);
        entryCell = new int[rows.size];
        entryWeight = new double[rows.size];
        for (int row = 0; row < rows.size; row++) {
            int position = next[block[rows.group[row]] % used]++;
            entryCell[position] = place[rows.cell[row]];
            entryWeight[position] = rows.weight[row];
            weight[entryCell[position]] += rows.weight[row];
        }
    }

    /** Numbers the groups that occur. */
    private static int[] blocks(Builder rows, int most) {
        int[] number = new int[most];
        Arrays.fill(number, -1);
        int known = 0;
        for (int row = 0; row < rows.size; row++) {
            if (number[rows.group[row]] < 0) {
                number[rows.group[row]] = known++;
            }
        }
        return number;
    }

    public int items() {
        return items;
    }

    /** Groups with a comparison. */
    public int groups() {
        return groups;
    }

    /** Number of comparisons; weights do not count. */
    public double size() {
        return size;
    }

    /** Number of comparisons of weight 1 that would say as much: (sum of weights)^2 / (sum of their squares). */
    public double effectiveSize() {
        return sumOfSquares == 0 ? 0 : sumOfWeights * sumOfWeights / sumOfSquares;
    }

    /** How often an item was preferred to another, on whichever side it stood; weights do not count. */
    public double wins(int item, int other) {
        return count[cell(items, item, other, 1)] + count[cell(items, other, item, -1)];
    }

    /** How often neither was preferred. */
    public double ties(int item, int other) {
        return count[cell(items, item, other, 0)] + count[cell(items, other, item, 0)];
    }

    /** Items that were compared with each other, directly or by way of others, from the largest such set to the smallest. */
    public List<int[]> connected() {
        int[] set = new int[items];
        Arrays.setAll(set, item -> item);
        for (int cell = 0; cell < left.length; cell++) {
            if (weight[cell] > 0) {
                int from = set[left[cell]];
                int to = set[right[cell]];
                for (int item = 0; item < items && from != to; item++) {
                    set[item] = set[item] == from ? to : set[item];
                }
            }
        }
        List<int[]> sets = new ArrayList<>();
        for (int number : Arrays.stream(set).distinct().toArray()) {
            var members = new ArrayList<Integer>();
            for (int item = 0; item < items; item++) {
                if (set[item] == number) {
                    members.add(item);
                }
            }
            sets.add(members.stream().mapToInt(Integer::intValue).toArray());
        }
        sets.sort((one, other) -> other.length - one.length);
        return sets;
    }

    int blocks() {
        return start.length - 1;
    }

    /** All comparisons. */
    Comparisons all() {
        return Comparisons.weighted(items, left, right, outcome, weight);
    }

    /** The comparisons of each block so many times. */
    Comparisons times(int[] multiplicity) {
        double[] sum = new double[weight.length];
        for (int block = 0; block < multiplicity.length; block++) {
            if (multiplicity[block] > 0) {
                for (int entry = start[block]; entry < start[block + 1]; entry++) {
                    sum[entryCell[entry]] += multiplicity[block] * entryWeight[entry];
                }
            }
        }
        return Comparisons.weighted(items, left, right, outcome, sum);
    }

    private static int cell(int items, int left, int right, int outcome) {
        return (left * items + right) * OUTCOMES + outcome + 1;
    }

    /** Collects comparisons one by one. */
    public static final class Builder {
        private final int items;
        private int size;
        private int[] group = new int[256];
        private int[] cell = new int[256];
        private double[] weight = new double[256];
        private double[] share = new double[256];

        /** @throws IllegalArgumentException when there are no or too many items */
        public Builder(int items) {
            BradleyTerry.checkItems(items);
            this.items = items;
        }

        /**
         * Adds a comparison.
         *
         * @param group number of its group, from 0
         * @param left item on the left of the screen
         * @param right item on the right
         * @param outcome 1 = left preferred, -1 = right preferred, 0 = tie
         * @param counts how often it counts, 0 or more
         * @throws IllegalArgumentException when a value is out of range
         */
        public Builder add(int group, int left, int right, int outcome, double counts) {
            return add(group, left, right, outcome, counts, 1);
        }

        /**
         * Adds a part of a comparison whose outcome is in doubt.
         *
         * @param counts how often the whole comparison counts
         * @param portion probability of this outcome; 0 adds nothing
         */
        public Builder add(int group, int left, int right, int outcome, double counts, double portion) {
            if (portion == 0) {
                return this;
            }
            if (left < 0 || left >= items || right < 0 || right >= items || left == right) {
                throw new IllegalArgumentException(
                        "Two of %d items are compared, not %d and %d".formatted(items, left, right));
            }
            if (group < 0 || Math.abs(outcome) > 1 || !(counts >= 0 && counts < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "No comparison has group %d, outcome %d and weight %s".formatted(group, outcome, counts));
            }
            if (!(portion > 0 && portion <= 1)) {
                throw new IllegalArgumentException("A probability is 0 to 1, not " + portion);
            }
            if (size == cell.length) {
                this.group = Arrays.copyOf(this.group, 2 * size);
                cell = Arrays.copyOf(cell, 2 * size);
                weight = Arrays.copyOf(weight, 2 * size);
                share = Arrays.copyOf(share, 2 * size);
            }
            this.group[size] = group;
            cell[size] = cell(items, left, right, outcome);
            share[size] = portion;
            weight[size++] = counts * portion;
            return this;
        }

        /** What was added. */
        public GroupedComparisons build() {
            return new GroupedComparisons(this);
        }
    }
}
