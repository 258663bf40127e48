package org.diptych.service.campaign;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.diptych.service.campaign.CampaignProgress.Day;
import org.diptych.service.campaign.CampaignProgress.SlotCount;
import org.diptych.service.campaign.CampaignSummary.ActiveModel;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The reads behind {@link CampaignProgressService}. */
@Repository
class CampaignProgressQueries {
    private static final String LED_BY = """
            (:everything OR EXISTS (SELECT 1 FROM campaign_member m
                WHERE m.campaign_id = c.id AND m.account_id = :account AND m.role = 'LEAD'))""";
    /** Longer than a day nobody was at one pair, whatever earlier releases took in. */
    private static final long LONGEST_MILLISECONDS = Duration.ofDays(1).toMillis();

    private final StuckPairsQuery stuck;
    private final JdbcClient jdbc;

    CampaignProgressQueries(StuckPairsQuery stuck, JdbcClient jdbc) {
        this.stuck = stuck;
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
                                WHERE campaign_id = c.id AND submitted_at >= (SELECT midnight_of(:account))) AS annotators_today,
                            v.number, v.accuracy, v.accuracy_low, v.accuracy_high, v.evaluated_pairs
                        FROM campaign c JOIN protocol p ON p.sha256 = c.protocol_sha256
                        LEFT JOIN model_version v ON v.campaign_id = c.id AND v.state = 'ACTIVE'
                        WHERE %s ORDER BY c.created_at DESC""".formatted(LED_BY))
                .param("everything", who.role() == Role.ADMIN)
                .param("account", who.id())
                .query(CampaignProgressQueries::summary)
                .list();
    }

    List<Labelled> annotating(SignedIn who) {
        return jdbc.sql("""
                        SELECT c.id, c.name, c.state FROM campaign c
                        JOIN campaign_member m ON m.campaign_id = c.id AND m.account_id = :account
                        WHERE c.state <> 'CLOSED' ORDER BY c.created_at DESC""")
                .param("account", who.id())
                .query((row, number) -> new Labelled(id(row), row.getString("name"), row.getString("state")))
                .list();
    }

    /** A campaign that somebody labels in. */
    record Labelled(UUID id, String name, String state) {}

    CampaignProgress progress(SignedIn who, UUID campaign) {
        var slots = slots(campaign);
        var days = days(who, campaign);
        var stuckNow = stuck.of(campaign);
        return jdbc.sql("""
                        SELECT c.id, c.name, c.state, p.id || '-v' || p.version AS protocol, c.retrain_every,
                            (SELECT count(*) FROM item WHERE campaign_id = c.id) AS items,
                            (SELECT count(*) FROM pair WHERE campaign_id = c.id) AS pairs,
                            l.labels, l.flagged + s.flagged AS flagged, l.annotators, l.median, l.last, s.skips,
                            (SELECT count(DISTINCT annotator_id) FROM label
                                WHERE campaign_id = c.id AND submitted_at >= (SELECT midnight_of(:reader))) AS today,
                            (SELECT fresh.labels FROM labels_since_training fresh WHERE fresh.campaign_id = c.id)
                                AS since_training
                        FROM campaign c JOIN protocol p ON p.sha256 = c.protocol_sha256
                        CROSS JOIN LATERAL (
                            SELECT count(*) AS labels, count(*) FILTER (WHERE flagged) AS flagged,
                                count(DISTINCT annotator_id) AS annotators,
                                percentile_cont(0.5) WITHIN GROUP (ORDER BY least(active_milliseconds, :longest)) / 1000
                                    AS median,
                                max(submitted_at) AS last
                            FROM current_label WHERE campaign_id = c.id) l
                        CROSS JOIN LATERAL (
                            SELECT count(*) AS skips, count(*) FILTER (WHERE flagged) AS flagged
                            FROM current_skip WHERE campaign_id = c.id) s
                        WHERE c.id = :campaign""")
                .param("campaign", campaign)
                .param("reader", who.id())
                .param("longest", LONGEST_MILLISECONDS)
                .query((row, number) -> new CampaignProgress(
                        id(row),
                        row.getString("name"),
                        row.getString("state"),
                        row.getString("protocol"),
                        row.getLong("items"),
                        row.getLong("pairs"),
                        slots,
                        row.getLong("labels"),
                        row.getLong("skips"),
                        row.getLong("flagged"),
                        row.getLong("annotators"),
                        row.getLong("today"),
                        number(row, "median"),
                        instant(row, "last"),
                        days,
                        row.getInt("retrain_every"),
                        row.getLong("since_training"),
                        stuckNow))
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

    private List<Day> days(SignedIn who, UUID campaign) {
        return jdbc.sql("""
                        SELECT * FROM (SELECT (l.submitted_at AT TIME ZONE home.zone)::date AS day, count(*) AS labels
                            FROM current_label l CROSS JOIN (SELECT zone_of(:reader) AS zone OFFSET 0) home
                            WHERE l.campaign_id = :campaign GROUP BY day ORDER BY day DESC LIMIT 60) recent
                        ORDER BY day""")
                .param("reader", who.id())
                .param("campaign", campaign)
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
