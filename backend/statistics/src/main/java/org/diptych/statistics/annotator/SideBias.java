package org.diptych.statistics.annotator;

import org.apache.commons.statistics.inference.BinomialTest;
import org.diptych.statistics.evaluation.WilsonInterval;

/**
 * How often the picture at the left was preferred, of the answers that prefer one. Sides are drawn at random for each
 * answer, so half is expected whatever the pictures are, and answers are independent tosses even on the same pair.
 *
 * @param left answers for the picture at the left
 * @param decided answers that prefer one of the two, 1 or more
 * @param share {@code left / decided}
 * @param interval Wilson's 95 % interval of the share
 * @param pValue of the exact two-sided binomial test of one half
 */
public record SideBias(long left, long decided, double share, WilsonInterval interval, double pValue) {
    /**
     * The bias in some answers.
     *
     * @throws IllegalArgumentException if there are none, or fewer than are for the left
     */
    public static SideBias of(long left, long decided) {
        if (left < 0 || decided < 1 || left > decided) {
            throw new IllegalArgumentException("%d of %d answers cannot be for the left".formatted(left, decided));
        }
        var share = (double) left / decided;
        return new SideBias(
                left,
                decided,
                share,
                WilsonInterval.of(share, Math.toIntExact(decided)),
                BinomialTest.withDefaults()
                        .test(Math.toIntExact(decided), Math.toIntExact(left), 0.5)
                        .getPValue());
    }
}
