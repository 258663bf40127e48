package org.diptych.service.history;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.diptych.service.foreign.ImportedChain;
import org.diptych.service.image.ObjectStore;

/**
 * Verifies all that is kept, as it is at one moment: the chain of each campaign, published protocols, pictures, and numbers
 * of rows that have to agree. It changes nothing, and nobody waits for it.
 */
public final class HistoryVerification {
    private static final Map<String, String> COUNTS = Map.of(
            "imported labels that are not what they were, or not where they were, when they came in",
            ImportedChain.BROKEN,
            "slots that are filled by a label of another pair",
            "SELECT count(*) FROM slot s LEFT JOIN label l ON l.id = s.label_id WHERE s.state = 'FILLED' AND l.pair_id"
                    + " IS DISTINCT FROM s.pair_id",
            "datasets with another number of labels than they were frozen with",
            "SELECT count(*) FROM dataset_snapshot d WHERE d.labels <> (SELECT count(*) FROM dataset_snapshot_label s"
                    + " WHERE s.snapshot_id = d.id)",
            "labels that correct a label which is not there",
            "SELECT count(*) FROM label l WHERE l.supersedes IS NOT NULL AND NOT EXISTS (SELECT 1 FROM label f WHERE f.id"
                    + " = l.supersedes)");

    private final ObjectStore store;
    private final Map<UUID, HistoryReport.Anchor> anchors;
    private final Consumer<String> progress;

    /**
     * How to verify.
     *
     * @param anchors what the chains were known to hold earlier, by campaign
     * @param progress is told what is being looked at
     */
    public HistoryVerification(ObjectStore store, Map<UUID, HistoryReport.Anchor> anchors, Consumer<String> progress) {
        this.store = store;
        this.anchors = anchors;
        this.progress = progress;
    }

    /**
     * Verifies everything.
     *
     * @param connection its own while this lasts
     */
    public HistoryReport verify(Connection connection) throws SQLException {
        return Reading.<HistoryReport, RuntimeException>atOneMoment(connection, () -> all(connection));
    }

    private HistoryReport all(Connection connection) throws SQLException {
        progress.accept("labels");
        var chains = new ArrayList<>(new ChainVerification(connection, anchors).chains());
        chains.addAll(lost(chains));
        progress.accept("protocols");
        var protocols = protocols(connection);
        progress.accept("counts");
        var counts = counts(connection);
        progress.accept("pictures and models");
        var files = new FileVerification(store, progress).files(connection);
        boolean intact = chains.stream().allMatch(chain -> chain.firstBreak() == null)
                && protocols.changed().isEmpty()
                && counts.stream().allMatch(count -> count.wrong() == 0)
                && files.wrong() == 0;
        return new HistoryReport(intact, chains, protocols, files, counts);
    }

    /** Campaigns of which an earlier report speaks and the database no more. */
    private List<HistoryReport.Chain> lost(List<HistoryReport.Chain> present) {
        var lost = new ArrayList<HistoryReport.Chain>();
        anchors.forEach((campaign, anchor) -> {
            if (present.stream().noneMatch(chain -> chain.campaign().equals(campaign))) {
                lost.add(new HistoryReport.Chain(
                        campaign, "", 0, 0, 0, "", new HistoryReport.Break(1, null, "the whole campaign is missing")));
            }
        });
        return lost;
    }

    private static HistoryReport.Protocols protocols(Connection connection) throws SQLException {
        var changed = new ArrayList<String>();
        long checked = 0;
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("""
                        SELECT id || '-v' || version, encode(sha256(convert_to(document, 'UTF8')), 'hex') = sha256
                        FROM protocol ORDER BY 1""")) {
            while (rows.next()) {
                checked++;
                if (!rows.getBoolean(2)) {
                    changed.add(rows.getString(1));
                }
            }
        }
        return new HistoryReport.Protocols(checked, List.copyOf(changed));
    }

    private static List<HistoryReport.Count> counts(Connection connection) throws SQLException {
        var counts = new ArrayList<HistoryReport.Count>();
        for (var rule :
                COUNTS.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList()) {
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery(rule.getValue())) {
                row.next();
                counts.add(new HistoryReport.Count(rule.getKey(), row.getLong(1)));
            }
        }
        return List.copyOf(counts);
    }
}
