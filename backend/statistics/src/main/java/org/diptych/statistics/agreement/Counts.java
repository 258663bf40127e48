package org.diptych.statistics.agreement;

/**
 * How much was rated.
 *
 * @param units units with a rating
 * @param pairable units with two ratings or more; only these can show agreement
 * @param ratings all ratings
 */
public record Counts(long units, long pairable, long ratings) {}
