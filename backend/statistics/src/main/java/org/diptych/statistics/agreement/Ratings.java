package org.diptych.statistics.agreement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who gave which value to which unit. A missing rating is simply not there; any number of annotators, in any pattern.
 * Immutable, 8 bytes a rating.
 */
public final class Ratings {
    private final ValueScale scale;
    private final List<String> annotators;
    // unit u has the entries starts[u] until starts[u + 1]
    private final int[] starts;
    private final int[] raters;
    private final int[] values;

    private Ratings(ValueScale scale, List<String> annotators, int[] starts, int[] raters, int[] values) {
        this.scale = scale;
        this.annotators = annotators;
        this.starts = starts;
        this.raters = raters;
        this.values = values;
    }

    /** Starts an empty table. */
    public static Builder builder(ValueScale scale) {
        return new Builder(scale);
    }

    /**
     * A table from parallel arrays, one entry per rating in any order: the way for bulk readers.
     *
     * @param annotators names, by annotator index
     * @param unit unit indexes from 0; indexes without a rating are allowed
     * @param annotator annotator indexes
     * @param value value indexes in the scale
     * @throws DuplicateRatingException if an annotator rated a unit twice
     * @throws IllegalArgumentException if the arrays differ in length or an index is out of range
     */
    public static Ratings of(ValueScale scale, List<String> annotators, int[] unit, int[] annotator, int[] value) {
        if (unit.length != annotator.length || unit.length != value.length) {
            throw new IllegalArgumentException("Units, annotators and values differ in number");
        }
        var units = 0;
        for (var row = 0; row < unit.length; row++) {
            if (unit[row] < 0 || annotator[row] < 0 || annotator[row] >= annotators.size()) {
                throw new IllegalArgumentException("Rating %d has a unit or annotator out of range".formatted(row));
            }
            if (value[row] < 0 || value[row] >= scale.size()) {
                throw new IllegalArgumentException("Rating %d has a value outside the scale %s".formatted(row, scale));
            }
            units = Math.max(units, unit[row] + 1);
        }
        var starts = new int[units + 1];
        for (var index : unit) {
            starts[index + 1]++;
        }
        Arrays.parallelPrefix(starts, Integer::sum);
        var next = Arrays.copyOf(starts, units);
        var raters = new int[unit.length];
        var values = new int[unit.length];
        for (var row = 0; row < unit.length; row++) {
            var place = next[unit[row]]++;
            raters[place] = annotator[row];
            values[place] = value[row];
        }
        var ratings = new Ratings(scale, List.copyOf(annotators), starts, raters, values);
        ratings.refuseDuplicates(unit, annotator);
        return ratings;
    }

    /** The values. */
    public ValueScale scale() {
        return scale;
    }

    /** Names of the annotators, by index. */
    public List<String> annotators() {
        return annotators;
    }

    /** How many units were rated in each distinct way. */
    public PatternHistogram histogram() {
        var counter = new PatternCounter(scale.size());
        for (var unit = 0; unit < units(); unit++) {
            counter.count(counter.number(values, starts[unit], starts[unit + 1]), 1);
        }
        return counter.histogram(scale);
    }

    /** Number of unit indexes, with or without ratings. */
    int units() {
        return starts.length - 1;
    }

    int start(int unit) {
        return starts[unit];
    }

    int end(int unit) {
        return starts[unit + 1];
    }

    int annotator(int entry) {
        return raters[entry];
    }

    int value(int entry) {
        return values[entry];
    }

    int size() {
        return values.length;
    }

    private void refuseDuplicates(int[] unit, int[] annotator) {
        var lastUnit = new int[annotators.size()];
        Arrays.fill(lastUnit, -1);
        for (var index = 0; index < units(); index++) {
            for (var entry = starts[index]; entry < starts[index + 1]; entry++) {
                if (lastUnit[raters[entry]] == index) {
                    throw duplicate(unit, annotator, index, raters[entry]);
                }
                lastUnit[raters[entry]] = index;
            }
        }
    }

    private DuplicateRatingException duplicate(int[] unit, int[] annotator, int doubleUnit, int doubleAnnotator) {
        var seen = false;
        for (var row = 0; row < unit.length; row++) {
            if (unit[row] == doubleUnit && annotator[row] == doubleAnnotator) {
                if (seen) {
                    return new DuplicateRatingException(
                            "The annotator %s rated the same unit twice".formatted(annotators.get(doubleAnnotator)),
                            row);
                }
                seen = true;
            }
        }
        throw new AssertionError("A duplicate must be among the rows");
    }

    /** Takes ratings in any order. Units and annotators are told apart by {@link Object#equals}. */
    public static final class Builder {
        private final ValueScale scale;
        private final Map<Object, Integer> units = new HashMap<>();
        private final Map<Object, Integer> annotators = new HashMap<>();
        private final List<String> names = new ArrayList<>();
        private int[] unit = new int[64];
        private int[] annotator = new int[64];
        private int[] value = new int[64];
        private int size;

        private Builder(ValueScale scale) {
            this.scale = scale;
        }

        /**
         * Adds a rating on a scale of numbers.
         *
         * @throws IllegalArgumentException if the value is not on the scale
         */
        public Builder add(Object unit, Object annotator, double value) {
            return append(unit, annotator, scale.indexOf(value));
        }

        /**
         * Adds a rating on a scale of words.
         *
         * @throws IllegalArgumentException if the value is not on the scale
         */
        public Builder add(Object unit, Object annotator, String value) {
            return append(unit, annotator, scale.indexOf(value));
        }

        /**
         * The table of all ratings added so far.
         *
         * @throws DuplicateRatingException if an annotator rated a unit twice
         */
        public Ratings build() {
            return of(
                    scale,
                    names,
                    Arrays.copyOf(unit, size),
                    Arrays.copyOf(annotator, size),
                    Arrays.copyOf(value, size));
        }

        private Builder append(Object unitKey, Object annotatorKey, int valueIndex) {
            if (size == unit.length) {
                unit = Arrays.copyOf(unit, 2 * size);
                annotator = Arrays.copyOf(annotator, 2 * size);
                value = Arrays.copyOf(value, 2 * size);
            }
            unit[size] = units.computeIfAbsent(unitKey, _ -> units.size());
            annotator[size] = annotators.computeIfAbsent(annotatorKey, key -> {
                names.add(key.toString());
                return annotators.size();
            });
            value[size++] = valueIndex;
            return this;
        }
    }
}
