package org.diptych.service.campaign;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Counts what is in a campaign, in the database. */
@Component
class CampaignStatistics {
    private static final String OVERVIEW = """
            SELECT c.id, c.name, c.state, c.protocol_sha256, p.id || '-v' || p.version AS protocol,
                   (SELECT count(*) FROM item i WHERE i.campaign_id = c.id) AS items,
                   (SELECT count(*) FROM pair r WHERE r.campaign_id = c.id) AS pairs,
                   s.open, s.leased, s.filled,
                   (SELECT count(*) FROM current_label l WHERE l.campaign_id = c.id) AS labels,
                   (SELECT count(*) FROM current_skip l WHERE l.campaign_id = c.id) AS skips, l.annotators,
                   (SELECT m.number FROM model_version m WHERE m.campaign_id = c.id AND m.state = 'ACTIVE') AS model
            FROM campaign c
            JOIN protocol p ON p.sha256 = c.protocol_sha256
            CROSS JOIN LATERAL (
                SELECT count(*) FILTER (WHERE state = 'OPEN') AS open,
                       count(*) FILTER (WHERE state = 'LEASED') AS leased,
                       count(*) FILTER (WHERE state = 'FILLED') AS filled
                FROM slot WHERE campaign_id = c.id) s
            CROSS JOIN LATERAL (
                SELECT count(DISTINCT annotator_id) AS annotators
                FROM label WHERE campaign_id = c.id) l
            """;

    private final JdbcClient jdbc;

    CampaignStatistics(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<CampaignOverview> of(UUID campaign) {
        return jdbc.sql(OVERVIEW + "WHERE c.id = ?")
                .param(campaign)
                .query(CampaignStatistics::overview)
                .optional();
    }

    List<CampaignOverview> ofAll() {
        return jdbc.sql(OVERVIEW + "ORDER BY c.created_at DESC")
                .query(CampaignStatistics::overview)
                .list();
    }

    List<CampaignOverview> ofAllLedBy(UUID account) {
        return jdbc.sql(OVERVIEW + """
                        WHERE c.id IN (SELECT campaign_id FROM campaign_member WHERE account_id = ? AND role = 'LEAD')
                        ORDER BY c.created_at DESC""")
                .param(account)
                .query(CampaignStatistics::overview)
                .list();
    }

    private static CampaignOverview overview(ResultSet row, int number) throws SQLException {
        return new CampaignOverview(
                row.getObject("id", UUID.class),
                row.getString("name"),
                CampaignState.valueOf(row.getString("state")),
                new CampaignOverview.ProtocolReference(row.getString("protocol_sha256"), row.getString("protocol")),
                row.getLong("items"),
                row.getLong("pairs"),
                new CampaignOverview.Slots(row.getLong("open"), row.getLong("leased"), row.getLong("filled")),
                row.getLong("labels"),
                row.getLong("skips"),
                row.getLong("annotators"),
                row.getObject("model", Integer.class));
    }
}
