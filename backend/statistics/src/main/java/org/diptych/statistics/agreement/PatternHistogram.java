package org.diptych.statistics.agreement;

import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/**
 * How many units were rated in each distinct way: all that is needed for every coefficient that does not ask who gave
 * which rating. Immutable; its rows stand in a canonical order, so equal ratings give bit-identical coefficients and
 * intervals however they arrived.
 */
public final class PatternHistogram {
    /** Stands for "not rated" in {@link Builder#addUnit}. */
    public static final int MISSING = -1;

    /**
     * One row, as a database can keep it.
     *
     * @param pattern how the units were rated
     * @param units how many of them there are, positive
     */
    public record Row(Pattern pattern, long units) {
        /** Refuses a count below 1. */
        public Row {
            if (units < 1) {
                throw new IllegalArgumentException("The pattern %s cannot have %d units".formatted(pattern, units));
            }
        }
    }

    private final ValueScale scale;
    private final List<Row> rows;
    private final Counts counts;

    private PatternHistogram(ValueScale scale, List<Row> rows) {
        this.scale = scale;
        this.rows = rows;
        long units = 0;
        long pairable = 0;
        long ratings = 0;
        for (var row : rows) {
            units += row.units;
            pairable += row.pattern.ratings() >= 2 ? row.units : 0;
            ratings += row.units * row.pattern.ratings();
        }
        this.counts = new Counts(units, pairable, ratings);
    }

    /**
     * The histogram with these rows. Rows of the same pattern are added up, units without a rating are left out.
     *
     * @throws IllegalArgumentException if a pattern has a value outside the scale
     */
    public static PatternHistogram of(ValueScale scale, Collection<Row> rows) {
        var sorted = new TreeMap<Pattern, Long>();
        for (var row : rows) {
            if (row.pattern.highestValue() >= scale.size()) {
                throw new IllegalArgumentException(
                        "The pattern %s has a value outside the scale %s".formatted(row.pattern, scale));
            }
            if (row.pattern.ratings() > 0) {
                sorted.merge(row.pattern, row.units, Math::addExact);
            }
        }
        return new PatternHistogram(
                scale,
                sorted.entrySet().stream()
                        .map(entry -> new Row(entry.getKey(), entry.getValue()))
                        .toList());
    }

    /** Starts a histogram of raw ratings that are at hand unit by unit. */
    public static Builder builder(ValueScale scale) {
        return new Builder(scale);
    }

    /** The values. */
    public ValueScale scale() {
        return scale;
    }

    /** Distinct patterns in ascending order, with their units. */
    public List<Row> rows() {
        return rows;
    }

    /** Numbers of units and ratings. */
    public Counts counts() {
        return counts;
    }

    int patterns() {
        return rows.size();
    }

    Pattern pattern(int row) {
        return rows.get(row).pattern;
    }

    long[] frequencies() {
        return rows.stream().mapToLong(Row::units).toArray();
    }

    /** Takes one unit after another and keeps no more than the counts of the patterns. */
    public static final class Builder {
        private final ValueScale scale;
        private final PatternCounter counter;
        private int[] present = new int[0];

        private Builder(ValueScale scale) {
            this.scale = scale;
            this.counter = new PatternCounter(scale.size());
        }

        /**
         * Adds a unit.
         *
         * @param valueIndexes one per annotator, {@link #MISSING} where there is no rating
         * @throws IllegalArgumentException if an index is outside the scale
         */
        public Builder addUnit(int... valueIndexes) {
            if (present.length < valueIndexes.length) {
                present = new int[valueIndexes.length];
            }
            var size = 0;
            for (var value : valueIndexes) {
                if (value != MISSING) {
                    present[size++] = value;
                }
            }
            counter.count(counter.number(present, 0, size), 1);
            return this;
        }

        /** The histogram of the units added so far. */
        public PatternHistogram build() {
            return counter.histogram(scale);
        }
    }
}
