package org.diptych.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.diptych.image.ImageLibrary;
import org.diptych.reward.encoder.EditEncoder;
import org.diptych.worker.CandidateEncoding.Candidate;
import org.postgresql.PGStatement;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Features of candidates, computed once per encoder and kept in the database as little-endian float32. */
@Component
class FeatureStore {
    /** Small enough that a cancelled or killed run loses little. */
    private static final int AT_A_TIME = 32;

    private static final int ROWS_AT_A_TIME = 1_000;
    private static final int BINARY_AT_ONCE = -1;

    private final JdbcClient jdbc;
    private final JdbcTemplate streaming;
    private final ImageLibrary images;
    private final TransactionTemplate transactions;

    FeatureStore(JdbcClient jdbc, JdbcTemplate template, ImageLibrary images, TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.images = images;
        this.transactions = transactions;
        this.streaming = new JdbcTemplate(java.util.Objects.requireNonNull(template.getDataSource()));
        this.streaming.setFetchSize(ROWS_AT_A_TIME);
    }

    /**
     * Computes what is missing for a campaign. Work done is kept whatever happens next.
     *
     * @param progress hears how many of how many are done; throws to stop
     */
    void encodeMissing(UUID campaign, EditEncoder encoder, BiConsumer<Integer, Integer> progress) throws IOException {
        int missing = jdbc.sql("""
                        SELECT count(*) FROM candidate c WHERE c.campaign_id = ? AND NOT EXISTS (
                            SELECT 1 FROM candidate_feature f WHERE f.candidate_id = c.id AND f.encoder_id = ?)""")
                .params(campaign, encoder.encoderId())
                .query(Integer.class)
                .single();
        int done = 0;
        var encoding = new CandidateEncoding(images::read, encoder);
        progress.accept(0, missing);
        while (true) {
            var next = next(campaign, encoder.encoderId());
            if (next.isEmpty()) {
                return;
            }
            var features = encoding.encode(next);
            for (int i = 0; i < next.size(); i++) {
                jdbc.sql("""
                                INSERT INTO candidate_feature (candidate_id, encoder_id, features) VALUES (?, ?, ?)
                                ON CONFLICT DO NOTHING""")
                        .params(next.get(i).id(), encoder.encoderId(), bytes(features.get(i)))
                        .update();
            }
            done += next.size();
            progress.accept(done, Math.max(missing, done));
        }
    }

    /** Candidates of one source stand together, so that the encoder looks at the source once. */
    private List<Candidate> next(UUID campaign, String encoderId) {
        return jdbc.sql("""
                        SELECT c.id, i.source_sha256, c.image_sha256, i.instruction FROM candidate c
                        JOIN item i ON i.id = c.item_id
                        WHERE c.campaign_id = ? AND NOT EXISTS (
                            SELECT 1 FROM candidate_feature f WHERE f.candidate_id = c.id AND f.encoder_id = ?)
                        ORDER BY i.source_sha256, i.id, c.ordinal LIMIT ?""")
                .params(campaign, encoderId, AT_A_TIME)
                .query((row, number) -> new Candidate(
                        row.getObject("id", UUID.class),
                        row.getString("source_sha256"),
                        row.getString("image_sha256"),
                        row.getString("instruction")))
                .list();
    }

    /** Features of the given candidates. */
    Map<UUID, float[]> load(Collection<UUID> candidates, String encoderId) {
        var features = new HashMap<UUID, float[]>();
        jdbc.sql(
                        "SELECT candidate_id, features FROM candidate_feature WHERE encoder_id = :encoder AND candidate_id = ANY(:ids)")
                .param("encoder", encoderId)
                .param("ids", candidates.toArray(UUID[]::new))
                .query((org.springframework.jdbc.core.RowCallbackHandler) row ->
                        features.put(row.getObject("candidate_id", UUID.class), floats(row.getBytes("features"))));
        return features;
    }

    /** Forgets features that are of no use, so that the next run computes them anew. */
    void forget(Collection<UUID> candidates, String encoderId) {
        jdbc.sql("DELETE FROM candidate_feature WHERE encoder_id = :encoder AND candidate_id = ANY(:ids)")
                .param("encoder", encoderId)
                .param("ids", candidates.toArray(UUID[]::new))
                .update();
    }

    /** Features of some candidates of a campaign, the same ones every time; all when there are no more. */
    float[][] sample(UUID campaign, String encoderId, int most) {
        return jdbc.sql("""
                        SELECT f.features FROM candidate_feature f JOIN candidate c ON c.id = f.candidate_id
                        WHERE c.campaign_id = ? AND f.encoder_id = ? ORDER BY md5(c.id::text) LIMIT ?""")
                .params(campaign, encoderId, most)
                .query((row, number) -> floats(row.getBytes("features")))
                .list()
                .toArray(float[][]::new);
    }

    /** Streams the features of all candidates of a campaign, in chunks, in no particular order. */
    void stream(UUID campaign, String encoderId, int chunk, BiConsumer<List<UUID>, float[][]> use) {
        transactions.executeWithoutResult(_ -> {
            var ids = new ArrayList<UUID>(chunk);
            var rows = new ArrayList<float[]>(chunk);
            streaming.query(
                    connection -> {
                        var statement = connection.prepareStatement("""
                                SELECT f.candidate_id, f.features FROM candidate_feature f
                                JOIN candidate c ON c.id = f.candidate_id
                                WHERE c.campaign_id = ? AND f.encoder_id = ?""");
                        // bytes as they are instead of twice as many hexadecimal digits
                        statement.unwrap(PGStatement.class).setPrepareThreshold(BINARY_AT_ONCE);
                        statement.setObject(1, campaign);
                        statement.setString(2, encoderId);
                        return statement;
                    },
                    row -> {
                        ids.add(row.getObject("candidate_id", UUID.class));
                        rows.add(floats(row.getBytes("features")));
                        if (ids.size() == chunk) {
                            use.accept(List.copyOf(ids), rows.toArray(float[][]::new));
                            ids.clear();
                            rows.clear();
                        }
                    });
            if (!ids.isEmpty()) {
                use.accept(List.copyOf(ids), rows.toArray(float[][]::new));
            }
        });
    }

    private static byte[] bytes(float[] features) {
        var buffer = ByteBuffer.allocate(Float.BYTES * features.length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(features);
        return buffer.array();
    }

    private static float[] floats(byte[] bytes) {
        var features = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(features);
        return features;
    }
}
