package org.diptych.worker;

import java.io.IOException;
import java.sql.Array;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.diptych.acquisition.AcquisitionPolicy;
import org.diptych.acquisition.Caps;
import org.diptych.acquisition.FeatureMatrix;
import org.diptych.acquisition.PairFeatures;
import org.diptych.acquisition.Past;
import org.diptych.acquisition.Pool;
import org.diptych.acquisition.QueueService;
import org.diptych.reward.ModelVersion;
import org.diptych.reward.ModelVersionService;
import org.diptych.reward.RewardModel;
import org.diptych.reward.Score;
import org.diptych.reward.encoder.EditEncoder;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Scores a campaign's candidates with its active model and puts the most informative open pairs in front of the queue. */
@Component
class PairAcquisition {
    private static final int CHUNK = 2_048;
    /** The last layer is scaled by its prior, so a weight's prior precision is one. */
    private static final double PRIOR_PRECISION = 1;

    private final ModelVersionService models;
    private final ModelArchive archive;
    private final FeatureStore features;
    private final SnapshotReader reader;
    private final QueueService queue;
    private final JdbcClient jdbc;
    private final JdbcTemplate batches;

    PairAcquisition(
            ModelVersionService models,
            ModelArchive archive,
            FeatureStore features,
            SnapshotReader reader,
            QueueService queue,
            JdbcClient jdbc,
            JdbcTemplate batches) {
        this.models = models;
        this.archive = archive;
        this.features = features;
        this.reader = reader;
        this.queue = queue;
        this.jdbc = jdbc;
        this.batches = batches;
    }

    /**
     * Scores and chooses.
     *
     * @param snapshot the labels that are known: the past of the choice
     * @return how many pairs were put in front; 0 when there is no active model, and the order stays random
     */
    int choose(UUID campaign, UUID snapshot, EditEncoder encoder) throws IOException {
        var active = models.active(campaign).orElse(null);
        if (active == null || !active.encoderId().equals(encoder.encoderId())) {
            return 0;
        }
        try (var model = RewardModel.load(archive.open(active.digest()).resolve("model"), encoder.encoderId())) {
            var candidates = score(campaign, active, model);
            return choose(campaign, snapshot, active, model, candidates);
        }
    }

    private Candidates score(UUID campaign, ModelVersion version, RewardModel model) {
        jdbc.sql("""
                        DELETE FROM candidate_score WHERE model_version_id IN (
                            SELECT id FROM model_version WHERE campaign_id = ?)""").param(campaign).update();
        var candidates = new Candidates();
        features.stream(campaign, version.encoderId(), CHUNK, (ids, rows) -> {
            var scores = model.score(rows);
            candidates.add(ids, scores, model.lastLayer(rows));
            store(version.id(), ids, scores);
        });
        return candidates;
    }

    private void store(UUID version, List<UUID> ids, List<Score> scores) {
        batches.batchUpdate("""
                INSERT INTO candidate_score (model_version_id, candidate_id, mu, sigma, epistemic, overall_mu, overall_sigma)
                VALUES (?, ?, ?, ?, ?, ?, ?)""", new org.springframework.jdbc.core.BatchPreparedStatementSetter() {
            @Override
            public void setValues(java.sql.PreparedStatement row, int i) throws java.sql.SQLException {
                var score = scores.get(i);
                row.setObject(1, version);
                row.setObject(2, ids.get(i));
                row.setArray(3, reals(row, score.mu()));
                row.setArray(4, reals(row, score.sigma()));
                row.setArray(5, reals(row, score.epistemic()));
                row.setFloat(6, (float) score.overallMu());
                row.setFloat(7, (float) score.overallSigma());
            }

            @Override
            public int getBatchSize() {
                return ids.size();
            }
        });
    }

    private static Array reals(java.sql.PreparedStatement row, List<Double> values) throws java.sql.SQLException {
        return row.getConnection()
                .createArrayOf("float4", values.stream().map(Double::floatValue).toArray());
    }

    private int choose(UUID campaign, UUID snapshot, ModelVersion version, RewardModel model, Candidates candidates) {
        var rules = rules(campaign);
        var open = openPairs(campaign);
        if (open.isEmpty()) {
            return 0;
        }
        var layer = candidates.layer();
        var pool = pool(open, candidates, layer, model);
        var past = past(snapshot, candidates, layer, model);
        var batch = AcquisitionPolicy.named(rules.policy())
                .select(
                        pool,
                        past,
                        rules.batch(),
                        caps(open, rules.batch()),
                        rules.uniformShare(),
                        new SplittableRandom(rules.seed() + version.number()));
        var order = new ArrayList<QueueService.Choice>();
        for (var chosen : batch.chosen()) {
            var parts = new LinkedHashMap<>(chosen.scores());
            parts.put("p_first", pool.first(chosen.pair()));
            parts.put("p_tie", pool.tie(chosen.pair()));
            parts.put("epistemic", pool.epistemic(chosen.pair()));
            order.add(new QueueService.Choice(
                    open.get(chosen.pair()).id(),
                    batch.chosen().size() - chosen.rank(),
                    chosen.selectionProbability(),
                    parts));
        }
        queue.putInFront(
                new QueueService.NewBatch(campaign, version.id(), batch.policy(), rules.seed(), pool.size()), order);
        return order.size();
    }

