package org.diptych.service.campaign;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.diptych.service.campaign.CampaignSummary.ActiveModel;
import org.diptych.service.database.Columns;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads which campaigns somebody is in and what they are, all but their figures. */
@Repository
class CampaignProgressQueries {
    private static final String LED_BY = """
            (:everything OR EXISTS (SELECT 1 FROM campaign_member m
                WHERE m.campaign_id = c.id AND m.account_id = :account AND m.role = 'LEAD'))""";
    private static final String ARCHIVED = "(c.archived_at IS NOT NULL) = :archived AND ";
    private static final String HEAD = """
            SELECT c.id, c.name, c.state, c.protocol_sha256, p.id || '-v' || p.version AS protocol, c.retrain_every,
                v.number, v.accuracy, v.accuracy_low, v.accuracy_high, v.evaluated_pairs
            FROM campaign c JOIN protocol p ON p.sha256 = c.protocol_sha256
            LEFT JOIN model_version v ON v.campaign_id = c.id AND v.state = 'ACTIVE'""" + "\n";

    private final JdbcClient jdbc;

    CampaignProgressQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<CampaignName> names(SignedIn who) {
        return names(who, false);
    }

    List<CampaignName> names(SignedIn who, boolean archived) {
        return jdbc.sql("SELECT c.id, c.name FROM campaign c WHERE " + ARCHIVED + LED_BY
                        + " ORDER BY c.created_at DESC")
                .param("archived", archived)
                .param("everything", who.role() == Role.ADMIN)
                .param("account", who.id())
                .query((row, number) -> new CampaignName(id(row), row.getString("name")))
                .list();
    }

    /** The campaigns that somebody leads, newest first. */
    List<Head> ledBy(SignedIn who, boolean archived) {
        return jdbc.sql(HEAD + "WHERE " + ARCHIVED + LED_BY + " ORDER BY c.created_at DESC")
                .param("archived", archived)
                .param("everything", who.role() == Role.ADMIN)
                .param("account", who.id())
                .query(CampaignProgressQueries::head)
                .list();
    }

    Optional<Head> find(UUID campaign) {
        return jdbc.sql(HEAD + "WHERE c.id = ?")
                .param(campaign)
                .query(CampaignProgressQueries::head)
                .optional();
    }

    List<Labelled> annotating(SignedIn who) {
        return jdbc.sql("""
                        SELECT c.id, c.name, c.state FROM campaign c
                        JOIN campaign_member m ON m.campaign_id = c.id AND m.account_id = :account
                        WHERE c.state <> 'CLOSED' AND m.role <> 'ADJUDICATOR' ORDER BY c.created_at DESC""")
                .param("account", who.id())
                .query((row, number) -> new Labelled(id(row), row.getString("name"), row.getString("state")))
                .list();
    }

    /** A campaign that somebody labels in. */
    record Labelled(UUID id, String name, String state) {}

    /** What a campaign is, beside what is counted in it. */
    record Head(
            UUID id,
            String name,
            CampaignState state,
            String protocolSha256,
            String protocol,
            int retrainEvery,
            @Nullable ActiveModel activeModel) {}

    private static Head head(ResultSet row, int number) throws SQLException {
        var version = Columns.integer(row, "number");
        var model = version == null
                ? null
                : new ActiveModel(
                        version,
                        Columns.number(row, "accuracy"),
                        Columns.number(row, "accuracy_low"),
                        Columns.number(row, "accuracy_high"),
                        row.getInt("evaluated_pairs"));
        return new Head(
                id(row),
                row.getString("name"),
                CampaignState.valueOf(row.getString("state")),
                row.getString("protocol_sha256"),
                row.getString("protocol"),
                row.getInt("retrain_every"),
                model);
    }

    private static UUID id(ResultSet row) throws SQLException {
        return row.getObject("id", UUID.class);
    }
}
