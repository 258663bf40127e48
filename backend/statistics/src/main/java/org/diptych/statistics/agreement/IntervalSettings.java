package org.diptych.statistics.agreement;

/**
 * What intervals to compute.
 *
 * @param replicates bootstrap replicates
 * @param level nominal coverage between 0 and 1
 */
public record IntervalSettings(int replicates, double level) {
    /** 1,000 replicates, 95 %. */
    public static final IntervalSettings DEFAULT = new IntervalSettings(1000, 0.95);

    /** Refuses settings under which a percentile would lie outside the replicates. */
    public IntervalSettings {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("The level of an interval must lie between 0 and 1, not " + level);
        }
        if (replicates < 2 / (1 - level) - 1) {
            throw new IllegalArgumentException(
                    "%d bootstrap replicates cannot give a %s interval; use 1000".formatted(replicates, level));
        }
    }
}
