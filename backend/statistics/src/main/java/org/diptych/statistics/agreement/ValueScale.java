package org.diptych.statistics.agreement;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The values a rating can have, each known by its index {@code 0 .. size - 1}, lowest first.
 *
 * <p>Values are told apart by equality of the value itself, never by a hash or by another text that looks like it. A
 * declared scale counts all its values as categories, used or not: that matters for the coefficients whose chance
 * agreement depends on their number (AC1, AC2, Brennan-Prediger).
 */
public final class ValueScale {
    private final List<String> names;
    private final double @Nullable [] numbers;
    private final boolean ordered;
    private final Map<Object, Integer> indexes = new HashMap<>();

    private ValueScale(List<String> names, double @Nullable [] numbers, boolean ordered) {
        this.names = List.copyOf(names);
        this.numbers = numbers;
        this.ordered = ordered;
        for (var index = 0; index < names.size(); index++) {
            Object value = numbers == null ? names.get(index) : (Object) numbers[index];
            if (indexes.put(value, index) != null) {
                throw new IllegalArgumentException("The value %s occurs twice in the scale".formatted(value));
            }
        }
    }

    /**
     * A scale of numbers, put into ascending order.
     *
     * @throws IllegalArgumentException if a number is not finite or occurs twice
     */
    public static ValueScale numbers(double... values) {
        var sorted = Arrays.stream(values).map(value -> value + 0.0).sorted().toArray();
        for (var value : sorted) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("A scale of numbers cannot have the value " + value);
            }
        }
        return new ValueScale(Arrays.stream(sorted).mapToObj(ValueScale::text).toList(), sorted, true);
    }

    /** The whole numbers from {@code lowest} to {@code highest}, both included. */
    public static ValueScale range(int lowest, int highest) {
        return numbers(IntStream.rangeClosed(lowest, highest).asDoubleStream().toArray());
    }

    /**
     * A scale of words with an order but no distances: nominal and ordinal coefficients only.
     *
     * @throws IllegalArgumentException if a word occurs twice
     */
    public static ValueScale ordered(List<String> lowestFirst) {
        return new ValueScale(lowestFirst, null, true);
    }

    /**
     * A scale of words without an order: nominal coefficients only.
     *
     * @throws IllegalArgumentException if a word occurs twice
     */
    public static ValueScale named(List<String> values) {
        return new ValueScale(values, null, false);
    }

    /** Number of values. */
    public int size() {
        return names.size();
    }

    /** The value with this index as text; whole numbers without a fraction. */
    public String name(int index) {
        return names.get(index);
    }

    /** All values as text, lowest first. */
    public List<String> names() {
        return names;
    }

    /**
     * Index of a number.
     *
     * @throws IllegalArgumentException if it is not a value of this scale
     */
    public int indexOf(double value) {
        return indexOfKey(value + 0.0);
    }

    /**
     * Index of a word.
     *
     * @throws IllegalArgumentException if it is not a value of this scale
     */
    public int indexOf(String value) {
        return indexOfKey(value);
    }

    /** Whether coefficients of this level make sense for these values. */
    public boolean supports(Level level) {
        return switch (level) {
            case NOMINAL -> true;
            case ORDINAL -> ordered;
            case INTERVAL -> numbers != null;
            case RATIO -> numbers != null && (numbers.length == 0 || numbers[0] >= 0);
        };
    }

    /** The number itself, or the rank (from 0) on a scale of words. */
    double position(int index) {
        return numbers == null ? index : numbers[index];
    }

    private int indexOfKey(Object value) {
        var index = indexes.get(value);
        if (index == null) {
            throw new IllegalArgumentException("%s is not a value of the scale %s".formatted(value, names));
        }
        return index;
    }

    private static String text(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }

    @Override
    public String toString() {
        return names.toString();
    }
}
