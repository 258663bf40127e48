package org.diptych.campaign;

import java.util.UUID;

/**
 * A campaign as its annotator sees it.
 *
 * @param id the campaign
 * @param name its name
 * @param state {@code OPEN}, {@code PAUSED} or {@code CLOSED}
 * @param mine judgements of this annotator
 * @param today those since midnight UTC
 * @param open slots that wait for somebody
 */
public record AnnotatorCampaign(UUID id, String name, String state, long mine, long today, long open) {}
