package org.diptych.statistics.replay;

import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a replay found.
 *
 * @param policies one report per arm, uniform first
 * @param uniformTarget mean held-out accuracy of uniform with the whole budget
 */
public record ReplayReport(List<PolicyReport> policies, double uniformTarget) {
    /**
     * One arm, averaged over the splits.
     *
     * @param policy its name
     * @param accuracy held-out accuracy by number of labels
     * @param accuracyStandardError its standard error over the splits
     * @param labelsToReachUniform fewest labels with which the mean accuracy reaches {@code uniformTarget}, to the
     *     resolution of one batch; null when it never does
     * @param gain mean over the budget (area under the curve) of the accuracy above uniform's, paired by split
     * @param standardError standard error of the gain over the splits
     * @param low lower end of the 95 % interval (Student's t) of the gain
     * @param high upper end
     * @param labelledPairs mean number of different pairs labelled with the whole budget
     * @param alpha what the overlap says about agreement
     */
    public record PolicyReport(
            String policy,
            SortedMap<Integer, Double> accuracy,
            SortedMap<Integer, Double> accuracyStandardError,
            @Nullable Integer labelsToReachUniform,
            double gain,
            double standardError,
            double low,
            double high,
            double labelledPairs,
            OverlapAlpha alpha) {}

    /**
     * Krippendorff's nominal alpha of the verdicts in the pairs with several labels, with the whole budget, averaged over
     * the splits where it is defined.
     *
     * @param value null when undefined in all splits
     * @param intervalWidth mean width of the 95 % bootstrap interval (percentile, over pairs), null likewise
     * @param pairs mean number of pairs with at least two labels
     * @param reason why there is no value
     */
    public record OverlapAlpha(
            @Nullable Double value,
            @Nullable Double intervalWidth,
            double pairs,
            @Nullable String reason) {}

    /** The report of one arm. */
    public PolicyReport of(String policy) {
        return policies.stream()
                .filter(report -> report.policy().equals(policy))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No arm is called " + policy));
    }
}
