package org.diptych.service.campaign;

/**
 * Slots by state: a slot is one label that a pair is to get.
 *
 * @param open nobody has the pair
 * @param leased an annotator has it, or had it and has not come back
 * @param filled the label is there
 */
public record SlotCount(long open, long leased, long filled) {
    static final SlotCount NONE = new SlotCount(0, 0, 0);

    /** All of them: the labels that are wanted. */
    public long wanted() {
        return open + leased + filled;
    }

    /** Share that is filled, 0 to 1; 0 when there are none. */
    public double share() {
        return wanted() == 0 ? 0 : (double) filled / wanted();
    }

    SlotCount plus(SlotCount other) {
        return new SlotCount(open + other.open, leased + other.leased, filled + other.filled);
    }
}
