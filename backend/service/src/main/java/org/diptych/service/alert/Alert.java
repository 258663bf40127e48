package org.diptych.service.alert;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that waits for a lead, or, without a campaign, for an administrator.
 *
 * @param id its id
 * @param campaign the campaign; null where it concerns the installation
 * @param campaignName its name; null likewise
 * @param kind what it is
 * @param subject what of the kind: a training run, an annotator; empty where there is one of the kind at most
 * @param state whether somebody has seen to it
 * @param figures what it rests on; those of the same kind have the same names
 * @param since when its cause was found
 * @param acknowledgedBy who has seen it; null for nobody
 * @param acknowledgedAt when; null for nobody
 * @param solvedAt when the cause was gone; null while it is there
 */
public record Alert(
        UUID id,
        @Nullable UUID campaign,
        @Nullable String campaignName,
        AlertKind kind,
        String subject,
        State state,
        Map<String, Object> figures,
        Instant since,
        @Nullable String acknowledgedBy,
        @Nullable Instant acknowledgedAt,
        @Nullable Instant solvedAt) {
    /** Whether it still waits. */
    public enum State {
        /** Nobody has seen to it. */
        OPEN,
        /** Somebody has; its cause is there still. */
        ACKNOWLEDGED,
        /** Its cause is gone. */
        SOLVED
    }
}
