package org.diptych.quality;

/**
 * How near an annotator's gold answers came to the known ones: the mean of their scores
 * ({@link org.diptych.protocol.AnswerScore}), with Wilson's 95 % interval for a share of as many cases (Wilson 1927).
 * Scores may be halves, and values between 0 and 1 never vary more than a share of the same mean does: the interval is on
 * the wide side.
 *
 * @param answers gold pairs answered
 * @param mean 0 to 1
 * @param low lower end of the interval
 * @param high upper end
 */
public record GoldAccuracy(int answers, double mean, double low, double high) {
    private static final double Z = 1.959963984540054;

    static GoldAccuracy of(int answers, double sum) {
        if (answers < 1) {
            throw new IllegalArgumentException("there is no accuracy without an answer");
        }
        double mean = sum / answers;
        double centre = (mean + Z * Z / (2 * answers)) / (1 + Z * Z / answers);
        double half =
                Z / (1 + Z * Z / answers) * Math.sqrt(mean * (1 - mean) / answers + Z * Z / (4.0 * answers * answers));
        return new GoldAccuracy(answers, mean, Math.max(0, centre - half), Math.min(1, centre + half));
    }
}
