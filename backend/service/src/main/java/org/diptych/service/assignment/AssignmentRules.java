package org.diptych.service.assignment;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.UUID;
import org.diptych.service.account.CampaignAccess;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads what a campaign says about handing out its pairs; whether it does is never from here, as that is to hold at once. */
@Component
class AssignmentRules {
    private static final Duration FRESH = Duration.ofSeconds(2);

    private static final int MOST_KEPT = 1_000;

    private final JdbcClient jdbc;
    private final Cache<UUID, Rules> known =
            Caffeine.newBuilder().maximumSize(MOST_KEPT).expireAfterWrite(FRESH).build();

    AssignmentRules(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A campaign's rules, at most two seconds old. */
    Rules of(UUID campaign) {
        // nobody waits for another's reading: claims hold a connection, and the reader might have to wait for one
        var before = known.getIfPresent(campaign);
        if (before != null) {
            return before;
        }
        var rules = read(campaign);
        known.put(campaign, rules);
        return rules;
    }

    private Rules read(UUID campaign) {
        return jdbc.sql("""
                        SELECT name, protocol_sha256, uniform_share, uniform_labels, acquired_labels, lease_seconds,
                               prefetch, late_labels, gold_rate,
                               EXISTS (SELECT 1 FROM current_known_answer k
                                       WHERE k.campaign_id = c.id AND k.use = 'GOLD' AND NOT k.retired) AS gold,
                               EXISTS (SELECT 1 FROM current_known_answer k
                                       WHERE k.campaign_id = c.id AND k.use = 'QUALIFICATION') AS qualifies
                        FROM campaign c WHERE id = ?""")
                .param(campaign)
                .query((row, number) -> new Rules(
                        row.getString("name"),
                        row.getString("protocol_sha256"),
                        row.getDouble("uniform_share"),
                        row.getInt("uniform_labels"),
                        row.getInt("acquired_labels"),
                        row.getInt("lease_seconds"),
                        row.getInt("prefetch"),
                        row.getString("late_labels").equals("EXTRA"),
                        row.getBoolean("gold") ? row.getDouble("gold_rate") : 0,
                        row.getBoolean("qualifies")))
                .optional()
                .orElseThrow(() -> CampaignAccess.unknown(campaign));
    }

    /**
     * A campaign's rules.
     *
     * @param uniformShare share of the pairs in the uniform stratum
     * @param keepLate whether an answer that came too late is kept as an extra label
     * @param goldRate share of claims that are gold; 0 when there is none
     * @param qualifies whether annotators must pass a qualification set first
     */
    record Rules(
            String name,
            String protocolSha256,
            double uniformShare,
            int uniformLabels,
            int acquiredLabels,
            int leaseSeconds,
            int prefetch,
            boolean keepLate,
            double goldRate,
            boolean qualifies) {
        /**
         * Share of claims that go to the uniform stratum first: its share of all labels, so that both strata run out
         * together and measurement never waits for the end.
         */
        double uniformClaims() {
            double uniform = uniformShare * uniformLabels;
            return uniform / (uniform + (1 - uniformShare) * acquiredLabels);
        }
    }
}
