package org.diptych.reward.worker;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.diptych.reward.encoder.EditEncoder;
import org.diptych.reward.worker.CandidateEncoding.Candidate;
import org.diptych.service.image.ImageLibrary;
import org.diptych.service.image.ImagePipeline;
import org.diptych.service.image.PictureMeasured;
import org.diptych.service.reward.SetAsideCandidates;
import org.postgresql.PGStatement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Features of candidates, computed once per encoder and kept in the database as little-endian float32. */
@Component
class FeatureStore {
    private static final Logger log = LoggerFactory.getLogger(FeatureStore.class);
    /** Small enough that a cancelled or killed run loses little. */
    private static final int AT_A_TIME = 32;

    private static final int ROWS_AT_A_TIME = 1_000;
    private static final int BINARY_AT_ONCE = -1;

    private final JdbcClient jdbc;
    private final JdbcTemplate template;
    private final JdbcTemplate streaming;
    private final ImageLibrary images;
    private final SetAsideCandidates setAside;
    private final TransactionTemplate transactions;

    FeatureStore(
            JdbcClient jdbc,
            JdbcTemplate template,
            ImageLibrary images,
            SetAsideCandidates setAside,
            TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.template = template;
        this.setAside = setAside;
        this.images = images;
        this.transactions = transactions;
        this.streaming = new JdbcTemplate(java.util.Objects.requireNonNull(template.getDataSource()));
        this.streaming.setFetchSize(ROWS_AT_A_TIME);
    }

    /**
     * Computes what is missing for a campaign. Work done is kept whatever happens next; a candidate that cannot be encoded is
     * set aside.
     *
     * @param progress hears how many of how many are done; throws to stop
     */
    void encodeMissing(UUID campaign, EditEncoder encoder, BiConsumer<Integer, Integer> progress) {
        var missing = new MissingFeatures(jdbc, transactions, campaign, encoder.encoderId());
        int all = missing.count();
        progress.accept(0, all);
        if (all == 0) {
            return;
        }
        var encoding = new CandidateEncoding(images::read, encoder);
        int done = 0;
        for (var page = missing.next(); page != null; page = missing.next()) {
            for (int start = 0; start < page.size(); start += AT_A_TIME) {
                var next = page.subList(start, Math.min(page.size(), start + AT_A_TIME));
                keep(next, encoding.encode(next), encoder.encoderId());
                done += next.size();
                progress.accept(done, Math.max(all, done));
            }
        }
    }

    private void keep(List<Candidate> candidates, List<Encoded> results, String encoderId) {
        var rows = new ArrayList<Object[]>();
        var encoded = new ArrayList<UUID>();
        for (int i = 0; i < results.size(); i++) {
            var candidate = candidates.get(i);
            switch (results.get(i)) {
                case Encoded.Features(float[] values) -> {
                    rows.add(new Object[] {candidate.id(), encoderId, bytes(values), ImagePipeline.VERSION});
                    encoded.add(candidate.id());
                }
                case Encoded.Refused(var cause, var reason) -> {
                    log.warn("candidate {} is set aside: {}", candidate.id(), reason);
                    setAside.add(candidate.id(), encoderId, cause, reason);
                }
            }
        }
        template.batchUpdate("""
                INSERT INTO candidate_feature (candidate_id, encoder_id, features, pipeline) VALUES (?, ?, ?, ?)
                ON CONFLICT (candidate_id, encoder_id) DO UPDATE
                    SET features = excluded.features, pipeline = excluded.pipeline, stale = false
                    WHERE candidate_feature.stale""", rows);
        setAside.remove(encoded, encoderId);
    }

    /**
     * Features of other pixels than a picture has today are computed anew by the next run; until then they are better than none,
     * and a run that reads them now still finds them.
     */
    @EventListener(condition = "#picture.changed()")
    void computeAgain(PictureMeasured picture) {
        jdbc.sql("""
                        UPDATE candidate_feature SET stale = true
                        WHERE pipeline < :version AND NOT stale AND candidate_id IN (
                            SELECT id FROM candidate WHERE image_sha256 = :picture
                            UNION ALL
                            SELECT c.id FROM item i JOIN candidate c ON c.item_id = i.id WHERE i.source_sha256 = :picture)""")
                .param("version", ImagePipeline.VERSION)
                .param("picture", picture.sha256())
                .update();
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
