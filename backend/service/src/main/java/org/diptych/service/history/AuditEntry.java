package org.diptych.service.history;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that was done.
 *
 * @param id later ones are greater
 * @param at when
 * @param who the account that did it; null for the server itself, a command beside it, or somebody who was not let in
 * @param action its code, e.g. {@code campaign.settings}
 * @param campaign the campaign that it concerns
 * @param campaignName how that is called now
 * @param subject what was acted upon
 * @param address where it came from
 * @param detail {@code before} and {@code after}, as far as there is any
 */
public record AuditEntry(
        long id,
        Instant at,
        @Nullable String who,
        String action,
        @Nullable UUID campaign,
        @Nullable String campaignName,
        @Nullable String subject,
        @Nullable String address,
        Map<String, Object> detail) {}
