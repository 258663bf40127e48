package org.diptych.statistics.agreement;

import java.util.Arrays;

/**
 * How one unit was rated: how many ratings it has of each value, whoever gave them.
 *
 * <p>{@link #toString()} is a stable text, the value indexes of the ratings in ascending order such as {@code 0,0,2},
 * empty for no ratings.
 */
public final class Pattern implements Comparable<Pattern> {
    static final Pattern EMPTY = new Pattern(new int[0], new int[0]);

    /** Takes the pairs of ratings of a unit, grouped by their values. */
    interface PairVisitor {
        /**
         * Takes all pairs with these values.
         *
         * @param low value index
         * @param high value index, not below {@code low}
         * @param pairs number of unordered pairs of ratings
         */
        void visit(int low, int high, double pairs);
    }

    // the values that occur, ascending, and how often each does
    private final int[] values;
    private final int[] times;
    private final int ratings;

    private Pattern(int[] values, int[] times) {
        this.values = values;
        this.times = times;
        this.ratings = Arrays.stream(times).sum();
    }

    /**
     * The pattern of these ratings.
     *
     * @param valueIndexes in any order, one per rating
     * @throws IllegalArgumentException if an index is negative
     */
    public static Pattern of(int... valueIndexes) {
        var ascending = valueIndexes.clone();
        Arrays.sort(ascending);
        if (ascending.length > 0) {
            checkIndex(ascending[0]);
        }
        var values = new int[ascending.length];
        var times = new int[ascending.length];
        var distinct = 0;
        for (var value : ascending) {
            if (distinct == 0 || values[distinct - 1] != value) {
                values[distinct++] = value;
            }
            times[distinct - 1]++;
        }
        return new Pattern(Arrays.copyOf(values, distinct), Arrays.copyOf(times, distinct));
    }

    /** Number of ratings. */
    public int ratings() {
        return ratings;
    }

    /** The pattern with one rating more. */
    Pattern plus(int valueIndex) {
        checkIndex(valueIndex);
        var place = Arrays.binarySearch(values, valueIndex);
        if (place >= 0) {
            return withTimes(place, times[place] + 1);
        }
        place = -place - 1;
        var moreValues = Arrays.copyOf(values, values.length + 1);
        var moreTimes = Arrays.copyOf(times, times.length + 1);
        System.arraycopy(values, place, moreValues, place + 1, values.length - place);
        System.arraycopy(times, place, moreTimes, place + 1, times.length - place);
        moreValues[place] = valueIndex;
        moreTimes[place] = 1;
        return new Pattern(moreValues, moreTimes);
    }

    /** Number of values that occur. */
    int distinct() {
        return values.length;
    }

    /** Index of the n-th value that occurs. */
    int value(int number) {
        return values[number];
    }

    /** How many ratings have the n-th value that occurs. */
    int times(int number) {
        return times[number];
    }

    int highestValue() {
        return values.length == 0 ? -1 : values[values.length - 1];
    }

    void visitPairs(PairVisitor visitor) {
        for (var high = 0; high < values.length; high++) {
            visitor.visit(values[high], values[high], times[high] * (times[high] - 1.0) / 2);
            for (var low = 0; low < high; low++) {
                visitor.visit(values[low], values[high], (double) times[low] * times[high]);
            }
        }
    }

    /** Number of unordered pairs of ratings. */
    double pairs() {
        return ratings * (ratings - 1.0) / 2;
    }

    private Pattern withTimes(int place, int changed) {
        var otherTimes = times.clone();
        otherTimes[place] = changed;
        return new Pattern(values, otherTimes);
    }

    private static void checkIndex(int valueIndex) {
        if (valueIndex < 0) {
            throw new IllegalArgumentException("A value index cannot be negative: " + valueIndex);
        }
    }

    /** By number of ratings, then by values and their numbers: the canonical order of a histogram. */
    @Override
    public int compareTo(Pattern other) {
        var bySize = Integer.compare(ratings, other.ratings);
        var byValues = bySize != 0 ? bySize : Arrays.compare(values, other.values);
        return byValues != 0 ? byValues : Arrays.compare(times, other.times);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Pattern pattern
                && Arrays.equals(values, pattern.values)
                && Arrays.equals(times, pattern.times);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(values) + Arrays.hashCode(times);
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        for (var number = 0; number < values.length; number++) {
            for (var time = 0; time < times[number]; time++) {
                text.append(text.isEmpty() ? "" : ",").append(values[number]);
            }
        }
        return text.toString();
    }
}
