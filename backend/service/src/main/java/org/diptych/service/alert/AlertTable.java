package org.diptych.service.alert;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.diptych.service.database.Columns;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The statements behind {@link Alerts}. */
@Repository
class AlertTable {
    private static final TypeReference<Map<String, Object>> FIGURES = new TypeReference<>() {};
    /** Of one campaign, or of all, the latest only. */
    private static final int MOST = 500;

    private static final String FROM = """
             FROM alert a LEFT JOIN campaign c ON c.id = a.campaign_id LEFT JOIN account by ON by.id = a.acknowledged_by
            """;
    private static final String ALERT = "SELECT a.*, c.name AS campaign_name, by.display_name AS acknowledger" + FROM;
    private static final String OF_READER = """
            (:everything OR EXISTS (SELECT 1 FROM campaign_member m
                WHERE m.campaign_id = a.campaign_id AND m.account_id = :reader AND m.role = 'LEAD'))""";

    private final JdbcClient jdbc;
    private final JsonMapper json;

    AlertTable(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** Makes an alert of each finding that has none, and ends those that have no finding any more; the new ones. */
    List<UUID> reconcile(@Nullable UUID campaign, List<Finding> findings) {
        var raised = new ArrayList<UUID>();
        for (var finding : findings) {
            jdbc.sql("""
                            INSERT INTO alert AS known (campaign_id, kind, subject, figures)
                            VALUES (:campaign, :kind, :subject, :figures::jsonb)
                            ON CONFLICT (campaign_id, kind, subject) WHERE state <> 'SOLVED'
                            DO UPDATE SET figures = EXCLUDED.figures WHERE known.figures <> EXCLUDED.figures
                            RETURNING id, xmax = 0 AS is_new""")
                    .param("campaign", campaign)
                    .param("kind", finding.kind().name())
                    .param("subject", finding.subject())
                    .param("figures", json.writeValueAsString(finding.figures()))
                    .query(row -> {
                        if (row.getBoolean("is_new")) {
                            raised.add(row.getObject("id", UUID.class));
                        }
                    });
        }
        jdbc.sql("""
                        UPDATE alert SET state = 'SOLVED', solved_at = now()
                        WHERE campaign_id IS NOT DISTINCT FROM :campaign AND state <> 'SOLVED'
                          AND NOT EXISTS (SELECT 1 FROM unnest(:kinds::text[], :subjects::text[]) AS found (kind, subject)
                              WHERE found.kind = alert.kind AND found.subject = alert.subject)""")
                .param("campaign", campaign)
                .param(
                        "kinds",
                        findings.stream().map(finding -> finding.kind().name()).toArray(String[]::new))
                .param("subjects", findings.stream().map(Finding::subject).toArray(String[]::new))
                .update();
        return raised;
    }

    /** Ends what is left of campaigns that are watched no more. */
    void endUnwatched() {
        jdbc.sql("""
                        UPDATE alert SET state = 'SOLVED', solved_at = now() FROM campaign c
                        WHERE c.id = alert.campaign_id AND alert.state <> 'SOLVED'
                          AND (c.archived_at IS NOT NULL
                               OR c.state = 'CLOSED' AND alert.kind NOT IN ('APPEAL_WAITING', 'OBJECTIONS_WAITING'))""").update();
    }

    Optional<Alert> find(UUID id) {
        return jdbc.sql(ALERT + " WHERE a.id = ?").param(id).query(this::alert).optional();
    }

    /** Latest first. */
    List<Alert> of(UUID campaign, Alert.@Nullable State state) {
        return jdbc.sql(ALERT
                        + " WHERE a.campaign_id = :campaign AND (:state::text IS NULL OR a.state = :state)"
                        + " ORDER BY a.since DESC, a.id DESC LIMIT " + MOST)
                .param("campaign", campaign)
                .param("state", state == null ? null : state.name())
                .query(this::alert)
                .list();
    }

    List<Alert> of(SignedIn reader, Alert.@Nullable State state) {
        return jdbc.sql(ALERT + " WHERE " + OF_READER
                        + " AND (:state::text IS NULL OR a.state = :state) ORDER BY a.since DESC, a.id DESC LIMIT "
                        + MOST)
                .param("everything", reader.role() == Role.ADMIN)
                .param("reader", reader.id())
                .param("state", state == null ? null : state.name())
                .query(this::alert)
                .list();
    }

    int open(SignedIn reader) {
        return jdbc.sql("SELECT count(*) FROM alert a WHERE a.state = 'OPEN' AND " + OF_READER)
                .param("everything", reader.role() == Role.ADMIN)
                .param("reader", reader.id())
                .query(Integer.class)
                .single();
    }

    boolean acknowledge(UUID id, UUID lead) {
        return jdbc.sql("""
                                UPDATE alert SET state = 'ACKNOWLEDGED', acknowledged_by = ?, acknowledged_at = now()
                                WHERE id = ? AND state = 'OPEN'""").params(lead, id).update() == 1;
    }

    AlertBounds bounds(UUID campaign) {
        return jdbc.sql("SELECT * FROM alert_bounds WHERE campaign_id = ?")
                .param(campaign)
                .query((row, number) -> new AlertBounds(
                        Columns.number(row, "agreement"),
                        Columns.integer(row, "queue_hours"),
                        Columns.integer(row, "message_hours"),
                        Columns.number(row, "gold")))
                .optional()
                .orElse(AlertBounds.DEFAULT);
    }

    void put(UUID campaign, AlertBounds bounds) {
        jdbc.sql("""
                        INSERT INTO alert_bounds (campaign_id, agreement, queue_hours, message_hours, gold)
                        VALUES (:campaign, :agreement, :queue, :message, :gold)
                        ON CONFLICT (campaign_id) DO UPDATE SET agreement = EXCLUDED.agreement,
                            queue_hours = EXCLUDED.queue_hours, message_hours = EXCLUDED.message_hours,
                            gold = EXCLUDED.gold""")
                .param("campaign", campaign)
                .param("agreement", bounds.agreement())
                .param("queue", bounds.queueHours())
                .param("message", bounds.messageHours())
                .param("gold", bounds.gold())
                .update();
    }

    private Alert alert(ResultSet row, int number) throws SQLException {
        return new Alert(
                row.getObject("id", UUID.class),
                Columns.id(row, "campaign_id"),
                row.getString("campaign_name"),
                AlertKind.valueOf(row.getString("kind")),
                row.getString("subject"),
                Alert.State.valueOf(row.getString("state")),
                json.readValue(row.getString("figures"), FIGURES),
                row.getTimestamp("since").toInstant(),
                row.getString("acknowledger"),
                Columns.instant(row, "acknowledged_at"),
                Columns.instant(row, "solved_at"));
    }
}
