package org.diptych.service.campaign;

import java.util.UUID;

/**
 * A campaign to choose from.
 *
 * @param id the campaign
 * @param name its name, unique in the installation
 */
public record CampaignName(UUID id, String name) {}
