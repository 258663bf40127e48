package org.diptych.statistics.evaluation;

/**
 * A metric as it was published and its corrected form, on the same answers, with what no model at all would reach.
 *
 * @param published as the published code computes it, faults included
 * @param corrected the figure to report
 * @param interval of the corrected figure, over source images
 * @param majority what the most frequent answer, given every time, would reach
 * @param random what answers drawn uniformly would reach on average
 * @param cases what was counted: pairs, groups or ratings
 * @param groups source images that they come from
 */
public record SideBySide(
        Measure published,
        Measure corrected,
        Estimate interval,
        Measure majority,
        Measure random,
        int cases,
        int groups) {}
