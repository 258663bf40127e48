package org.diptych.service.reward;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A trained model with where it comes from and how good it is.
 *
 * @param id row
 * @param campaign its campaign
 * @param number 1, 2, … within the campaign
 * @param state candidate, active (its scores choose the next pairs) or retired
 * @param digest SHA-256 of the stored parameters
 * @param encoderId the encoder whose features it reads
 * @param snapshotDigest the labels it was trained on
 * @param labels how many they were
 * @param accuracy held-out share of right verdicts on the uniform stratum, ties left out; null when undefined
 * @param accuracyLow lower end of its 95 % interval (bootstrap over source images)
 * @param accuracyHigh upper end
 * @param evaluatedPairs pairs it was judged on
 * @param majorityRate accuracy of always naming the commonest verdict
 * @param comparison JSON: difference to the version that was active before, with interval, and the decision
 * @param card JSON model card
 */
public record ModelVersion(
        UUID id,
        UUID campaign,
        int number,
        State state,
        String digest,
        String encoderId,
        String snapshotDigest,
        int labels,
        @Nullable Double accuracy,
        @Nullable Double accuracyLow,
        @Nullable Double accuracyHigh,
        int evaluatedPairs,
        @Nullable Double majorityRate,
        String comparison,
        String card,
        Instant createdAt,
        @Nullable Instant promotedAt) {
    /** Where a version stands. */
    public enum State {
        CANDIDATE,
        ACTIVE,
        RETIRED
    }
}
