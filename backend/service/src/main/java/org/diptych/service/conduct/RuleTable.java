package org.diptych.service.conduct;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.diptych.service.database.Columns;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rules of campaigns, and up to where they have looked. */
@Repository
class RuleTable {
    private final JdbcClient jdbc;

    RuleTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** One change of a campaign's rules at a time, and none while somebody acts by them; until the transaction ends. */
    void lock(UUID campaign) {
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended('rules' || ?, 0))")
                .param(campaign.toString())
                .query((row, number) -> 0)
                .single();
    }

    AnnotatorRules of(UUID campaign) {
        return jdbc.sql("SELECT * FROM annotator_rules WHERE campaign_id = ?")
                .param(campaign)
                .query(RuleTable::rules)
                .optional()
                .orElse(AnnotatorRules.NONE);
    }

    private static AnnotatorRules rules(ResultSet row, int number) throws SQLException {
        var gold = action(row, "gold_action");
        var fast = action(row, "fast_action");
        var skips = action(row, "skips_action");
        var drift = action(row, "drift_action");
        return new AnnotatorRules(
                gold == null
                        ? null
                        : new AnnotatorRules.Gold(row.getDouble("gold_below"), row.getInt("gold_last"), gold),
                fast == null
                        ? null
                        : new AnnotatorRules.Fast(row.getDouble("fast_seconds"), row.getInt("fast_last"), fast),
                skips == null ? null : new AnnotatorRules.Skips(row.getInt("skips"), skips),
                drift == null ? null : new AnnotatorRules.Drift(drift));
    }

    private static @Nullable RuleAction action(ResultSet row, String column) throws SQLException {
        var name = row.getString(column);
        return name == null ? null : RuleAction.valueOf(name);
    }

    /** Puts the rules of a campaign; under new rules all work is looked at again. */
    void put(UUID campaign, AnnotatorRules rules) {
        var gold = rules.gold();
        var fast = rules.fast();
        var skips = rules.skips();
        var drift = rules.drift();
        jdbc.sql("""
                        INSERT INTO annotator_rules (campaign_id, gold_below, gold_last, gold_action, fast_seconds, fast_last,
                            fast_action, skips, skips_action, drift_action)
                        VALUES (:campaign, :goldBelow, :goldLast, :goldAction, :fastSeconds, :fastLast, :fastAction, :skips,
                            :skipsAction, :driftAction)
                        ON CONFLICT (campaign_id) DO UPDATE SET gold_below = EXCLUDED.gold_below,
                            gold_last = EXCLUDED.gold_last, gold_action = EXCLUDED.gold_action,
                            fast_seconds = EXCLUDED.fast_seconds, fast_last = EXCLUDED.fast_last,
                            fast_action = EXCLUDED.fast_action, skips = EXCLUDED.skips,
                            skips_action = EXCLUDED.skips_action, drift_action = EXCLUDED.drift_action""")
                .param("campaign", campaign)
                .param("goldBelow", gold == null ? null : gold.below())
                .param("goldLast", gold == null ? null : gold.last())
                .param("goldAction", gold == null ? null : gold.action().name())
                .param("fastSeconds", fast == null ? null : fast.seconds())
                .param("fastLast", fast == null ? null : fast.last())
                .param("fastAction", fast == null ? null : fast.action().name())
                .param("skips", skips == null ? null : skips.inARow())
                .param("skipsAction", skips == null ? null : skips.action().name())
                .param("driftAction", drift == null ? null : drift.action().name())
                .update();
        jdbc.sql("DELETE FROM annotator_rule_mark WHERE campaign_id = ?")
                .param(campaign)
                .update();
    }

    /** Open campaigns with a rule. */
    List<UUID> campaigns() {
        return jdbc.sql("""
                        SELECT r.campaign_id FROM annotator_rules r JOIN campaign c ON c.id = r.campaign_id
                        WHERE c.state <> 'CLOSED' AND c.archived_at IS NULL
                          AND coalesce(r.gold_action, r.fast_action, r.skips_action, r.drift_action) IS NOT NULL
                        ORDER BY r.campaign_id""").query(UUID.class).list();
    }

    /**
     * Somebody whose work is to be looked at.
     *
     * @param last their latest label
     */
    record Watched(UUID annotator, long last) {}

    /**
     * The annotators who have labelled since the rules last looked. Those who are paused are with a lead already; simulated
     * ones answer to nobody.
     */
    List<Watched> watched(UUID campaign) {
        return jdbc.sql("""
                        SELECT m.account_id, last.sequence
                        FROM campaign_member m JOIN account a ON a.id = m.account_id
                        CROSS JOIN LATERAL (SELECT max(l.sequence) AS sequence FROM label l
                            WHERE l.annotator_id = m.account_id AND l.campaign_id = m.campaign_id) last
                        LEFT JOIN annotator_rule_mark k ON k.campaign_id = m.campaign_id AND k.account_id = m.account_id
                        WHERE m.campaign_id = :campaign AND m.role = 'ANNOTATOR' AND NOT a.simulated
                          AND last.sequence > coalesce(k.sequence, 0)
                          AND NOT EXISTS (SELECT 1 FROM annotator_notice n WHERE n.campaign_id = m.campaign_id
                              AND n.account_id = m.account_id AND n.action = 'PAUSE' AND n.ended_at IS NULL)
                        ORDER BY m.account_id""")
                .param("campaign", campaign)
                .query((row, number) ->
                        new Watched(Objects.requireNonNull(Columns.id(row, "account_id")), row.getLong("sequence")))
                .list();
    }

    void mark(UUID campaign, Watched looked) {
        jdbc.sql("""
                        INSERT INTO annotator_rule_mark (campaign_id, account_id, sequence) VALUES (?, ?, ?)
                        ON CONFLICT (campaign_id, account_id) DO UPDATE SET sequence = EXCLUDED.sequence""").params(campaign, looked.annotator(), looked.last()).update();
    }
}
