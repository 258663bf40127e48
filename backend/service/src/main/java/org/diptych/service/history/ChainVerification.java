package org.diptych.service.history;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Computes every hash of every chain anew, from the labels as they are now. Memory does not grow with the labels. */
final class ChainVerification {
    private static final int FETCH = 1_000;

    private final Connection connection;
    private final Map<UUID, HistoryReport.Anchor> anchors;

    /**
     * Reads in the connection's transaction.
     *
     * @param anchors what each chain was known to hold earlier
     */
    ChainVerification(Connection connection, Map<UUID, HistoryReport.Anchor> anchors) {
        this.connection = connection;
        this.anchors = anchors;
    }

    List<HistoryReport.Chain> chains() throws SQLException {
        var campaigns = new ArrayList<Campaign>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT id, name FROM campaign ORDER BY created_at, id")) {
            while (rows.next()) {
                campaigns.add(new Campaign(rows.getObject(1, UUID.class), rows.getString(2)));
            }
        }
        var chains = new ArrayList<HistoryReport.Chain>();
        for (var campaign : campaigns) {
            chains.add(chain(campaign));
        }
        return List.copyOf(chains);
    }

    private HistoryReport.Chain chain(Campaign campaign) throws SQLException {
        var walk = new Walk(campaign.id, anchors.get(campaign.id));
        try (var query = connection.prepareStatement("""
                        SELECT c.position, c.label_id, c.hash, l.campaign_id, """ + ChainLink.CONTENT + """
                         FROM label_chain c LEFT JOIN label l ON l.id = c.label_id
                        WHERE c.campaign_id = ? ORDER BY c.position""")) {
            query.setFetchSize(FETCH);
            query.setObject(1, campaign.id);
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    walk.entry(rows);
                }
            }
        }
        walk.end();
        var outside = outside(campaign.id);
        if (walk.firstBreak == null && outside.passed > 0) {
            walk.firstBreak = new HistoryReport.Break(
                    0,
                    outside.first,
                    "a label was put in behind the chain: it is in no entry, though all up to later ones are");
        }
        return new HistoryReport.Chain(
                campaign.id,
                campaign.name,
                outside.labels,
                walk.entries,
                outside.waiting,
                walk.entries == 0 ? "" : HexFormat.of().formatHex(walk.before),
                walk.firstBreak);
    }

    /** Labels in no entry: those after the mark wait, those before it should not be there. */
    private Outside outside(UUID campaign) throws SQLException {
        try (var query = connection.prepareStatement("""
                        WITH outside AS (SELECT l.id, l.sequence, l.sequence <= m.sequence AS passed
                            FROM label l, label_chain_mark m WHERE l.campaign_id = ?
                            AND NOT EXISTS (SELECT 1 FROM label_chain c WHERE c.label_id = l.id))
                        SELECT (SELECT count(*) FROM label WHERE campaign_id = ?), count(*) FILTER (WHERE NOT passed),
                            count(*) FILTER (WHERE passed), (array_agg(id ORDER BY sequence) FILTER (WHERE passed))[1]
                        FROM outside""")) {
            query.setObject(1, campaign);
            query.setObject(2, campaign);
            try (var row = query.executeQuery()) {
                row.next();
                return new Outside(row.getLong(1), row.getLong(2), row.getLong(3), row.getObject(4, UUID.class));
            }
        }
    }

    private record Campaign(UUID id, String name) {}

    private record Outside(
            long labels,
            long waiting,
            long passed,
            @Nullable UUID first) {}

    /** From entry to entry. */
    private static final class Walk {
        private final UUID campaign;
        private final HistoryReport.@Nullable Anchor anchor;
        private byte[] before;
        private long entries;
        private long position;
        private HistoryReport.@Nullable Break firstBreak;

        private Walk(UUID campaign, HistoryReport.@Nullable Anchor anchor) {
            this.campaign = campaign;
            this.anchor = anchor;
            this.before = ChainLink.beginning(campaign);
        }

        private void entry(ResultSet row) throws SQLException {
            long at = row.getLong(1);
            var label = row.getObject(2, UUID.class);
            var hash = row.getBytes(3);
            var of = row.getObject(4, UUID.class);
            if (at != position + 1) {
                broken(position + 1, null, "the entry is missing");
            } else if (of == null) {
                broken(at, label, "the label is missing");
            } else if (!of.equals(campaign)) {
                broken(at, label, "the label is in another campaign now");
            } else if (!Arrays.equals(hash, ChainLink.next(before, row.getBytes(5)))) {
                broken(at, label, "the label, or the entry itself, is not what it was when it was chained");
            }
            if (anchor != null
                    && at == anchor.chained()
                    && !HexFormat.of().formatHex(hash).equals(anchor.head())) {
                broken(at, label, "the chain was made anew: the earlier report has another hash at this place");
            }
            position = at;
            before = hash;
            entries++;
        }

        private void end() {
            if (anchor != null && position < anchor.chained()) {
                broken(
                        position + 1,
                        null,
                        "the end is missing: the earlier report has " + anchor.chained() + " entries");
            }
        }

        private void broken(long at, @Nullable UUID label, String what) {
            if (firstBreak == null) {
                firstBreak = new HistoryReport.Break(at, label, what);
            }
        }
    }
}
