package org.diptych.statistics.agreement;

/**
 * Level of measurement of the values, which fixes Krippendorff's squared distance between two of them (Krippendorff,
 * "Computing Krippendorff's Alpha-Reliability", 2011).
 */
public enum Level {
    /** Values are names: the squared distance of two different values is 1. */
    NOMINAL,
    /**
     * Values have an order: the squared distance is the squared difference of their mid-ranks among all pairable
     * ratings. It depends on the ratings themselves, so it is recomputed on every reading.
     */
    ORDINAL,
    /** Values are numbers and differences mean the same everywhere: {@code (c - k)²}. */
    INTERVAL,
    /** Values are numbers from zero and proportions matter: {@code ((c - k) / (c + k))²}, 0 where both are 0. */
    RATIO
}
