package org.diptych.service.campaign;

/**
 * A campaign to be.
 *
 * @param name unique among campaigns, 1..120 characters
 * @param protocol reference of a published protocol, e.g. {@code edit-preference-v1}
 * @param settings overlap, leases, retraining
 */
public record NewCampaign(String name, String protocol, CampaignSettings settings) {}
