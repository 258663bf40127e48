package org.diptych.service.campaign;

import java.util.LinkedHashMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds the pairs of a campaign that nobody is left for. */
@Component
class StuckPairsQuery {
    private final JdbcClient jdbc;

    StuckPairsQuery(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    StuckPairs of(UUID campaign) {
        var pairs = jdbc.sql("""
                        SELECT DISTINCT skipped.pair_id FROM assignment skipped
                        WHERE skipped.campaign_id = :campaign AND skipped.state = 'SKIPPED'
                          AND EXISTS (SELECT 1 FROM slot s WHERE s.pair_id = skipped.pair_id AND s.state = 'OPEN')
                          AND NOT EXISTS (
                            SELECT 1 FROM campaign_member m JOIN account who ON who.id = m.account_id
                            WHERE m.campaign_id = :campaign AND m.role = 'ANNOTATOR' AND NOT who.disabled
                              AND NOT EXISTS (SELECT 1 FROM assignment had WHERE had.pair_id = skipped.pair_id
                                              AND had.annotator_id = who.id AND had.state <> 'LOST'))""").param("campaign", campaign).query(UUID.class).list();
        if (pairs.isEmpty()) {
            return StuckPairs.NONE;
        }
        var reasons = new LinkedHashMap<String, Long>();
        jdbc.sql("""
                        SELECT skip_reason, count(*) AS skips FROM current_skip WHERE pair_id = ANY (?::uuid[])
                        GROUP BY skip_reason ORDER BY skips DESC, skip_reason""").param(pairs.toArray(UUID[]::new)).query(row -> {
            reasons.put(row.getString("skip_reason"), row.getLong("skips"));
        });
        return new StuckPairs(pairs.size(), reasons);
    }
}
