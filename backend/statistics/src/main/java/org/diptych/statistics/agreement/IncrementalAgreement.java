package org.diptych.statistics.agreement;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The state of agreement while ratings are given, changed and taken back. A change costs the same whatever the number of
 * units and ratings; a reading is exact, since the state is whole numbers only, and equals that of all ratings at once.
 *
 * <p>The state is one {@link UnitRow} a unit. A database that keeps those rows and one row of
 * {@link PatternHistogram.Row} a pattern can do the same steps itself with {@link Pattern#plus} and
 * {@link Pattern#minus}: one unit less in the old pattern's row, one more in the new one's.
 *
 * <p>Not safe for use by several threads.
 *
 * @param <U> what identifies a unit, by {@link Object#equals}
 */
public final class IncrementalAgreement<U> {
    /**
     * One row of the state.
     *
     * @param unit the unit
     * @param pattern how it is rated
     */
    public record UnitRow<U>(U unit, Pattern pattern) {}

    private final ValueScale scale;
    private final PatternCounter counter;
    private final Map<U, Integer> patterns = new HashMap<>();

    /** An empty state. */
    public IncrementalAgreement(ValueScale scale) {
        this.scale = scale;
        this.counter = new PatternCounter(scale.size());
    }

    /**
     * The state that these rows describe.
     *
     * @throws IllegalArgumentException if a unit has two rows or a pattern a value outside the scale
     */
    public static <U> IncrementalAgreement<U> of(ValueScale scale, Collection<UnitRow<U>> rows) {
        var state = new IncrementalAgreement<U>(scale);
        for (var row : rows) {
            if (state.patterns.containsKey(row.unit())) {
                throw new IllegalArgumentException("The unit %s has two rows".formatted(row.unit()));
            }
            state.move(row.unit(), PatternCounter.EMPTY, state.counter.number(row.pattern()));
        }
        return state;
    }

    /**
     * Adds a rating to a unit.
     *
     * @throws IllegalArgumentException if the value index is outside the scale
     */
    public void add(U unit, int valueIndex) {
        var old = number(unit);
        move(unit, old, counter.plus(old, valueIndex));
    }

    /**
     * Takes a rating back.
     *
     * @throws IllegalArgumentException if the unit has no rating with this value
     */
    public void retract(U unit, int valueIndex) {
        var old = number(unit);
        move(unit, old, counter.minus(old, valueIndex));
    }

    /**
     * Changes the value of a rating. The state stays as it was if that is impossible.
     *
     * @throws IllegalArgumentException if the unit has no rating with the old value or the new one is outside the scale
     */
    public void replace(U unit, int oldValueIndex, int newValueIndex) {
        var old = number(unit);
        move(unit, old, counter.plus(counter.minus(old, oldValueIndex), newValueIndex));
    }

    /** How a unit is rated now. */
    public Pattern pattern(U unit) {
        return counter.pattern(number(unit));
    }

    /** The whole state: the rated units in no particular order. */
    public List<UnitRow<U>> rows() {
        return patterns.entrySet().stream()
                .map(entry -> new UnitRow<>(entry.getKey(), counter.pattern(entry.getValue())))
                .toList();
    }

    /** What to read coefficients from; its time depends on the number of distinct patterns only. */
    public PatternHistogram histogram() {
        return counter.histogram(scale);
    }

    private int number(U unit) {
        return patterns.getOrDefault(unit, PatternCounter.EMPTY);
    }

    private void move(U unit, int from, int to) {
        if (from != PatternCounter.EMPTY) {
            counter.count(from, -1);
        }
        if (to == PatternCounter.EMPTY) {
            patterns.remove(unit);
        } else {
            counter.count(to, 1);
            patterns.put(unit, to);
        }
    }
}
