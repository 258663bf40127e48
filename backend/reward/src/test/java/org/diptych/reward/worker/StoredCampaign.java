package org.diptych.reward.worker;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.diptych.reward.encoder.EditEncoder;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A campaign in the database whose candidates have features, without pictures; what is better shows in the first of them. */
final class StoredCampaign {
    private final JdbcClient jdbc;
    private final EditEncoder encoder;
    private final Random random;
    final UUID id;

    StoredCampaign(JdbcClient jdbc, EditEncoder encoder, int items, int labelsPerPair, long seed) {
        this.jdbc = jdbc;
        this.encoder = encoder;
        random = new Random(seed);
        id = jdbc.sql("""
                        INSERT INTO campaign (name, protocol_sha256, uniform_labels, acquired_labels, most_labels)
                        SELECT :name, sha256, :labels, :labels, :labels FROM protocol WHERE id = 'edit-preference'
                        ORDER BY version DESC LIMIT 1 RETURNING id""")
                .param("name", "campaign " + UUID.randomUUID())
                .param("labels", labelsPerPair)
                .query(UUID.class)
                .single();
        for (int item = 0; item < items; item++) {
            add(item, labelsPerPair);
        }
    }

    private void add(int number, int labelsPerPair) {
        var item = jdbc.sql("""
                        INSERT INTO item (campaign_id, external_id, instruction, source_sha256)
                        VALUES (?, ?, 'Make it red.', ?) RETURNING id""")
                .params(id, "item-" + number, image())
                .query(UUID.class)
                .single();
        var candidates = new ArrayList<UUID>();
        for (int ordinal = 0; ordinal < 3; ordinal++) {
            var candidate = jdbc.sql("""
                            INSERT INTO candidate (campaign_id, item_id, ordinal, model, path, image_sha256)
                            VALUES (?, ?, ?, ?, ?, ?) RETURNING id""")
                    .params(id, item, ordinal, "editor-" + ordinal, ordinal + ".png", image())
                    .query(UUID.class)
                    .single();
            var features = new float[encoder.layout().dimension()];
            for (int column = 0; column < features.length; column++) {
                features[column] = (float) random.nextGaussian();
            }
            store(candidate, features);
            candidates.add(candidate);
        }
        for (int first = 0; first < 3; first++) {
            for (int second = first + 1; second < 3; second++) {
                pair(item, candidates.get(first), candidates.get(second), number % 3 == 0, labelsPerPair);
            }
        }
    }

    private void pair(UUID item, UUID first, UUID second, boolean uniform, int slots) {
        jdbc.sql("""
                        WITH made AS (
                            INSERT INTO pair (campaign_id, item_id, first_candidate_id, second_candidate_id, stratum)
                            VALUES (:campaign, :item, :first, :second, :stratum) RETURNING id, stratum)
                        INSERT INTO slot (pair_id, ordinal, campaign_id, stratum)
                        SELECT made.id, slot, :campaign, made.stratum FROM made, generate_series(0, :slots - 1) slot""")
                .param("campaign", id)
                .param("item", item)
                .param("first", first)
                .param("second", second)
                .param("stratum", uniform ? "UNIFORM" : "ACQUIRED")
                .param("slots", slots)
                .update();
    }

    private String image() {
        var sha256 = (UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", "");
        jdbc.sql("INSERT INTO image (sha256, media_type, width, height, bytes) VALUES (?, 'image/png', 8, 8, 64)")
                .param(sha256)
                .update();
        return sha256;
    }

    /** Sets the features of a candidate. */
    void store(UUID candidate, float[] features) {
        var bytes = ByteBuffer.allocate(Float.BYTES * features.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(features);
        jdbc.sql("""
                        INSERT INTO candidate_feature (candidate_id, encoder_id, features) VALUES (?, ?, ?)
                        ON CONFLICT (candidate_id, encoder_id) DO UPDATE SET features = excluded.features""").params(candidate, encoder.encoderId(), bytes.array()).update();
    }

    /** Labels open slots, pair after pair, in turns by the annotators. */
    void label(int count, List<UUID> annotators) {
        for (int label = 0; label < count; label++) {
            int better = random.nextInt(4) == 0 ? 1 : 0;
            label(
                    annotators.get(label % annotators.size()),
                    better == 0 ? "FIRST" : "SECOND",
                    4 - 2 * better,
                    2 + 2 * better);
        }
    }

    private void label(UUID annotator, String verdict, int first, int second) {
        var label = UUID.randomUUID();
        var rating = "{\"first\": %d, \"second\": %d}".formatted(first, second);
        jdbc.sql("""
                        WITH free AS (
                            SELECT s.pair_id, s.ordinal, s.stratum FROM slot s
                            WHERE s.campaign_id = :campaign AND s.state = 'OPEN' ORDER BY s.pair_id, s.ordinal LIMIT 1),
                        held AS (
                            INSERT INTO assignment (campaign_id, pair_id, annotator_id, slot, state, fencing_token, expires_at,
                                swapped)
                            SELECT :campaign, pair_id, :annotator, ordinal, 'LABELLED', nextval('fencing_token'), now(), false
                            FROM free RETURNING id, pair_id, slot, fencing_token)
                        INSERT INTO label (id, campaign_id, pair_id, annotator_id, assignment_id, slot, kind, protocol_sha256,
                            answers, verdicts, swapped, stratum, selection_probability, fencing_token, active_milliseconds)
                        SELECT :id, :campaign, held.pair_id, :annotator, held.id, held.slot, 'ANSWER', c.protocol_sha256,
                            :answers::jsonb, :verdicts::jsonb, false, free.stratum, 1, held.fencing_token, 1
                        FROM held JOIN free ON free.pair_id = held.pair_id JOIN campaign c ON c.id = :campaign""")
                .param("campaign", id)
                .param("annotator", annotator)
                .param("id", label)
                .param("answers", "{\"instruction_following\": %s, \"visual_quality\": %s}".formatted(rating, rating))
                .param(
                        "verdicts",
                        "{\"overall\": \"%1$s\", \"instruction_following\": \"%1$s\", \"visual_quality\": \"%1$s\"}"
                                .formatted(verdict))
                .update();
        jdbc.sql("""
                        UPDATE slot s SET state = 'FILLED', label_id = l.id, assignment_id = l.assignment_id
                        FROM label l WHERE l.id = ? AND s.pair_id = l.pair_id AND s.ordinal = l.slot""").param(label).update();
    }

    /** A candidate without any label. */
    UUID unlabelledCandidate() {
        return jdbc.sql("""
                        SELECT c.id FROM candidate c WHERE c.campaign_id = ? AND NOT EXISTS (
                            SELECT 1 FROM label l JOIN pair p ON p.id = l.pair_id
                            WHERE c.id IN (p.first_candidate_id, p.second_candidate_id)) ORDER BY c.id LIMIT 1""").param(id).query(UUID.class).single();
    }

    /** Open slots in front of the queue. */
    int inFront() {
        return jdbc.sql("SELECT count(*) FROM slot WHERE campaign_id = ? AND state = 'OPEN' AND priority > 0")
                .param(id)
                .query(Integer.class)
                .single();
    }

    /** Open pairs that still carry what a model saw in them. */
    int chosenByModel() {
        return jdbc.sql("""
                        SELECT count(DISTINCT pair_id) FROM slot
                        WHERE campaign_id = ? AND state = 'OPEN' AND acquisition_batch_id IS NOT NULL""").param(id).query(Integer.class).single();
    }
}
