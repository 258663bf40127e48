package org.diptych.reward.worker;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import org.diptych.protocol.Verdict;
import org.diptych.reward.Answer;
import org.diptych.reward.FeatureTable;
import org.diptych.reward.Provenance;
import org.diptych.reward.RewardTrainer;
import org.diptych.reward.TrainingExample;
import org.diptych.reward.TrainingListener;
import org.diptych.reward.TrainingSet;
import org.diptych.reward.TrainingSettings;
import org.diptych.reward.encoder.FeatureBlock;
import org.diptych.reward.encoder.FeatureLayout;
import org.diptych.service.reward.HeldRuns;
import org.diptych.service.reward.TrainingRun;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A campaign of synthetic candidates in a database: eleven candidates an item, so 55 pairs; 2,500 pairs with labels, 500 of
 * them with three; a model trained on some of them.
 */
final class LargeCampaign {
    static final String ENCODER = "synthetic";
    private static final int CANDIDATES = 11;
    private static final int WIDTH = 1_301;
    private static final int LATENT = 12;
    private static final int UNIFORM = 500;
    private static final int LABELLED = 2_000;
    private static final int TRAINED = 600;
    private static final String SHA = "%064x";

    private final JdbcTemplate jdbc;
    private final int items;
    private final UUID campaign = new UUID(1, 1);
    private final UUID snapshot = new UUID(1, 2);
    private final FeatureLayout layout = FeatureLayout.of("synthetic", FeatureBlock.Kind.CHANGE, WIDTH);

    LargeCampaign(JdbcTemplate jdbc, int pairs) {
        this.jdbc = jdbc;
        items = Math.ceilDiv(pairs + UNIFORM + LABELLED, CANDIDATES * (CANDIDATES - 1) / 2);
    }

    UUID campaign() {
        return campaign;
    }

    UUID snapshot() {
        return snapshot;
    }

    int candidates() {
        return items * CANDIDATES;
    }

    /** Fills the tables. */
    void create() {
        var sha = SHA.formatted(1);
        jdbc.update("INSERT INTO protocol (sha256, id, version, document) VALUES (?, 'bench', 1, '')", sha);
        jdbc.update("""
                INSERT INTO campaign (id, name, protocol_sha256, acquisition_batch, acquisition_policy)
                VALUES (?, 'bench', ?, 500, 'v-optimal')""", campaign, sha);
        jdbc.update("""
                INSERT INTO account (name, display_name, role) SELECT 'a' || g, 'a', 'ANNOTATOR'
                FROM generate_series(1, 8) g""");
        jdbc.update(
                "INSERT INTO image (sha256, media_type, width, height, bytes) VALUES (?, 'image/png', 1, 1, 1)", sha);
        jdbc.update("""
                INSERT INTO image (sha256, media_type, width, height, bytes)
                SELECT lpad(to_hex(g + 1000), 64, '0'), 'image/png', 1, 1, 1 FROM generate_series(1, ?) g""", items);
        jdbc.update("""
                INSERT INTO item (campaign_id, external_id, instruction, source_sha256)
                SELECT ?, 'i' || g, 'x', lpad(to_hex(g + 1000), 64, '0') FROM generate_series(1, ?) g""", campaign, items);
        jdbc.update("""
                INSERT INTO candidate (campaign_id, item_id, ordinal, model, path, image_sha256)
                SELECT campaign_id, id, g, 'm', 'p', ? FROM item CROSS JOIN generate_series(1, ?) g""", sha, CANDIDATES);
        jdbc.update("""
                INSERT INTO pair (campaign_id, item_id, first_candidate_id, second_candidate_id, stratum)
                SELECT ?, f.item_id, f.id, s.id, CASE WHEN row_number() OVER (ORDER BY random()) <= ? THEN 'UNIFORM'
                    ELSE 'ACQUIRED' END
                FROM candidate f JOIN candidate s ON s.item_id = f.item_id AND s.ordinal > f.ordinal""", campaign, UNIFORM);
        jdbc.update("""
                INSERT INTO slot (pair_id, ordinal, campaign_id, stratum)
                SELECT p.id, g, p.campaign_id, p.stratum FROM pair p
                CROSS JOIN LATERAL generate_series(0, CASE p.stratum WHEN 'UNIFORM' THEN 2 ELSE 0 END) g""");
        label();
        jdbc.execute("ANALYZE");
    }

