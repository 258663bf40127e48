package org.diptych.service.campaign;

import java.util.List;
import org.diptych.protocol.text.Sha256;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What a lead may change about a campaign. Numbers of labels hold for pairs that are imported later.
 *
 * @param uniformShare share of pairs in the uniform stratum, in (0, 1]
 * @param uniformLabels labels for each pair of the uniform stratum, 1..20
 * @param acquiredLabels labels for each other pair, 1..20
 * @param mostLabels labels that another pair may get in all, where more opinions on it are worth more than new pairs,
 *     acquiredLabels..20; equal to acquiredLabels: never more than those
 * @param leaseSeconds how long a pair is held for an annotator, 1..86400
 * @param prefetch pairs held ahead for an annotator, 1..20
 * @param lateLabels what becomes of late answers
 * @param retrainEvery new labels after which the model is trained again
 * @param retrainHours hours after the last training run at which the model is trained again even if fewer labels came, as
 *     long as there is one; null for never
 * @param acquisitionBatch pairs the model picks at a time
 * @param acquisitionPolicy name of the rule by which it picks
 */
public record CampaignSettings(
        double uniformShare,
        int uniformLabels,
        int acquiredLabels,
        int mostLabels,
        int leaseSeconds,
        int prefetch,
        LateLabels lateLabels,
        int retrainEvery,
        @Nullable Integer retrainHours,
        int acquisitionBatch,
        String acquisitionPolicy) {
    private static final int MOST_LABELS = 20;
    private static final int MOST_HOURS = 8_760;

    /** Overlap for measurement, breadth for learning. */
    public static final CampaignSettings DEFAULT =
            new CampaignSettings(0.1, 3, 1, 3, 1200, 5, LateLabels.EXTRA, 100, null, 100, "default");

    /** Tells these settings from others: what a lead has read, and changes only if it is still so. */
    public String tag() {
        return Sha256.hexadecimal(toString()).substring(0, 16);
    }

    /**
     * The same settings with one number of labels for every pair, no more and no fewer.
     *
     * @throws Problem {@code invalid_settings} naming {@code labelsPerPair} when it is not 1..20
     */
    public CampaignSettings withLabelsPerPair(int labels) {
        requireRange(labels, MOST_LABELS, "labelsPerPair");
        return new CampaignSettings(
                uniformShare,
                labels,
                labels,
                labels,
                leaseSeconds,
                prefetch,
                lateLabels,
                retrainEvery,
                retrainHours,
                acquisitionBatch,
                acquisitionPolicy);
    }

    /**
     * Checks the ranges and the name of the policy.
     *
     * @param policies names of the policies that there are
     * @return these settings
     * @throws Problem {@code invalid_settings} naming the first field that is out of range
     */
    CampaignSettings checked(List<String> policies) {
        require(uniformShare > 0 && uniformShare <= 1, "uniformShare", "more than 0, at most 1");
        requireRange(uniformLabels, MOST_LABELS, "uniformLabels");
        requireRange(acquiredLabels, MOST_LABELS, "acquiredLabels");
        requireRange(mostLabels, MOST_LABELS, "mostLabels");
        require(mostLabels >= acquiredLabels, "mostLabels", "at least acquiredLabels");
        requireRange(leaseSeconds, 86_400, "leaseSeconds");
        requireRange(prefetch, 20, "prefetch");
        requireRange(retrainEvery, Integer.MAX_VALUE, "retrainEvery");
        require(
                retrainHours == null || (retrainHours >= 1 && retrainHours <= MOST_HOURS),
                "retrainHours",
                "empty or a whole number from 1 to " + MOST_HOURS);
        requireRange(acquisitionBatch, Integer.MAX_VALUE, "acquisitionBatch");
        require(policies.contains(acquisitionPolicy), "acquisitionPolicy", "one of " + String.join(", ", policies));
        return this;
    }

    private static void requireRange(int value, int maximum, String field) {
        require(value >= 1 && value <= maximum, field, "a whole number from 1 to " + maximum);
    }

    private static void require(boolean condition, String field, String expected) {
        if (!condition) {
            throw Problem.invalid("invalid_settings", field, field + " must be " + expected + ".");
        }
    }
}
