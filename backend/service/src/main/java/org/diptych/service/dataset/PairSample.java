package org.diptych.service.dataset;

import java.util.List;
import java.util.UUID;

/**
 * Some of a campaign's labelled pairs, for a preview: the same ones in every statement.
 *
 * @param campaign of which campaign
 * @param percent of its labelled pairs, about
 * @param pages whether pages of the table of labels are drawn: so nothing else of it is read, but where most labels are of
 *     other campaigns the pages would be theirs, and pairs are drawn among the campaign's own labels instead
 */
record PairSample(UUID campaign, double percent, boolean pages) {
    private static final int BITS = 20;

    /** Adds the condition on a label {@code l} to a statement. */
    void into(StringBuilder text, List<Object> parameters) {
        if (pages) {
            // a pair comes in by its first label, however many it has
            text.append(
                            " AND l.pair_id IN (SELECT drawn.pair_id FROM label drawn TABLESAMPLE SYSTEM (?) REPEATABLE (1)")
                    .append(" WHERE drawn.campaign_id = ? AND NOT EXISTS (SELECT 1 FROM label earlier")
                    .append(" WHERE earlier.pair_id = drawn.pair_id AND earlier.sequence < drawn.sequence))");
            parameters.add(percent);
            parameters.add(campaign);
        } else {
            text.append(" AND (hashtext(l.pair_id::text) & ")
                    .append((1 << BITS) - 1)
                    .append(") < ?");
            parameters.add(Math.round(percent / 100 * (1 << BITS)));
        }
    }
}
