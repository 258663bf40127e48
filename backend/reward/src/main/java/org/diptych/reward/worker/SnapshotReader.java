package org.diptych.reward.worker;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.diptych.protocol.Protocol;
import org.diptych.service.label.AnswerJson;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the labels of a snapshot. */
@Component
class SnapshotReader {
    private final JdbcClient jdbc;

    SnapshotReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A frozen data set.
     *
     * @param digest of its labels
     */
    record Frozen(UUID id, String digest) {}

    /** The data set of the campaign's newest version; nothing before there is one. */
    Optional<Frozen> newest(UUID campaign) {
        return jdbc.sql("""
                        SELECT s.id, s.digest FROM model_version m JOIN dataset_snapshot s ON s.id = m.snapshot_id
                        WHERE m.campaign_id = ? ORDER BY m.number DESC LIMIT 1""").param(campaign).query(Frozen.class).optional();
    }

    /** The labels of a snapshot, in the order in which they were given. */
    List<LabelledPair> labels(UUID snapshot) {
        return labels(snapshot, "true");
    }

    /** Those of the uniform stratum. */
    List<LabelledPair> uniformLabels(UUID snapshot) {
        return labels(snapshot, "l.stratum = 'UNIFORM'");
    }

    private List<LabelledPair> labels(UUID snapshot, String condition) {
        return jdbc.sql("""
                        SELECT l.pair_id, l.annotator_id, l.swapped, l.stratum, l.answers, l.verdicts, p.first_candidate_id,
                               p.second_candidate_id, i.source_sha256, coalesce(src.pixels_sha256, src.sha256) AS photo, i.instruction,
                               l.stratum = 'ACQUIRED' AND b.model_version_id IS NOT NULL AND b.policy <> 'uniform'
                                   AS acquired
                        FROM dataset_snapshot_label s JOIN label l ON l.id = s.label_id JOIN pair p ON p.id = l.pair_id
                        JOIN item i ON i.id = p.item_id JOIN image src ON src.sha256 = i.source_sha256
                        LEFT JOIN acquisition_batch b ON b.id = l.acquisition_batch_id
                        WHERE s.snapshot_id = ? AND %s ORDER BY l.sequence""".formatted(condition))
                .param(snapshot)
                .query((row, number) -> {
                    var verdicts = AnswerJson.verdictsFromStored(row.getString("verdicts"));
                    return new LabelledPair(
                            row.getObject("pair_id", UUID.class),
                            row.getObject("first_candidate_id", UUID.class),
                            row.getObject("second_candidate_id", UUID.class),
                            row.getString("source_sha256"),
                            row.getString("photo"),
                            row.getString("instruction"),
                            row.getObject("annotator_id", UUID.class),
                            row.getBoolean("swapped"),
                            row.getString("stratum").equals("UNIFORM"),
                            row.getBoolean("acquired"),
                            AnswerJson.fromStored(row.getString("answers")),
                            Objects.requireNonNull(verdicts.get(Protocol.OVERALL)));
                })
                .list();
    }
}
