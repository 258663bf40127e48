package org.diptych.service;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A campaign of any size in a few statements: one in ten pairs is uniform with three slots, the others have one. */
public final class LargeCampaign {
    private LargeCampaign() {}

    /**
     * Makes it.
     *
     * @param pairs one an item
     * @return the campaign
     */
    public static UUID create(JdbcClient jdbc, int pairs) {
        var campaign = jdbc.sql("""
                        INSERT INTO campaign (name, protocol_sha256)
                        SELECT ?, sha256 FROM protocol WHERE id || '-v' || version = 'edit-preference-v1' RETURNING id""")
                .param("campaign " + UUID.randomUUID())
                .query(UUID.class)
                .single();
        var image = "%064x".formatted(4);
        jdbc.sql("""
                        INSERT INTO image (sha256, media_type, width, height, bytes) VALUES (?, 'image/png', 8, 8, 64)
                        ON CONFLICT DO NOTHING""").param(image).update();
        jdbc.sql("""
                        INSERT INTO item (campaign_id, external_id, instruction, source_sha256)
                        SELECT ?, 'item-' || g, 'Make it red.', ? FROM generate_series(1, ?) g""").params(campaign, image, pairs).update();
        jdbc.sql("""
                        INSERT INTO candidate (campaign_id, item_id, ordinal, model, path, image_sha256)
                        SELECT campaign_id, id, g, 'editor-' || g, external_id || g, ? FROM item
                        CROSS JOIN generate_series(0, 1) g WHERE campaign_id = ?""").params(image, campaign).update();
        // their pictures are none, and whoever measures edits in the same database need not find that out one by one
        jdbc.sql("""
                        DELETE FROM candidate_evidence e USING candidate c
                        WHERE c.id = e.candidate_id AND c.campaign_id = ?""").param(campaign).update();
        jdbc.sql("""
                        INSERT INTO pair (campaign_id, item_id, first_candidate_id, second_candidate_id, stratum)
                        SELECT f.campaign_id, f.item_id, f.id, s.id,
                            CASE WHEN abs(hashtext(f.path)) % 10 = 0 THEN 'UNIFORM' ELSE 'ACQUIRED' END
                        FROM candidate f JOIN candidate s ON s.item_id = f.item_id AND s.ordinal = 1
                        WHERE f.campaign_id = ? AND f.ordinal = 0""").param(campaign).update();
        jdbc.sql("""
                        INSERT INTO slot (pair_id, ordinal, campaign_id, stratum)
                        SELECT p.id, g, p.campaign_id, p.stratum FROM pair p CROSS JOIN LATERAL
                            generate_series(0, CASE p.stratum WHEN 'UNIFORM' THEN 2 ELSE 0 END) g
                        WHERE p.campaign_id = ?""").param(campaign).update();
        return campaign;
    }
}
