package org.diptych.service;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.SignedIn;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Small campaigns made row by row, for tests that are not about import. */
public final class CampaignFixture {
    private final JdbcClient jdbc;
    private final AccountService accounts;

    public CampaignFixture(JdbcClient jdbc, AccountService accounts) {
        this.jdbc = jdbc;
        this.accounts = accounts;
    }

    /** A campaign with pairs of two-candidate items, each pair with the given number of slots. */
    public UUID campaign(String protocol, int pairs, int labelsPerPair) {
        var campaign = jdbc.sql("""
                        INSERT INTO campaign (name, protocol_sha256, uniform_labels, acquired_labels)
                        SELECT ?, sha256, ?, ? FROM protocol WHERE id || '-v' || version = ? RETURNING id""")
                .params("campaign " + UUID.randomUUID(), labelsPerPair, labelsPerPair, protocol)
                .query(UUID.class)
                .single();
        for (int i = 0; i < pairs; i++) {
            addPair(campaign, "item-" + i, i % 3 == 0 ? "UNIFORM" : "ACQUIRED", labelsPerPair);
        }
        return campaign;
    }

    /** A pair of an item of its own. */
    public UUID addPair(UUID campaign, String externalId, String stratum, int slots) {
        var item = jdbc.sql("""
                        INSERT INTO item (campaign_id, external_id, instruction, source_sha256)
                        VALUES (?, ?, 'Make it red.', ?) RETURNING id""")
                .params(campaign, externalId, image())
                .query(UUID.class)
                .single();
        var candidates = new ArrayList<UUID>();
        for (int ordinal = 0; ordinal < 2; ordinal++) {
            candidates.add(jdbc.sql("""
                            INSERT INTO candidate (campaign_id, item_id, ordinal, model, path, image_sha256)
                            VALUES (?, ?, ?, ?, ?, ?) RETURNING id""")
                    .params(campaign, item, ordinal, "editor-" + ordinal, externalId + "-" + ordinal + ".png", image())
                    .query(UUID.class)
                    .single());
        }
        var pair = jdbc.sql("""
                        INSERT INTO pair (campaign_id, item_id, first_candidate_id, second_candidate_id, stratum)
                        VALUES (?, ?, ?, ?, ?) RETURNING id""")
                .params(campaign, item, candidates.get(0), candidates.get(1), stratum)
                .query(UUID.class)
                .single();
        for (int slot = 0; slot < slots; slot++) {
            jdbc.sql("INSERT INTO slot (pair_id, ordinal, campaign_id, stratum) VALUES (?, ?, ?, ?)")
                    .params(pair, slot, campaign, stratum)
                    .update();
        }
        return pair;
    }

    private String image() {
        var sha256 = (UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", "");
        jdbc.sql("INSERT INTO image (sha256, media_type, width, height, bytes) VALUES (?, 'image/png', 8, 8, 64)")
                .param(sha256)
                .update();
        return sha256;
    }

    /** Annotators who are members of the campaign. */
    public List<SignedIn> annotators(UUID campaign, int count) {
        var annotators = new ArrayList<SignedIn>();
        for (int i = 0; i < count; i++) {
            var annotator = accounts.createSimulatedAnnotator("annotator-" + UUID.randomUUID());
            jdbc.sql("INSERT INTO campaign_member (campaign_id, account_id, role) VALUES (?, ?, 'ANNOTATOR')")
                    .params(campaign, annotator.id())
                    .update();
            annotators.add(annotator);
        }
        return annotators;
    }
}
