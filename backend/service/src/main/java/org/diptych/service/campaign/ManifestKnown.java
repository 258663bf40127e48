package org.diptych.service.campaign;

import java.util.List;
import java.util.Map;

/**
 * What a manifest row says is known of its pairs. Such an item is not labelled: its pairs teach or check annotators.
 *
 * @param use what for
 * @param pairs at least one
 */
record ManifestKnown(KnownUse use, List<Pair> pairs) {
    ManifestKnown {
        pairs = List.copyOf(pairs);
    }

    boolean covers(int first, int second) {
        return pairs.stream().anyMatch(pair -> pair.first() == first && pair.second() == second);
    }

    /**
     * A pair whose answer is known, in stored order.
     *
     * @param first ordinal of the first candidate
     * @param second ordinal of the second one, higher than the first
     * @param answers stored form, as in a label
     * @param reason by language
     */
    record Pair(int first, int second, Map<String, Object> answers, Map<String, String> reason) {}
}
