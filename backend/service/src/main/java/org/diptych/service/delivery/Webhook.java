package org.diptych.service.delivery;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An address that is called with a campaign's alerts. */
public record Webhook(UUID id, String url, String createdBy, Instant createdAt) {
    /** A new one, with what it signs with: shown this once. */
    public record New(UUID id, String url, String secret) {}

    /**
     * A call.
     *
     * @param kind word of the alert's kind, or {@code test}
     * @param state {@code WAITING}, {@code DELIVERED} or {@code GIVEN_UP}
     * @param status what the latest attempt was answered; null for no answer
     * @param error why the latest attempt failed
     * @param nextAt when it is tried next; null when it has ended
     */
    public record Delivery(
            UUID id,
            String kind,
            String state,
            int attempts,
            @Nullable Integer status,
            @Nullable String error,
            Instant createdAt,
            @Nullable Instant nextAt) {}
}
