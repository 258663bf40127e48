package org.diptych.service.campaign;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A campaign as one line of a list.
 *
 * @param id the campaign
 * @param name its name
 * @param state {@code OPEN}, {@code PAUSED} or {@code CLOSED}
 * @param protocol reference of its protocol, e.g. {@code edit-preference-v1}
 * @param pairs number of its pairs
 * @param filled slots that hold a label
 * @param wanted all slots
 * @param annotatorsToday people who answered or skipped since midnight where the reader lives
 * @param activeModel the model that picks pairs, or null while they are picked at random
 */
public record CampaignSummary(
        UUID id,
        String name,
        String state,
        String protocol,
        long pairs,
        long filled,
        long wanted,
        long annotatorsToday,
        @Nullable ActiveModel activeModel) {
    /**
     * The model that picks pairs.
     *
     * @param number its version
     * @param accuracy held-out accuracy on the uniform stratum, 0 to 1, or null when it could not be measured
     * @param low lower end of its 95 % interval
     * @param high upper end of its 95 % interval
     * @param pairs number of pairs it was measured on
     */
    public record ActiveModel(
            int number,
            @Nullable Double accuracy,
            @Nullable Double low,
            @Nullable Double high,
            int pairs) {}
}
