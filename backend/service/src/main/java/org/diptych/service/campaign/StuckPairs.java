package org.diptych.service.campaign;

import java.util.Map;

/**
 * Pairs that wait for labels and that nobody is left to give: each annotator of the campaign has had them, and at least one
 * of them skipped.
 *
 * @param pairs how many
 * @param reasons their skips by reason (id of the protocol's), most frequent first
 */
public record StuckPairs(long pairs, Map<String, Long> reasons) {
    static final StuckPairs NONE = new StuckPairs(0, Map.of());
}
