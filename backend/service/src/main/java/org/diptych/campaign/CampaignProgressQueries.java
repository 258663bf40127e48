package org.diptych.campaign;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.diptych.account.Role;
import org.diptych.account.SignedIn;
import org.diptych.campaign.CampaignProgress.Day;
import org.diptych.campaign.CampaignProgress.SlotCount;
import org.diptych.campaign.CampaignSummary.ActiveModel;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The reads behind {@link CampaignProgressService}. */
@Repository
class CampaignProgressQueries {
    private static final String LED_BY = """
            (:everything OR EXISTS (SELECT 1 FROM campaign_member m
                WHERE m.campaign_id = c.id AND m.account_id = :account AND m.role = 'LEAD'))""";
    private static final String TODAY = "date_trunc('day', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC'";

    private final JdbcClient jdbc;

    CampaignProgressQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<CampaignName> names(SignedIn who) {
        return jdbc.sql("SELECT c.id, c.name FROM campaign c WHERE " + LED_BY + " ORDER BY c.created_at DESC")
                .param("everything", who.role() == Role.ADMIN)
                .param("account", who.id())
                .query((row, number) -> new CampaignName(id(row), row.getString("name")))
                .list();
    }

    List<CampaignSummary> summaries(SignedIn who) {
        return jdbc.sql("""
                        SELECT c.id, c.name, c.state, p.id || '-v' || p.version AS protocol,
                            (SELECT count(*) FROM pair WHERE campaign_id = c.id) AS pairs,
                            (SELECT count(*) FROM slot WHERE campaign_id = c.id AND state = 'FILLED') AS filled,
                            (SELECT count(*) FROM slot WHERE campaign_id = c.id) AS wanted,
                            (SELECT count(DISTINCT annotator_id) FROM label
                                WHERE campaign_id = c.id AND submitted_at >= %s) AS annotators_today,
                            v.number, v.accuracy, v.accuracy_low, v.accuracy_high, v.evaluated_pairs
                        FROM campaign c JOIN protocol p ON p.sha256 = c.protocol_sha256
                        LEFT JOIN model_version v ON v.campaign_id = c.id AND v.state = 'ACTIVE'
                        WHERE %s ORDER BY c.created_at DESC""".formatted(TODAY, LED_BY))
                .param("everything", who.role() == Role.ADMIN)
                .param("account", who.id())
                .query(CampaignProgressQueries::summary)
                .list();
    }

    List<AnnotatorCampaign> annotating(SignedIn who) {
        return jdbc.sql("""
                        SELECT c.id, c.name, c.state,
                            (SELECT count(*) FROM current_label WHERE campaign_id = c.id AND annotator_id = :account)
                                AS mine,
                            (SELECT count(*) FROM current_label WHERE campaign_id = c.id AND annotator_id = :account
                                AND submitted_at >= %s) AS today,
                            (SELECT count(*) FROM slot WHERE campaign_id = c.id AND state = 'OPEN') AS open
                        FROM campaign c JOIN campaign_member m ON m.campaign_id = c.id AND m.account_id = :account
                        WHERE c.state <> 'CLOSED' ORDER BY c.created_at DESC""".formatted(TODAY))
                .param("account", who.id())
                .query((row, number) -> new AnnotatorCampaign(
                        id(row),
                        row.getString("name"),
                        row.getString("state"),
                        row.getLong("mine"),
                        row.getLong("today"),
                        row.getLong("open")))
                .list();
    }

