package org.diptych.statistics.agreement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts units by pattern while ratings come. Every pattern met gets a number, and the step "this pattern and one
 * rating more" is remembered, so a rating costs one look-up in a small table, whatever the number of units.
 */
final class PatternCounter {
    static final int EMPTY = 0;

    /** Ratings up to which a unit goes step by step; with more, the patterns on the way would fill the memory. */
    private static final int MOST_STEPS = 8;

    private final int values;
    private final List<Pattern> patterns = new ArrayList<>();
    private final Map<Pattern, Integer> numbers = new HashMap<>();
    private long[] units = new long[64];
    // open addressing: key = pattern * values + value + 1, 0 = free
    private long[] stepKeys = new long[256];
    private int[] stepTargets = new int[256];
    private int steps;

    PatternCounter(int values) {
        this.values = values;
        number(Pattern.EMPTY);
    }

    /** Number of the pattern that has one rating more than the given one. */
    int plus(int pattern, int value) {
        if (value < 0 || value >= values) {
            throw new IllegalArgumentException(
                    "Value index %d is outside the scale of %d values".formatted(value, values));
        }
        var key = (long) pattern * values + value + 1;
        var slot = slot(stepKeys, key);
        if (stepKeys[slot] == key) {
            return stepTargets[slot];
        }
        var target = number(patterns.get(pattern).plus(value));
        remember(slot, key, target);
        return target;
    }

    /** Number of the pattern of these ratings, from one index of an array until another. */
    int number(int[] ratings, int from, int until) {
        if (until - from > MOST_STEPS) {
            return number(Pattern.of(Arrays.copyOfRange(ratings, from, until)));
        }
        var pattern = EMPTY;
        for (var rating = from; rating < until; rating++) {
            pattern = plus(pattern, ratings[rating]);
        }
        return pattern;
    }

    /** Number of a pattern, a new one if it was never met. */
    int number(Pattern pattern) {
        var known = numbers.get(pattern);
        if (known != null) {
            return known;
        }
        if (pattern.highestValue() >= values) {
            throw new IllegalArgumentException(
                    "The pattern %s has a value outside the scale of %d values".formatted(pattern, values));
        }
        var number = patterns.size();
        patterns.add(pattern);
        numbers.put(pattern, number);
        if (number == units.length) {
            units = Arrays.copyOf(units, 2 * number);
        }
        return number;
    }

    /** Adds units to the count of a pattern. */
    void count(int pattern, long more) {
        units[pattern] += more;
    }

    /** The counts as they are now. */
    PatternHistogram histogram(ValueScale scale) {
        var rows = new ArrayList<PatternHistogram.Row>();
        for (var number = EMPTY + 1; number < patterns.size(); number++) {
            if (units[number] != 0) {
                rows.add(new PatternHistogram.Row(patterns.get(number), units[number]));
            }
        }
        return PatternHistogram.of(scale, rows);
    }

    private void remember(int slot, long key, int target) {
        stepKeys[slot] = key;
        stepTargets[slot] = target;
        if (2 * ++steps < stepKeys.length) {
            return;
        }
        var oldKeys = stepKeys;
        var oldTargets = stepTargets;
        stepKeys = new long[2 * oldKeys.length];
        stepTargets = new int[2 * oldKeys.length];
        for (var old = 0; old < oldKeys.length; old++) {
            if (oldKeys[old] != 0) {
                var place = slot(stepKeys, oldKeys[old]);
                stepKeys[place] = oldKeys[old];
                stepTargets[place] = oldTargets[old];
            }
        }
    }

    /** Where the key is, or the free place where it belongs. */
    private static int slot(long[] keys, long key) {
        var mask = keys.length - 1;
        var mixed = key * 0x9E3779B97F4A7C15L;
        var slot = (int) (mixed >>> 32) & mask;
        while (keys[slot] != 0 && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }
}
