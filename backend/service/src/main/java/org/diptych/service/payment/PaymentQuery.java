package org.diptych.service.payment;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.diptych.service.database.Columns;
import org.diptych.service.label.ActiveTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Counts what annotators did in a period, and keeps what a campaign pays. */
@Repository
class PaymentQuery {
    private final JdbcClient jdbc;

    PaymentQuery(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    String campaign(UUID campaign) {
        return jdbc.sql("SELECT name FROM campaign WHERE id = ?")
                .param(campaign)
                .query(String.class)
                .single();
    }

    /** One change of a campaign's settings at a time. */
    void lock(UUID campaign) {
        jdbc.sql("SELECT id FROM campaign WHERE id = ? FOR NO KEY UPDATE")
                .param(campaign)
                .query(UUID.class)
                .single();
    }

    PaymentSettings settings(UUID campaign) {
        return jdbc.sql("SELECT * FROM campaign_payment WHERE campaign_id = ?")
                .param(campaign)
                .query((row, number) -> new PaymentSettings(
                        row.getString("currency"),
                        PaymentSettings.plain(row.getBigDecimal("per_judgement")),
                        PaymentSettings.plain(row.getBigDecimal("per_hour")),
                        row.getInt("decimals"),
                        PaymentSettings.Rounding.valueOf(row.getString("rounding")),
                        row.getBoolean("counts_extra"),
                        row.getBoolean("counts_gold"),
                        row.getBoolean("counts_training"),
                        row.getString("time_zone")))
                .optional()
                .orElse(PaymentSettings.DEFAULT);
    }

    void keep(UUID campaign, PaymentSettings settings) {
        jdbc.sql("""
                        INSERT INTO campaign_payment (campaign_id, currency, per_judgement, per_hour, decimals, rounding,
                            counts_extra, counts_gold, counts_training, time_zone)
                        VALUES (:campaign, :currency, :judgement, :hour, :decimals, :rounding, :extra, :gold, :training, :zone)
                        ON CONFLICT (campaign_id) DO UPDATE SET currency = excluded.currency,
                            per_judgement = excluded.per_judgement, per_hour = excluded.per_hour,
                            decimals = excluded.decimals, rounding = excluded.rounding,
                            counts_extra = excluded.counts_extra, counts_gold = excluded.counts_gold,
                            counts_training = excluded.counts_training, time_zone = excluded.time_zone""")
                .param("campaign", campaign)
                .param("currency", settings.currency())
                .param("judgement", settings.perJudgement())
                .param("hour", settings.perHour())
                .param("decimals", settings.decimals())
                .param("rounding", settings.rounding().name())
                .param("extra", settings.countsExtra())
                .param("gold", settings.countsGold())
                .param("training", settings.countsTraining())
                .param("zone", settings.timeZone())
                .update();
    }

    /**
     * Counts by annotator, in the order of names. Active time is what the browser measured while the page was in sight and
     * somebody did something; a correction's clock goes on from the answer that it corrects, so only what it went further
     * counts.
     */
    List<PaymentReport.Counts> counts(UUID campaign, PaymentPeriod period, PaymentSettings settings) {
        return jdbc.sql("""
                        WITH given AS (
                            SELECT l.annotator_id AS account, l.kind,
                                CASE WHEN l.stratum IN ('GOLD', 'TRAINING') THEN l.stratum
                                     WHEN l.kind = 'ANSWER' AND l.slot IS NULL THEN 'EXTRA' ELSE 'LABEL' END AS sort,
                                least(l.active_milliseconds, :longest) AS whole,
                                least(l.active_milliseconds, :longest) - CASE
                                    WHEN former.active_milliseconds <= l.active_milliseconds
                                    THEN least(former.active_milliseconds, :longest) ELSE 0 END AS active,
                                EXISTS (SELECT 1 FROM label earlier WHERE earlier.pair_id = l.pair_id
                                    AND earlier.annotator_id = l.annotator_id AND earlier.kind = 'ANSWER'
                                    AND earlier.sequence < l.sequence) AS again,
                                (SELECT latest.kind FROM label latest WHERE latest.pair_id = l.pair_id
                                    AND latest.annotator_id = l.annotator_id
                                    ORDER BY latest.sequence DESC LIMIT 1) = 'ANSWER' AS holds
                            FROM label l LEFT JOIN label former ON former.id = l.supersedes
                            WHERE l.campaign_id = :campaign AND l.submitted_at >= :begin AND l.submitted_at < :end
                            UNION ALL
                            SELECT a.account_id, 'ANSWER', 'TRAINING', least(q.active_milliseconds, :longest),
                                least(q.active_milliseconds, :longest), false, true
                            FROM qualification_question q JOIN qualification_attempt a ON a.id = q.attempt_id
                            WHERE a.campaign_id = :campaign AND q.answered_at >= :begin AND q.answered_at < :end),
                        judged AS (SELECT *, kind = 'ANSWER' AND NOT again AND holds AS judged FROM given)
                        SELECT a.id, a.name, a.display_name, a.simulated,
                            count(*) FILTER (WHERE judged AND sort = 'LABEL') AS labels,
                            count(*) FILTER (WHERE judged AND sort = 'EXTRA') AS extra,
                            count(*) FILTER (WHERE judged AND sort = 'GOLD') AS gold,
                            count(*) FILTER (WHERE judged AND sort = 'TRAINING') AS training,
                            count(*) FILTER (WHERE kind = 'ANSWER' AND again) AS corrections,
                            count(*) FILTER (WHERE kind = 'SKIP') AS skips,
                            coalesce(sum(active) FILTER (WHERE sort = ANY (:counted)), 0)::bigint AS active,
                            percentile_cont(0.5) WITHIN GROUP (ORDER BY whole)
                                FILTER (WHERE judged AND sort = ANY (:counted)) AS median
                        FROM judged j JOIN account a ON a.id = j.account
                        GROUP BY a.id ORDER BY a.name""")
                .param("campaign", campaign)
                .param("longest", ActiveTime.LONGEST)
                .param("begin", period.begin())
                .param("end", period.end())
                .param("counted", counted(settings))
                .query((row, number) -> new PaymentReport.Counts(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        row.getString("display_name"),
                        row.getBoolean("simulated"),
                        row.getLong("labels"),
                        row.getLong("extra"),
                        row.getLong("gold"),
                        row.getLong("training"),
                        row.getLong("corrections"),
                        row.getLong("skips"),
                        row.getLong("active"),
                        Columns.number(row, "median")))
                .list();
    }

    private static String[] counted(PaymentSettings settings) {
        var sorts = new ArrayList<>(List.of("LABEL"));
        if (settings.countsExtra()) {
            sorts.add("EXTRA");
        }
        if (settings.countsGold()) {
            sorts.add("GOLD");
        }
        if (settings.countsTraining()) {
            sorts.add("TRAINING");
        }
        return sorts.toArray(String[]::new);
    }
}
