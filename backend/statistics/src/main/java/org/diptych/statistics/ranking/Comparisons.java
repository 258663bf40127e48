package org.diptych.statistics.ranking;

import org.jspecify.annotations.Nullable;

/**
 * Pairwise comparisons in parallel arrays: two items as they stood on the screen, who compared them, and the outcome (1
 * = left preferred, -1 = right preferred, 0 = tie).
 */
public final class Comparisons {

    private final int items;
    private final int annotators;
    private final int[] left;
    private final int[] right;
    private final int[] annotator;
    private final int[] outcome;
    private final double @Nullable [] weight;

    private Comparisons(
            int items,
            int annotators,
            int[] left,
            int[] right,
            int[] annotator,
            int[] outcome,
            double @Nullable [] weight) {
        this.items = items;
        this.annotators = annotators;
        this.left = left;
        this.right = right;
        this.annotator = annotator;
        this.outcome = outcome;
        this.weight = weight;
    }

    /** Comparisons of nobody in particular, each of which counts so often; the arrays are taken as they are. */
    static Comparisons weighted(int items, int[] left, int[] right, int[] outcome, double[] weight) {
        return new Comparisons(items, 1, left, right, new int[left.length], outcome, weight);
    }

    /**
     * Copies one row per comparison.
     *
     * @throws IllegalArgumentException when the arrays differ in length or a row is out of range; the message names it
     */
    public static Comparisons of(int items, int annotators, int[] left, int[] right, int[] annotator, int[] outcome) {
        if (left.length != right.length || left.length != annotator.length || left.length != outcome.length) {
            throw new IllegalArgumentException(
                    "Need a left and a right item, an annotator and an outcome per comparison, but got %d, %d, %d and %d"
                            .formatted(left.length, right.length, annotator.length, outcome.length));
        }
        for (int row = 0; row < left.length; row++) {
            checkRange("left item", row, left[row], 0, items - 1);
            checkRange("right item", row, right[row], 0, items - 1);
            checkRange("annotator", row, annotator[row], 0, annotators - 1);
            checkRange("outcome", row, outcome[row], -1, 1);
            if (left[row] == right[row]) {
                throw new IllegalArgumentException("Row %d: item %d is compared with itself".formatted(row, left[row]));
            }
        }
        return new Comparisons(
                items, annotators, left.clone(), right.clone(), annotator.clone(), outcome.clone(), null);
    }

    private static void checkRange(String field, int row, int value, int low, int high) {
        if (value < low || value > high) {
            throw new IllegalArgumentException(
                    "Row %d: %s must be %d to %d, not %d".formatted(row, field, low, high, value));
        }
    }

    public int items() {
        return items;
    }

    public int annotators() {
        return annotators;
    }

    public int size() {
        return left.length;
    }

    public int left(int row) {
        return left[row];
    }

    public int right(int row) {
        return right[row];
    }

    public int annotator(int row) {
        return annotator[row];
    }

    public int outcome(int row) {
        return outcome[row];
    }

    /** How often a comparison counts. */
    double weight(int row) {
        return weight == null ? 1 : weight[row];
    }

    /** Whether at least one comparison has this outcome. */
    boolean hasTie() {
        for (int value : outcome) {
            if (value == 0) {
                return true;
            }
        }
        return false;
    }
}