    /** Nothing is asked many times over: a batch takes at most its fair share, rounded up, from a group or item. */
    private static Caps caps(List<OpenPair> open, int batch) {
        long items = open.stream().map(OpenPair::item).distinct().count();
        long groups = open.stream().map(OpenPair::group).distinct().count();
        return new Caps(
                Math.max(2, Math.ceilDiv(2 * batch, (int) items)), Math.max(4, Math.ceilDiv(2 * batch, (int) groups)));
    }

    private static Pool pool(List<OpenPair> open, Candidates candidates, FeatureMatrix layer, RewardModel model) {
        int size = open.size();
        var first = new int[size];
        var second = new int[size];
        var items = new int[size];
        var groups = new int[size];
        var pFirst = new float[size];
        var pTie = new float[size];
        var epistemic = new float[size];
        var itemNumbers = new HashMap<UUID, Integer>();
        var groupNumbers = new HashMap<String, Integer>();
        for (int i = 0; i < size; i++) {
            var pair = open.get(i);
            first[i] = candidates.row(pair.first());
            second[i] = candidates.row(pair.second());
            items[i] = itemNumbers.computeIfAbsent(pair.item(), _ -> itemNumbers.size());
            groups[i] = groupNumbers.computeIfAbsent(pair.group(), _ -> groupNumbers.size());
            var one = candidates.score(first[i]);
            var other = candidates.score(second[i]);
            var probability = model.overallProbability(one, other);
            pFirst[i] = (float) probability.first();
            pTie[i] = (float) probability.tie();
            epistemic[i] = (float) Math.hypot(one.overallEpistemic(), other.overallEpistemic());
        }
        return new Pool(PairFeatures.differences(layer, first, second), items, groups, pFirst, pTie, epistemic);
    }

    private Past past(UUID snapshot, Candidates candidates, FeatureMatrix layer, RewardModel model) {
        var labels = reader.read(snapshot);
        var first = new int[labels.size()];
        var second = new int[labels.size()];
        var information = new double[labels.size()];
        for (int i = 0; i < labels.size(); i++) {
            first[i] = candidates.row(labels.get(i).first());
            second[i] = candidates.row(labels.get(i).second());
            var probability = model.overallProbability(candidates.score(first[i]), candidates.score(second[i]));
            double difference = probability.first() - probability.second();
            information[i] = Math.max(0, (probability.first() + probability.second() - difference * difference) / 4);
        }
        return Past.of(PairFeatures.differences(layer, first, second), information, PRIOR_PRECISION);
    }

    private List<OpenPair> openPairs(UUID campaign) {
        return jdbc.sql("""
                        SELECT p.id, p.item_id, i.source_sha256, p.first_candidate_id, p.second_candidate_id FROM pair p
                        JOIN item i ON i.id = p.item_id
                        WHERE p.campaign_id = ? AND p.stratum = 'ACQUIRED'
                          AND EXISTS (SELECT 1 FROM slot s WHERE s.pair_id = p.id AND s.state = 'OPEN')
                        ORDER BY p.id""")
                .param(campaign)
                .query((row, number) -> new OpenPair(
                        row.getObject("id", UUID.class),
                        row.getObject("item_id", UUID.class),
                        row.getString("source_sha256"),
                        row.getObject("first_candidate_id", UUID.class),
                        row.getObject("second_candidate_id", UUID.class)))
                .list();
    }

    private Rules rules(UUID campaign) {
        return jdbc.sql("SELECT acquisition_policy, acquisition_batch, uniform_share, seed FROM campaign WHERE id = ?")
                .param(campaign)
                .query((row, number) -> new Rules(
                        row.getString("acquisition_policy"),
                        row.getInt("acquisition_batch"),
                        row.getDouble("uniform_share"),
                        row.getLong("seed")))
                .single();
    }

    private record Rules(String policy, int batch, double uniformShare, long seed) {}

    private record OpenPair(UUID id, UUID item, String group, UUID first, UUID second) {}

    /** Scores and last-layer features of all candidates, by row. */
    private static final class Candidates {
        private final Map<UUID, Integer> rows = new HashMap<>();
        private final List<Score> scores = new ArrayList<>();
        private final List<float[]> layers = new ArrayList<>();

        void add(List<UUID> ids, List<Score> chunkScores, float[][] chunkLayers) {
            for (int i = 0; i < ids.size(); i++) {
                rows.put(ids.get(i), scores.size());
                scores.add(chunkScores.get(i));
                layers.add(chunkLayers[i]);
            }
        }

        int row(UUID candidate) {
            return java.util.Objects.requireNonNull(rows.get(candidate), "every candidate was scored");
        }

        Score score(int row) {
            return scores.get(row);
        }

        FeatureMatrix layer() {
            return FeatureMatrix.of(layers);
        }
    }
}