    CampaignProgress progress(UUID campaign) {
        return jdbc.sql("""
                        SELECT c.id, c.name, c.state, p.id || '-v' || p.version AS protocol, c.retrain_every,
                            (SELECT count(*) FROM item WHERE campaign_id = c.id) AS items,
                            (SELECT count(*) FROM pair WHERE campaign_id = c.id) AS pairs,
                            l.labels, l.flagged, l.annotators, l.today, l.median, l.last,
                            (SELECT count(*) FROM label WHERE campaign_id = c.id AND kind = 'SKIP') AS skips,
                            l.learnt_from - coalesce((SELECT s.labels FROM training_run r
                                JOIN dataset_snapshot s ON s.id = r.snapshot_id
                                WHERE r.campaign_id = c.id AND r.state = 'FINISHED'
                                ORDER BY r.created_at DESC LIMIT 1), 0) AS since_training
                        FROM campaign c JOIN protocol p ON p.sha256 = c.protocol_sha256
                        CROSS JOIN LATERAL (
                            SELECT count(*) AS labels, count(*) FILTER (WHERE flagged) AS flagged,
                                count(*) FILTER (WHERE stratum IN ('UNIFORM', 'ACQUIRED')) AS learnt_from,
                                count(DISTINCT annotator_id) AS annotators,
                                count(DISTINCT annotator_id) FILTER (WHERE submitted_at >= %s) AS today,
                                percentile_cont(0.5) WITHIN GROUP (ORDER BY active_milliseconds) / 1000 AS median,
                                max(submitted_at) AS last
                            FROM current_label WHERE campaign_id = c.id) l
                        WHERE c.id = :campaign""".formatted(TODAY))
                .param("campaign", campaign)
                .query((row, number) -> new CampaignProgress(
                        id(row),
                        row.getString("name"),
                        row.getString("state"),
                        row.getString("protocol"),
                        row.getLong("items"),
                        row.getLong("pairs"),
                        slots(campaign),
                        row.getLong("labels"),
                        row.getLong("skips"),
                        row.getLong("flagged"),
                        row.getLong("annotators"),
                        row.getLong("today"),
                        number(row, "median"),
                        instant(row, "last"),
                        days(campaign),
                        row.getInt("retrain_every"),
                        Math.max(0, row.getLong("since_training"))))
                .single();
    }

    private Map<String, SlotCount> slots(UUID campaign) {
        var slots = new LinkedHashMap<String, SlotCount>();
        jdbc.sql("""
                        SELECT stratum, count(*) FILTER (WHERE state = 'OPEN') AS open,
                            count(*) FILTER (WHERE state = 'LEASED') AS leased,
                            count(*) FILTER (WHERE state = 'FILLED') AS filled
                        FROM slot WHERE campaign_id = ? GROUP BY stratum ORDER BY stratum <> 'UNIFORM', stratum""").param(campaign).query(row -> {
            slots.put(
                    row.getString("stratum"),
                    new SlotCount(row.getLong("open"), row.getLong("leased"), row.getLong("filled")));
        });
        return slots;
    }

    private List<Day> days(UUID campaign) {
        return jdbc.sql("""
                        SELECT * FROM (SELECT (submitted_at AT TIME ZONE 'UTC')::date AS day, count(*) AS labels
                            FROM current_label WHERE campaign_id = ? GROUP BY day ORDER BY day DESC LIMIT 60) recent
                        ORDER BY day""")
                .param(campaign)
                .query((row, number) -> new Day(row.getObject("day", LocalDate.class), row.getLong("labels")))
                .list();
    }

    private static CampaignSummary summary(ResultSet row, int number) throws SQLException {
        int version = row.getInt("number");
        var model = row.wasNull()
                ? null
                : new ActiveModel(
                        version,
                        number(row, "accuracy"),
                        number(row, "accuracy_low"),
                        number(row, "accuracy_high"),
                        row.getInt("evaluated_pairs"));
        return new CampaignSummary(
                id(row),
                row.getString("name"),
                row.getString("state"),
                row.getString("protocol"),
                row.getLong("pairs"),
                row.getLong("filled"),
                row.getLong("wanted"),
                row.getLong("annotators_today"),
                model);
    }

    private static UUID id(ResultSet row) throws SQLException {
        return row.getObject("id", UUID.class);
    }

    private static @Nullable Double number(ResultSet row, String column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? null : value;
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }
}
