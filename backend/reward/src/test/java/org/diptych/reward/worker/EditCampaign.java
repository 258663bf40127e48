package org.diptych.reward.worker;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.diptych.service.image.ObjectStore;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A campaign of plain pictures, two edits of each source; the brighter edit is the better one. */
final class EditCampaign {
    private static final int SIDE = 24;

    private final JdbcClient jdbc;
    private final ObjectStore store;
    private final List<UUID> pairs = new ArrayList<>();
    final UUID id;
    /** The brighter candidate of each item. */
    final List<UUID> brighter = new ArrayList<>();

    final List<String> pictures = new ArrayList<>();

    EditCampaign(JdbcClient jdbc, ObjectStore store) {
        this.jdbc = jdbc;
        this.store = store;
        id = jdbc.sql("""
                        INSERT INTO campaign (name, protocol_sha256, acquired_labels, acquisition_policy, retrain_every)
                        SELECT 'campaign ' || gen_random_uuid(), sha256, 1, 'default', 100000 FROM protocol
                        WHERE id = 'edit-preference' ORDER BY version LIMIT 1 RETURNING id""").query(UUID.class).single();
    }

    /** Adds items whose brighter edit has the given red and green. */
    EditCampaign items(int count, int brightest) throws IOException {
        for (int i = 0; i < count; i++) {
            int number = pairs.size();
            var item = jdbc.sql("""
                            INSERT INTO item (campaign_id, external_id, instruction, source_sha256)
                            VALUES (?, ?, 'Make it brighter.', ?) RETURNING id""")
                    .params(id, "item-" + number, picture(new Color(number % 200, 10, 10)))
                    .query(UUID.class)
                    .single();
            var dark = candidate(item, 0, new Color(number % 100, number % 50, 40));
            var bright = candidate(item, 1, new Color(brightest, brightest, number % 100));
            brighter.add(bright);
            var stratum = number % 3 == 0 ? "UNIFORM" : "ACQUIRED";
            var pair = jdbc.sql("""
                            INSERT INTO pair (campaign_id, item_id, first_candidate_id, second_candidate_id, stratum)
                            VALUES (?, ?, ?, ?, ?) RETURNING id""")
                    .params(id, item, dark, bright, stratum)
                    .query(UUID.class)
                    .single();
            pairs.add(pair);
            jdbc.sql("INSERT INTO slot (pair_id, ordinal, campaign_id, stratum) VALUES (?, 0, ?, ?)")
                    .params(pair, id, stratum)
                    .update();
        }
        return this;
    }

    /** Labels all pairs but the last few. */
    EditCampaign labelAllBut(int open) {
        var annotator = jdbc.sql("""
                        INSERT INTO account (name, display_name, role) VALUES ('a' || gen_random_uuid(), 'a', 'ANNOTATOR')
                        RETURNING id""").query(UUID.class).single();
        for (int i = 0; i < pairs.size() - open; i++) {
            boolean wrong = i % 7 == 0;
            var answers = wrong
                    ? "{\"instruction_following\": {\"first\": 3, \"second\": 2}, \"visual_quality\": {\"first\": 3, \"second\": 2}}"
                    : "{\"instruction_following\": {\"first\": 1, \"second\": 4}, \"visual_quality\": {\"first\": 2, \"second\": 4}}";
            jdbc.sql("""
                            WITH given AS (
                                INSERT INTO assignment (campaign_id, pair_id, annotator_id, slot, state, fencing_token,
                                    expires_at, swapped)
                                VALUES (:campaign, :pair, :annotator, 0, 'LABELLED', nextval('fencing_token'), now(), false)
                                RETURNING id, fencing_token)
                            INSERT INTO label (id, campaign_id, pair_id, annotator_id, assignment_id, slot, kind,
                                protocol_sha256, answers, verdicts, swapped, stratum, selection_probability, fencing_token,
                                active_milliseconds)
                            SELECT gen_random_uuid(), :campaign, :pair, :annotator, given.id, 0, 'ANSWER', c.protocol_sha256,
                                :answers::jsonb, :verdicts::jsonb, false, p.stratum, 1, given.fencing_token, 1
                            FROM given, campaign c, pair p WHERE c.id = :campaign AND p.id = :pair""")
                    .param("campaign", id)
                    .param("pair", pairs.get(i))
                    .param("annotator", annotator)
                    .param("answers", answers)
                    .param("verdicts", "{\"overall\": \"%s\"}".formatted(wrong ? "first" : "second"))
                    .update();
            jdbc.sql("""
                            UPDATE slot s SET state = 'FILLED', label_id = l.id, assignment_id = l.assignment_id
                            FROM label l WHERE l.pair_id = s.pair_id AND s.pair_id = ?""").param(pairs.get(i)).update();
        }
        return this;
    }

    private UUID candidate(UUID item, int ordinal, Color colour) throws IOException {
        return jdbc.sql("""
                        INSERT INTO candidate (campaign_id, item_id, ordinal, model, path, image_sha256)
                        VALUES (?, ?, ?, ?, 'edit.png', ?) RETURNING id""")
                .params(id, item, ordinal, "editor-" + ordinal, picture(colour))
                .query(UUID.class)
                .single();
    }

    /** Stores a plain picture; its digest. */
    private String picture(Color colour) throws IOException {
        var image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < SIDE * SIDE; i++) {
            image.setRGB(i % SIDE, i / SIDE, colour.getRGB());
        }
        // no two campaigns share a picture, so that a test may take one away
        image.setRGB(0, 0, id.hashCode());
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        var sha256 = sha256(bytes.toByteArray());
        store.put(ObjectStore.keyOf(sha256), bytes.toByteArray());
        jdbc.sql("""
                        INSERT INTO image (sha256, media_type, width, height, bytes) VALUES (?, 'image/png', ?, ?, ?)
                        ON CONFLICT DO NOTHING""").params(sha256, SIDE, SIDE, bytes.size()).update();
        pictures.add(sha256);
        return sha256;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
