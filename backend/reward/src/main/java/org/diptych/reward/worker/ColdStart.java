package org.diptych.reward.worker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.diptych.reward.FeatureTable;
import org.diptych.reward.PriorFeatures;
import org.diptych.reward.acquisition.ScoredCandidates;
import org.diptych.reward.encoder.EditEncoder;
import org.diptych.reward.encoder.EncodingException;
import org.diptych.service.acquisition.QueueService;
import org.diptych.service.reward.ColdStartFailures;
import org.diptych.statistics.acquisition.FeatureMatrix;
import org.diptych.statistics.acquisition.PairFeatures;
import org.diptych.statistics.acquisition.Past;
import org.diptych.statistics.acquisition.Pool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The order of pairs before the first model, for campaigns whose policy designs it: candidates are encoded when they are
 * imported, and the first pairs are a diverse design in their features. Other campaigns start in random order.
 */
@Component
class ColdStart {
    private static final Logger log = LoggerFactory.getLogger(ColdStart.class);
    private static final int CHUNK = 2_048;
    /** Candidates that means, deviations and directions are learnt from. */
    private static final int SAMPLE = 2_000;
    /** Prior deviation of a pair's margin: only the features tell pairs apart. */
    private static final float EVEN = 1;

    private final FeatureStore features;
    private final Encoding encoding;
    private final AskablePairs pairs;
    private final QueueService queue;
    private final JdbcClient jdbc;
    private final ColdStartFailures failures;
    private final TransactionTemplate transactions;

    ColdStart(
            FeatureStore features,
            Encoding encoding,
            AskablePairs pairs,
            QueueService queue,
            JdbcClient jdbc,
            ColdStartFailures failures,
            TransactionTemplate transactions) {
        this.features = features;
        this.encoding = encoding;
        this.pairs = pairs;
        this.queue = queue;
        this.jdbc = jdbc;
        this.failures = failures;
        this.transactions = transactions;
    }

    /**
     * Orders the campaigns that wait for it. One that cannot be ordered now is tried again, less and less often, and holds up
     * no other.
     *
     * @param stopping whether the process goes down: what is encoded by then is kept
     */
    void orderNewCampaigns(BooleanSupplier stopping) {
        for (var campaign : waiting("true")) {
            try {
                if (AcquisitionRules.of(jdbc, campaign).policy().designs()) {
                    order(campaign, stopping);
                }
            } catch (RuntimeException e) {
                if (stopping.getAsBoolean()) {
                    return;
                }
                log.warn("campaign {} starts in random order for now", campaign, e);
                failures.add(campaign, String.valueOf(e.getMessage()));
            }
        }
    }

    private void order(UUID campaign, BooleanSupplier stopping) {
        try (var use = encoding.use()) {
            features.encodeMissing(campaign, use.encoder(), (_, _) -> {
                if (stopping.getAsBoolean()) {
                    throw new StoppingException();
                }
            });
            order(campaign, use.encoder());
        }
        failures.remove(campaign);
    }

    /** Open campaigns without a model or a run that makes one, with items that no batch has seen. */
    private List<UUID> waiting(String condition, Object... parameters) {
        return jdbc.sql("""
                        SELECT c.id FROM campaign c WHERE c.state = 'OPEN'
                          AND NOT EXISTS (SELECT 1 FROM model_version m WHERE m.campaign_id = c.id)
                          AND NOT EXISTS (SELECT 1 FROM training_run r WHERE r.campaign_id = c.id
                                          AND r.state IN ('QUEUED', 'ENCODING', 'TRAINING', 'SCORING'))
                          AND (SELECT max(i.created_at) FROM item i WHERE i.campaign_id = c.id) > coalesce(
                              (SELECT max(b.created_at) FROM acquisition_batch b
                               WHERE b.campaign_id = c.id AND b.policy <> 'person'), '-infinity')
                          AND NOT EXISTS (SELECT 1 FROM cold_start_failure f
                                          WHERE f.campaign_id = c.id AND f.retry_at > now())
                          AND """ + " " + condition + " ORDER BY c.created_at FOR UPDATE OF c")
                .params(parameters)
                .query(UUID.class)
                .list();
    }

    private void order(UUID campaign, EditEncoder encoder) {
        var rules = AcquisitionRules.of(jdbc, campaign);
        var rows = new HashMap<UUID, Integer>();
        var layers = new ArrayList<float[]>();
        var sample = features.sample(campaign, encoder.encoderId(), SAMPLE);
        if (sample.length == 0) {
            throw new EncodingException("none of its candidates could be encoded");
        }
        var prior = PriorFeatures.of(FeatureTable.of(sample), encoder.layout(), rules.seed());
        features.stream(campaign, encoder.encoderId(), CHUNK, (ids, chunk) -> {
            for (int row = 0; row < chunk.length; row++) {
                rows.put(ids.get(row), rows.size());
                layers.add(prior.project(chunk[row]));
            }
        });
        var open = pairs.read(campaign, rows, rules.mostLabels(), () -> {}).open();
        var pool = Pool.withoutModel(
                PairFeatures.differences(FeatureMatrix.of(layers), open.first(), open.second()),
                open.items(),
                open.groups(),
                EVEN);
        var policy = rules.policy();
        var batch = policy.select(
                pool,
                Past.none(prior.width(), ScoredCandidates.PRIOR_PRECISION),
                rules.untilModel(),
                BatchChoice.caps(open, rules.untilModel()),
                rules.uniformShare(),
                new SplittableRandom(rules.seed()));
        transactions.executeWithoutResult(_ -> {
            // a run may have begun while the candidates were encoded, and its choice is the better one
            if (!waiting("c.id = ?", campaign).isEmpty()) {
                queue.putInFront(
                        new QueueService.NewBatch(campaign, null, batch.policy(), null, rules.seed(), pool.size()),
                        QueueService.Plan.of(BatchChoice.choices(batch, pool, open)));
            }
        });
        log.info(
                "campaign {}: {} pairs are in front by design",
                campaign,
                batch.chosen().size());
    }

    private static final class StoppingException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
