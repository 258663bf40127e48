package org.diptych.service.quality;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.diptych.service.campaign.KnownUse;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a pair at present.
 *
 * @param pair the pair
 * @param item the item's id in its manifest
 * @param version counts the corrections, from 1
 * @param use what for
 * @param answers stored form: first and second in the order of the manifest
 * @param reason by language
 * @param origin where it comes from
 * @param createdBy name of the lead; null for a manifest
 * @param retired whether it is gold that is not handed out any more
 */
public record KnownAnswer(
        UUID pair,
        String item,
        int version,
        KnownUse use,
        Map<String, Object> answers,
        Map<String, String> reason,
        Origin origin,
        @Nullable String createdBy,
        Instant createdAt,
        boolean retired) {
    /** Where a known answer comes from. */
    public enum Origin {
        /** It was imported. */
        MANIFEST,
        /** A lead gave it. */
        LEAD,
        /** The annotators' labels agreed on it, and a lead took that. */
        CONSENSUS,
        /** An adjudicator decided it, and made it known in the same step. */
        ADJUDICATION
    }
}
