package org.diptych.campaign;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A member of a campaign with what they did in it.
 *
 * @param account the person
 * @param name what they sign in with
 * @param displayName what leads see
 * @param role {@code LEAD} or {@code ANNOTATOR}
 * @param simulated whether it is a program that plays an annotator
 * @param labels judgements that count
 * @param skips pairs passed over
 * @param medianActiveSeconds median active time of a judgement, or null before the first
 * @param lastLabelAt when the last judgement came in, or null before the first
 */
public record MemberActivity(
        UUID account,
        String name,
        String displayName,
        String role,
        boolean simulated,
        long labels,
        long skips,
        @Nullable Double medianActiveSeconds,
        @Nullable Instant lastLabelAt) {}
