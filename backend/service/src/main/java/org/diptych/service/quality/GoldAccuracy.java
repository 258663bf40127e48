package org.diptych.service.quality;

import org.diptych.statistics.evaluation.WilsonInterval;

/**
 * How near an annotator's gold answers came to the known ones: the mean of their scores
 * ({@link org.diptych.protocol.AnswerScore}), with Wilson's 95 % interval for a share of as many cases.
 * Scores may be halves, and values between 0 and 1 never vary more than a share of the same mean does: the interval is on
 * the wide side.
 *
 * @param answers gold pairs answered
 * @param mean 0 to 1
 * @param low lower end of the interval
 * @param high upper end
 */
public record GoldAccuracy(int answers, double mean, double low, double high) {
    /**
     * What some answers come to.
     *
     * @param answers 1 or more
     * @param sum of their scores
     */
    public static GoldAccuracy of(int answers, double sum) {
        double mean = sum / Math.max(1, answers);
        var interval = WilsonInterval.of(mean, answers);
        return new GoldAccuracy(answers, mean, interval.low(), interval.high());
    }
}
