package org.diptych.service.quality;

import java.util.Map;
import java.util.UUID;

/**
 * A pair that could be gold: its labels are complete and agree in every verdict.
 *
 * @param pair the pair
 * @param item the item's id in its manifest
 * @param instruction what was asked
 * @param source digest of the source picture
 * @param first digest of the first edit
 * @param second digest of the second edit
 * @param labels how many agree
 * @param verdicts per dimension and overall, stored form
 */
public record Proposal(
        UUID pair,
        String item,
        String instruction,
        String source,
        String first,
        String second,
        int labels,
        Map<String, String> verdicts) {}
