package org.diptych.service.dataset;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HexFormat;
import java.util.UUID;
import org.diptych.protocol.text.Sha256;
import org.diptych.service.database.Streaming;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Freezes labels into immutable snapshots: what a model was trained on can be named for ever by one digest. */
@Service
public class SnapshotService {
    private final DatasetSnapshots snapshots;
    private final JdbcClient jdbc;
    private final Clock clock;
    private final Streaming streaming;

    SnapshotService(DatasetSnapshots snapshots, JdbcClient jdbc, Streaming streaming, Clock clock) {
        this.snapshots = snapshots;
        this.jdbc = jdbc;
        this.clock = clock;
        this.streaming = streaming;
    }

    /**
     * Freezes the campaign's current labels (answers that nobody superseded, of the strata that models learn from, on pairs
     * that no lead has taken out, of annotators whom no lead has excluded).
     *
     * @return the snapshot; its digest is over the ids and answers in order of acceptance, so equal labels give equal
     *     digests wherever and whenever they are frozen
     */
    @Transactional(isolation = Isolation.REPEATABLE_READ)
    public Snapshot freeze(UUID campaign) {
        var digest = Sha256.digest();
        var count = new int[1];
        streaming.query(
                """
                SELECT id, protocol_sha256, answers FROM dataset_label
                WHERE campaign_id = ? AND stratum IN ('UNIFORM', 'ACQUIRED') ORDER BY sequence""",
                row -> {
                    var line = row.getString("id") + " " + row.getString("protocol_sha256") + " "
                            + row.getString("answers") + "\n";
                    digest.update(line.getBytes(StandardCharsets.UTF_8));
                    count[0]++;
                },
                campaign);
        var hex = HexFormat.of().formatHex(digest.digest());
        var snapshot = snapshots.saveAndFlush(new DatasetSnapshot(campaign, hex, count[0], clock.instant()));
        jdbc.sql("""
                        INSERT INTO dataset_snapshot_label (snapshot_id, label_id)
                        SELECT ?, id FROM dataset_label WHERE campaign_id = ? AND stratum IN ('UNIFORM', 'ACQUIRED')""").params(snapshot.id(), campaign).update();
        return snapshot.snapshot();
    }

    /** A snapshot that was frozen before. */
    @Transactional(readOnly = true)
    public Snapshot find(UUID id) {
        return snapshots.findById(id).orElseThrow().snapshot();
    }

    /**
     * A frozen list of labels.
     *
     * @param id row
     * @param digest SHA-256 over its labels
     * @param labels how many
     */
    public record Snapshot(UUID id, String digest, int labels) {}
}
