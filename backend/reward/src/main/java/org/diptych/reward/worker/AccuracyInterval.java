package org.diptych.reward.worker;

import java.util.Optional;
import java.util.SplittableRandom;
import org.diptych.statistics.evaluation.Estimate;
import org.diptych.statistics.evaluation.GroupBootstrap;
import org.diptych.statistics.evaluation.PairwiseAccuracy;
import org.diptych.statistics.evaluation.ScoredPairs;
import org.diptych.statistics.evaluation.TieThreshold;

/**
 * 95 % interval of a share of right verdicts, ties left out.
 *
 * @param low lower end
 * @param high upper end
 */
record AccuracyInterval(double low, double high) {
    private static final long SEED = 1;
    private static final double TAIL = 0.025;

    /**
     * The bootstrap over source images. Where all verdicts are right (or all wrong) every resample is the same and the
     * bootstrap would claim certainty; then the exact binomial bound (Clopper and Pearson 1934), which has a closed form
     * there, with each source image counted once, as pairs of one image are no independent cases.
     *
     * @return empty where the pairs allow no interval
     */
    static Optional<AccuracyInterval> of(ScoredPairs pairs) {
        var right = PairwiseAccuracy.correctness(pairs, TieThreshold.NEVER);
        if (!(GroupBootstrap.STANDARD.mean(right, pairs.groups(), new SplittableRandom(SEED))
                instanceof Estimate.Interval interval)) {
            return Optional.empty();
        }
        double bound = Math.pow(TAIL, 1.0 / interval.groups());
        if (interval.value() == 1) {
            return Optional.of(new AccuracyInterval(bound, 1));
        }
        if (interval.value() == 0) {
            return Optional.of(new AccuracyInterval(0, 1 - bound));
        }
        return Optional.of(new AccuracyInterval(interval.low(), interval.high()));
    }
}