    /** Labels of the uniform stratum and of some other pairs, by annotators who are right four times of five. */
    private void label() {
        jdbc.update("""
                INSERT INTO assignment (campaign_id, pair_id, annotator_id, slot, state, fencing_token, expires_at, swapped)
                SELECT s.campaign_id, s.pair_id, a.id, s.ordinal, 'LABELLED', 1, now(), false
                FROM slot s JOIN (SELECT id FROM pair WHERE stratum = 'UNIFORM' UNION ALL
                    (SELECT id FROM pair WHERE stratum = 'ACQUIRED' ORDER BY md5(id::text) LIMIT ?)) p ON p.id = s.pair_id
                JOIN (SELECT id, row_number() OVER (ORDER BY name) - 1 AS number FROM account) a
                    ON a.number = (abs(hashtext(s.pair_id::text)) + s.ordinal) % 8""", LABELLED);
        jdbc.update("""
                INSERT INTO label (id, campaign_id, pair_id, annotator_id, assignment_id, slot, kind, protocol_sha256, answers,
                    verdicts, swapped, stratum, selection_probability, fencing_token, active_milliseconds)
                SELECT gen_random_uuid(), a.campaign_id, a.pair_id, a.annotator_id, a.id, a.slot, 'ANSWER', ?, '{}',
                    jsonb_build_object('overall', CASE WHEN random() < .2 THEN 'tie'
                        WHEN (hashtext(a.pair_id::text) > 0) = (random() < .8) THEN 'first' ELSE 'second' END),
                    false, p.stratum, 1, 1, 1
                FROM assignment a JOIN pair p ON p.id = a.pair_id""", SHA.formatted(1));
        jdbc.update("""
                UPDATE slot SET state = 'FILLED', assignment_id = l.assignment_id, label_id = l.id FROM label l
                WHERE l.pair_id = slot.pair_id AND l.slot = slot.ordinal""");
        jdbc.update("""
                INSERT INTO dataset_snapshot (id, campaign_id, digest, filter, labels)
                SELECT ?, ?, ?, '{}', count(*) FROM label""", snapshot, campaign, SHA.formatted(2));
        jdbc.update("INSERT INTO dataset_snapshot_label SELECT ?, id FROM label", snapshot);
    }

    /** Features: a dozen latent directions and noise. */
    List<float[]> encode() {
        var ids = jdbc.queryForList("SELECT id FROM candidate ORDER BY id", UUID.class);
        var random = new Random(1);
        var axes = new float[LATENT][WIDTH];
        for (float[] axis : axes) {
            for (int column = 0; column < WIDTH; column++) {
                axis[column] = (float) random.nextGaussian();
            }
        }
        var kept = new ArrayList<float[]>();
        jdbc.execute((ConnectionCallback<Long>) connection -> {
            var copy = connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY candidate_feature (candidate_id, encoder_id, features) FROM STDIN");
            for (var id : ids) {
                float[] row = row(axes, random);
                if (kept.size() < 2 * TRAINED) {
                    kept.add(row);
                }
                write(copy, id + "\t" + ENCODER + "\t\\\\x" + HexFormat.of().formatHex(bytes(row)) + "\n");
            }
            return copy.endCopy();
        });
        jdbc.execute("VACUUM ANALYZE candidate_feature");
        return kept;
    }

    private static byte[] bytes(float[] row) {
        var buffer = ByteBuffer.allocate(Float.BYTES * row.length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(row);
        return buffer.array();
    }

    private static void write(org.postgresql.copy.CopyIn copy, String line) throws SQLException {
        byte[] bytes = line.getBytes(StandardCharsets.US_ASCII);
        copy.writeToCopy(bytes, 0, bytes.length);
    }

    private static float[] row(float[][] axes, Random random) {
        var row = new float[WIDTH];
        for (float[] axis : axes) {
            float weight = (float) random.nextGaussian();
            for (int column = 0; column < WIDTH; column++) {
                row[column] += weight * axis[column];
            }
        }
        for (int column = 0; column < WIDTH; column++) {
            row[column] += (float) random.nextGaussian();
        }
        return row;
    }

    /** Trains a model on synthetic answers and makes it the active one. */
    void train(List<float[]> rows, ModelArchive archive) throws java.io.IOException {
        var random = new SplittableRandom(3);
        var examples = new ArrayList<TrainingExample>();
        for (int label = 0; label < TRAINED; label++) {
            int first = 2 * label;
            double margin = rows.get(first)[0] - rows.get(first + 1)[0] + 2 * random.nextGaussian();
            examples.add(new TrainingExample(
                    first,
                    first + 1,
                    "g" + label % 200,
                    "x",
                    "a" + label % 8,
                    1,
                    true,
                    List.of(new Answer.Judged(
                            Math.abs(margin) < .5 ? Verdict.TIE : margin > 0 ? Verdict.FIRST : Verdict.SECOND))));
        }
        var set = new TrainingSet(
                List.of("overall"), 4, ENCODER, layout, FeatureTable.of(rows.toArray(float[][]::new)), examples);
        var provenance = new Provenance("bench", "bench", "bench", 1, ENCODER, "cpu");
        try (var trained =
                new RewardTrainer().train(set, TrainingSettings.defaults(), provenance, TrainingListener.SILENT)) {
            Path folder = archive.newFolder();
            trained.save(folder.resolve("model"));
            var digest = trained.card().parametersDigest();
            archive.store(digest, folder);
            activate(digest);
            archive.discard(folder);
        }
    }

    /** A run that a worker holds, in whose name pairs are chosen. */
    TrainingRun begin(HeldRuns holds) {
        var run = new UUID(1, 4);
        jdbc.update(
                "INSERT INTO training_run (id, campaign_id, state, trigger) VALUES (?, ?, 'QUEUED', 'MANUAL')",
                run,
                campaign);
        return holds.begin(run).orElseThrow();
    }

    private void activate(String digest) {
        var run = new UUID(1, 3);
        jdbc.update(
                "INSERT INTO training_run (id, campaign_id, state, trigger) VALUES (?, ?, 'FINISHED', 'MANUAL')",
                run,
                campaign);
        jdbc.update("""
                INSERT INTO model_version (campaign_id, number, run_id, snapshot_id, state, parameters_digest, encoder_id, card,
                    labels) VALUES (?, 1, ?, ?, 'ACTIVE', ?, ?, '{}', ?)""", campaign, run, snapshot, digest, ENCODER, TRAINED);
    }
}
