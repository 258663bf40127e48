package org.diptych.service.history;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.diptych.service.account.AccountZones;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.diptych.service.database.Streaming;
import org.diptych.service.download.CsvRow;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads the audit log: administrators all of it, leads what concerns their campaign. */
@Service
@Transactional(readOnly = true)
public class AuditTrail {
    private static final TypeReference<Map<String, Object>> DETAIL = new TypeReference<>() {};

    private final CampaignAccess access;
    private final AccountZones zones;
    private final JdbcClient jdbc;
    private final Streaming streaming;
    private final JsonMapper json;

    AuditTrail(CampaignAccess access, AccountZones zones, JdbcClient jdbc, Streaming streaming, JsonMapper json) {
        this.access = access;
        this.zones = zones;
        this.jdbc = jdbc;
        this.streaming = streaming;
        this.json = json;
    }

    /**
     * A page of entries, newest first.
     *
     * @param before only entries with a smaller id; null for the newest
     * @param most how many at most
     * @throws Problem {@code not_an_administrator} or {@code not_a_member}
     */
    public List<AuditEntry> page(SignedIn reader, AuditFilter filter, @Nullable Long before, int most) {
        require(reader, filter);
        var query = query(filter, zones.of(reader), before);
        var parameters = new ArrayList<>(query.parameters);
        parameters.add(most);
        return jdbc.sql(query.sql + " LIMIT ?")
                .params(parameters)
                .query((row, number) -> entry(row))
                .list();
    }

    /** Checks that somebody may read these entries. */
    public void require(SignedIn reader, AuditFilter filter) {
        if (filter.campaign() != null) {
            access.requireLead(reader, filter.campaign());
        } else if (reader.role() != Role.ADMIN) {
            throw Problem.forbidden(
                    "not_an_administrator", "Only administrators read the whole log. Name a campaign that you lead.");
        }
    }

    /** Writes all entries as CSV (RFC 4180, UTF-8), newest first. The stream is flushed, not closed. */
    public void writeCsv(SignedIn reader, AuditFilter filter, OutputStream stream) {
        require(reader, filter);
        var query = query(filter, zones.of(reader), null);
        try {
            write(stream, CsvRow.of("id", "at", "who", "action", "campaign", "subject", "address", "detail"));
            streaming.query(
                    query.sql,
                    row -> {
                        var entry = entry(row);
                        write(
                                stream,
                                CsvRow.of(
                                        String.valueOf(entry.id()),
                                        entry.at().toString(),
                                        entry.who(),
                                        entry.action(),
                                        entry.campaignName(),
                                        entry.subject(),
                                        entry.address(),
                                        json.writeValueAsString(entry.detail())));
                    },
                    query.parameters.toArray());
            stream.flush();
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static void write(OutputStream stream, String row) {
        try {
            stream.write(row.getBytes(StandardCharsets.UTF_8));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private AuditEntry entry(ResultSet row) throws SQLException {
        return new AuditEntry(
                row.getLong("id"),
                row.getTimestamp("at").toInstant(),
                row.getString("who"),
                row.getString("action"),
                row.getObject("campaign_id", UUID.class),
                row.getString("campaign_name"),
                row.getString("subject"),
                row.getString("address"),
                json.readValue(row.getString("detail"), DETAIL));
    }

    private static Query query(AuditFilter filter, ZoneId zone, @Nullable Long before) {
        var sql = new StringBuilder("""
                SELECT e.id, e.at, a.name AS who, e.action, e.campaign_id, c.name AS campaign_name, e.subject, e.address, e.detail
                FROM audit_event e LEFT JOIN account a ON a.id = e.account_id LEFT JOIN campaign c ON c.id = e.campaign_id
                WHERE true""");
        var parameters = new ArrayList<Object>();
        if (before != null) {
            sql.append(" AND e.id < ?");
            parameters.add(before);
        }
        if (filter.person() != null) {
            sql.append(" AND (e.account_id = (SELECT id FROM account WHERE name = ?) OR e.subject = ?)");
            var name = filter.person().strip().toLowerCase(Locale.ROOT).replace("\0", "");
            parameters.add(name);
            parameters.add(name);
        }
        if (filter.action() != null) {
            sql.append(" AND e.action = ?");
            parameters.add(filter.action().replace("\0", ""));
        }
        if (filter.campaign() != null) {
            sql.append(" AND e.campaign_id = ?");
            parameters.add(filter.campaign());
        }
        if (filter.from() != null) {
            sql.append(" AND e.at >= ?");
            parameters.add(filter.from().atStartOfDay(zone).toOffsetDateTime());
        }
        if (filter.to() != null) {
            sql.append(" AND e.at < ?");
            parameters.add(filter.to().plusDays(1).atStartOfDay(zone).toOffsetDateTime());
        }
        return new Query(sql.append(" ORDER BY e.id DESC").toString(), parameters);
    }

    private record Query(String sql, List<Object> parameters) {}
}
