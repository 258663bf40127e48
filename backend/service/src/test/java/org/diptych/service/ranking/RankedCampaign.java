package org.diptych.service.ranking;

import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A campaign with labels of editing models of known strength, row by row. */
final class RankedCampaign {
    private final JdbcClient jdbc;
    private final SplittableRandom random = new SplittableRandom(3);
    final UUID id;
    private final List<UUID> people;
    private int items;

    RankedCampaign(JdbcClient jdbc, List<UUID> people) {
        this.jdbc = jdbc;
        this.people = people;
        id = jdbc.sql("""
                        INSERT INTO campaign (name, protocol_sha256)
                        SELECT ?, sha256 FROM protocol WHERE id || '-v' || version = 'edit-preference-v1' RETURNING id""")
                .param("campaign " + UUID.randomUUID())
                .query(UUID.class)
                .single();
    }

    /**
     * A pair of two models on a source of its own.
     *
     * @return the pair
     */
    UUID pair(String first, String second, String category, String stratum) {
        var name = "item-" + items++;
        var source = image();
        var item = jdbc.sql("""
                        INSERT INTO item (campaign_id, external_id, instruction, source_sha256, category)
                        VALUES (?, ?, 'Make it red.', ?, ?) RETURNING id""")
                .params(id, name, source, category)
                .query(UUID.class)
                .single();
        var candidates = List.of(candidate(item, 0, first, name), candidate(item, 1, second, name));
        var pair = jdbc.sql("""
                        INSERT INTO pair (campaign_id, item_id, first_candidate_id, second_candidate_id, stratum)
                        VALUES (?, ?, ?, ?, ?) RETURNING id""")
                .params(id, item, candidates.get(0), candidates.get(1), stratum)
                .query(UUID.class)
                .single();
        jdbc.sql("INSERT INTO slot (pair_id, ordinal, campaign_id, stratum) VALUES (?, 0, ?, ?)")
                .params(pair, id, stratum)
                .update();
        return pair;
    }

    private UUID candidate(UUID item, int ordinal, String model, String name) {
        return jdbc.sql("""
                        INSERT INTO candidate (campaign_id, item_id, ordinal, model, path, image_sha256)
                        VALUES (?, ?, ?, ?, ?, ?) RETURNING id""")
                .params(id, item, ordinal, model, name + ordinal, image())
                .query(UUID.class)
                .single();
    }

    private String image() {
        var sha256 = (UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", "");
        jdbc.sql("INSERT INTO image (sha256, media_type, width, height, bytes) VALUES (?, 'image/png', 8, 8, 64)")
                .param(sha256)
                .update();
        return sha256;
    }

    /** A label that says the same on every dimension. */
    void label(UUID pair, int who, String verdict, boolean swapped) {
        var assignment = jdbc.sql("""
                        INSERT INTO assignment (campaign_id, pair_id, annotator_id, slot, state, fencing_token, expires_at,
                            swapped)
                        VALUES (?, ?, ?, 0, 'LABELLED', 1, now(), ?) RETURNING id""")
                .params(id, pair, people.get(who), swapped)
                .query(UUID.class)
                .single();
        jdbc.sql("""
                        INSERT INTO label (id, campaign_id, pair_id, annotator_id, assignment_id, slot, kind,
                            protocol_sha256, answers, verdicts, swapped, stratum, selection_probability,
                            acquisition_batch_id, fencing_token, active_milliseconds)
                        SELECT gen_random_uuid(), a.campaign_id, a.pair_id, a.annotator_id, a.id, 0, 'ANSWER',
                            a.protocol_sha256, '{}', jsonb_build_object('overall', :verdict::text,
                                'instruction_following', :verdict::text, 'visual_quality', :verdict::text),
                            a.swapped, a.stratum, a.selection_probability, a.acquisition_batch_id, 1, 1000
                        FROM assignment a WHERE a.id = :assignment""").param("verdict", verdict).param("assignment", assignment).update();
    }

    /** The batch of a model that chose the pair, with its probability. */
    void choose(UUID pair, double probability, int pool) {
        var batch = jdbc.sql("""
                        INSERT INTO acquisition_batch (campaign_id, policy, seed, pool, size)
                        VALUES (?, 'd-optimal', 1, ?, 1) RETURNING id""").params(id, pool).query(UUID.class).single();
        jdbc.sql("UPDATE slot SET selection_probability = ?, acquisition_batch_id = ? WHERE pair_id = ?")
                .params(probability, batch, pair)
                .update();
    }

    /** Labels of random-drawn pairs: a wins over b, and b over c, so often; annotators favour the left side somewhat. */
    void measured(int pairs) {
        String[] models = {"model a", "model b", "model c"};
        for (int each = 0; each < pairs; each++) {
            int one = random.nextInt(3);
            int other = (one + 1 + random.nextInt(2)) % 3;
            var pair = pair(models[one], models[other], each % 2 == 0 ? "colour" : "remove", "UNIFORM");
            for (int who = 0; who < people.size(); who++) {
                boolean swapped = random.nextBoolean();
                double advantage = 0.9 * (other - one) + (swapped ? -0.4 : 0.4);
                double target = random.nextDouble();
                double wins = 0.8 / (1 + Math.exp(-advantage));
                label(pair, who, target < wins ? "first" : target < 0.8 ? "second" : "tie", swapped);
            }
        }
    }
}
