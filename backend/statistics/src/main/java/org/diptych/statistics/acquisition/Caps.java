package org.diptych.statistics.acquisition;

/**
 * How many pairs of one batch may come from the same place; a guard against batches that ask one question many times.
 *
 * @param perItem most pairs of one item
 * @param perGroup most pairs of one group (source image)
 */
public record Caps(int perItem, int perGroup) {
    /** No limit. */
    public static final Caps NONE = new Caps(Integer.MAX_VALUE, Integer.MAX_VALUE);

    /** Checks the limits. */
    public Caps {
        if (perItem < 1 || perGroup < 1) {
            throw new IllegalArgumentException("Caps must be at least 1: %d, %d".formatted(perItem, perGroup));
        }
    }
}
