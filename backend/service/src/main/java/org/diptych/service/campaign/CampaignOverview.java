package org.diptych.service.campaign;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A campaign in numbers.
 *
 * @param id campaign
 * @param name unique among campaigns
 * @param state what may be done in it
 * @param protocol what annotators are asked
 * @param items number of items
 * @param pairs number of pairs
 * @param slots labels that are wanted, by state
 * @param labels answers that nobody superseded
 * @param skips pairs that annotators passed on and have not answered since
 * @param annotators people who have answered or skipped at least once
 * @param activeModel number of the promoted model version, null when there is none
 */
public record CampaignOverview(
        UUID id,
        String name,
        CampaignState state,
        ProtocolReference protocol,
        long items,
        long pairs,
        SlotCount slots,
        long labels,
        long skips,
        long annotators,
        @Nullable Integer activeModel) {
    /**
     * The protocol version of a campaign.
     *
     * @param sha256 its identity
     * @param reference how people name it, e.g. {@code edit-preference-v1}
     */
    public record ProtocolReference(String sha256, String reference) {}
}
