package org.diptych.service.campaign;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds the pairs of campaigns that nobody is left for. */
class StuckPairsQuery {
    private final JdbcClient jdbc;

    StuckPairsQuery(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** By campaign; those that have none are left out. */
    Map<UUID, StuckPairs> of(Collection<UUID> campaigns) {
        var pairs = jdbc.sql("""
                        SELECT DISTINCT skipped.campaign_id, skipped.pair_id FROM assignment skipped
                        WHERE skipped.campaign_id = ANY (?) AND skipped.state = 'SKIPPED'
                          AND EXISTS (SELECT 1 FROM slot s WHERE s.pair_id = skipped.pair_id AND s.state = 'OPEN')
                          AND NOT EXISTS (
                            SELECT 1 FROM campaign_member m JOIN account who ON who.id = m.account_id
                            WHERE m.campaign_id = skipped.campaign_id AND m.role = 'ANNOTATOR' AND NOT who.disabled
                              AND NOT EXISTS (SELECT 1 FROM assignment had WHERE had.pair_id = skipped.pair_id
                                              AND had.annotator_id = who.id AND had.state <> 'LOST'))""")
                .param(campaigns.toArray(UUID[]::new))
                .query((row, number) ->
                        new Stuck(row.getObject("campaign_id", UUID.class), row.getObject("pair_id", UUID.class)))
                .list();
        if (pairs.isEmpty()) {
            return Map.of();
        }
        var reasons = new HashMap<UUID, Map<String, Long>>();
        jdbc.sql("""
                        SELECT campaign_id, skip_reason, count(*) AS skips FROM current_skip WHERE pair_id = ANY (?::uuid[])
                        GROUP BY campaign_id, skip_reason ORDER BY skips DESC, skip_reason""")
                .param(pairs.stream().map(Stuck::pair).toArray(UUID[]::new))
                .query(row -> {
                    reasons.computeIfAbsent(row.getObject("campaign_id", UUID.class), _ -> new LinkedHashMap<>())
                            .put(row.getString("skip_reason"), row.getLong("skips"));
                });
        return pairs.stream().collect(Collectors.groupingBy(Stuck::campaign, Collectors.counting())).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        stuck -> new StuckPairs(stuck.getValue(), reasons.getOrDefault(stuck.getKey(), Map.of()))));
    }

    private record Stuck(UUID campaign, UUID pair) {}
}
