package org.diptych.agreement;

import java.util.Arrays;

/**
 * How one unit was rated: the value indexes of its ratings, ascending, whoever gave them. The key under which a
 * database can keep the state of a unit.
 *
 * <p>{@link #toString()} is a stable text such as {@code 0,0,2}, empty for no ratings; {@link #parse} reads it back.
 */
public final class Pattern implements Comparable<Pattern> {
    static final Pattern EMPTY = new Pattern(new int[0]);

    private final int[] values;

    private Pattern(int[] ascending) {
        this.values = ascending;
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
        if (ascending.length > 0 && ascending[0] < 0) {
            throw new IllegalArgumentException("A value index cannot be negative: " + ascending[0]);
        }
        return new Pattern(ascending);
    }

    /**
     * Reads what {@link #toString()} wrote.
     *
     * @throws IllegalArgumentException if the text is not a list of value indexes
     */
    public static Pattern parse(String text) {
        if (text.isEmpty()) {
            return EMPTY;
        }
        try {
            return of(Arrays.stream(text.split(",")).mapToInt(Integer::parseInt).toArray());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"%s\" is not a rating pattern such as 0,0,2".formatted(text), e);
        }
    }

    /** Number of ratings. */
    public int ratings() {
        return values.length;
    }

    /** The pattern with one rating more. */
    public Pattern plus(int valueIndex) {
        if (valueIndex < 0) {
            throw new IllegalArgumentException("A value index cannot be negative: " + valueIndex);
        }
        var more = Arrays.copyOf(values, values.length + 1);
        var place = values.length;
        while (place > 0 && values[place - 1] > valueIndex) {
            more[place] = values[--place];
        }
        more[place] = valueIndex;
        return new Pattern(more);
    }

    /**
     * The pattern with one rating less.
     *
     * @throws IllegalArgumentException if no rating has this value
     */
    public Pattern minus(int valueIndex) {
        var place = Arrays.binarySearch(values, valueIndex);
        if (place < 0) {
            throw new IllegalArgumentException(
                    "The pattern %s has no rating with value index %d".formatted(this, valueIndex));
        }
        var fewer = Arrays.copyOf(values, values.length - 1);
        System.arraycopy(values, place + 1, fewer, place, fewer.length - place);
        return new Pattern(fewer);
    }

    int value(int rating) {
        return values[rating];
    }

    int highestValue() {
        return values.length == 0 ? -1 : values[values.length - 1];
    }

    /** By number of ratings, then by values: the canonical order of a histogram. */
    @Override
    public int compareTo(Pattern other) {
        var bySize = Integer.compare(values.length, other.values.length);
        return bySize != 0 ? bySize : Arrays.compare(values, other.values);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Pattern pattern && Arrays.equals(values, pattern.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        for (var value : values) {
            text.append(text.isEmpty() ? "" : ",").append(value);
        }
        return text.toString();
    }
}
