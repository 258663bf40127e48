package org.diptych.service.health;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/** How campaigns stand: read by a job, and only where something has changed; known to all nodes by a row each. */
@Service
public class CampaignHealths {
    /** What was costly is read less often, so that the database spends a small share of its time on it. */
    private static final int TIMES_ITS_COST = 20;
    /** What has no label of its own, such as slots that were imported, is seen at the latest then. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final HealthReader reader;
    private final CampaignAccess access;
    private final Clock clock;

    CampaignHealths(JdbcClient jdbc, JsonMapper json, HealthReader reader, CampaignAccess access, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.reader = reader;
        this.access = access;
        this.clock = clock;
    }

    /**
     * A campaign that is watched.
     *
     * @param open whether pairs are handed out
     */
    public record Watched(
            UUID id,
            boolean open,
            boolean closed,
            String basis,
            @Nullable String read) {}

    /** The campaigns that are not archived; of the closed ones those that have changed since they were read. */
    public List<Watched> watched() {
        return jdbc
                .sql("""
                        SELECT c.id, c.state, c.protocol_sha256,
                            (SELECT max(sequence) FROM label WHERE campaign_id = c.id) AS last,
                            (SELECT count(*) FROM known_answer WHERE campaign_id = c.id) AS known,
                            (SELECT count(*) || ' ' || coalesce(max(taken_at)::text, '') FROM pair_taken_out
                             WHERE campaign_id = c.id) || (SELECT ' ' || count(*) || ' ' || count(undone_at)
                             FROM annotator_exclusion WHERE campaign_id = c.id) || (SELECT ' ' || count(*) || ' '
                             || count(answered_at) FROM appeal WHERE campaign_id = c.id) AS taken, h.basis
                        FROM campaign c LEFT JOIN campaign_health h ON h.campaign_id = c.id WHERE c.archived_at IS NULL
                        ORDER BY c.id""")
                .query((row, number) -> {
                    boolean closed = row.getString("state").equals("CLOSED");
                    // a closed campaign does not change with the day
                    var day = closed
                            ? "closed"
                            : LocalDate.now(clock.withZone(ZoneOffset.UTC)).toString();
                    return new Watched(
                            row.getObject("id", UUID.class),
                            row.getString("state").equals("OPEN"),
                            closed,
                            row.getString("protocol_sha256") + " " + row.getLong("last") + " " + row.getLong("known")
                                    + " " + row.getString("taken") + " " + day,
                            row.getString("basis"));
                })
                .list()
                .stream()
                .filter(each -> !each.closed() || !each.basis().equals(each.read()))
                .toList();
    }

    /** How a campaign stands; read now if something has changed and the last reading allows. */
    public CampaignHealth refreshed(Watched campaign) {
        var known = row(campaign.id());
        var now = clock.instant();
        if (known.filter(row -> row.isGood(campaign.basis(), now)).isPresent()) {
            return known.get().health();
        }
        long begun = System.nanoTime();
        var health = reader.read(campaign.id());
        jdbc.sql("""
                        INSERT INTO campaign_health (campaign_id, basis, figures, milliseconds, read_at)
                        VALUES (:campaign, :basis, :figures::jsonb, :milliseconds, :now)
                        ON CONFLICT (campaign_id) DO UPDATE SET basis = EXCLUDED.basis, figures = EXCLUDED.figures,
                            milliseconds = EXCLUDED.milliseconds, read_at = EXCLUDED.read_at""")
                .param("campaign", campaign.id())
                .param("basis", campaign.basis())
                .param("figures", json.writeValueAsString(health))
                .param(
                        "milliseconds",
                        Duration.ofNanos(System.nanoTime() - begun).toMillis())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
        return health;
    }

    /** How a campaign stood when it was last read, for its leads; nothing before the first time. */
    public Optional<CampaignHealth> of(SignedIn lead, UUID campaign) {
        access.requireLead(lead, campaign);
        return row(campaign).map(Row::health);
    }

    /** The same for many campaigns; who asks has to know that they may. */
    public Map<UUID, CampaignHealth> of(Collection<UUID> campaigns) {
        var healths = new HashMap<UUID, CampaignHealth>();
        jdbc.sql("SELECT * FROM campaign_health WHERE campaign_id = ANY (?)")
                .param(campaigns.toArray(UUID[]::new))
                .query(result -> {
                    healths.put(
                            result.getObject("campaign_id", UUID.class),
                            row(result).health());
                });
        return healths;
    }

    private Optional<Row> row(UUID campaign) {
        return jdbc.sql("SELECT * FROM campaign_health WHERE campaign_id = ?")
                .param(campaign)
                .query((result, number) -> row(result))
                .optional();
    }

    private Row row(ResultSet result) throws SQLException {
        return new Row(
                result.getString("basis"),
                json.readValue(result.getString("figures"), CampaignHealth.class),
                Duration.ofMillis(result.getLong("milliseconds")),
                result.getObject("read_at", OffsetDateTime.class).toInstant());
    }

    private record Row(String basis, CampaignHealth health, Duration cost, Instant at) {
        boolean isGood(@Nullable String wanted, Instant now) {
            var good = basis.equals(wanted) ? LONGEST : cost.multipliedBy(TIMES_ITS_COST);
            return at.plus(good).isAfter(now);
        }
    }
}
