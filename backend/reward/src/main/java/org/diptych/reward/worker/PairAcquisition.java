package org.diptych.reward.worker;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Collectors;
import org.diptych.reward.RewardModel;
import org.diptych.reward.acquisition.ScoredCandidates;
import org.diptych.reward.encoder.EncodingException;
import org.diptych.service.acquisition.QueueService;
import org.diptych.service.reward.HeldRuns;
import org.diptych.service.reward.ModelVersion;
import org.diptych.service.reward.TrainingRun;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.StopWatch;

/** Scores a campaign's candidates with its active model and puts what is most worth asking in front of the queue. */
@Component
class PairAcquisition {
    private static final Logger log = LoggerFactory.getLogger(PairAcquisition.class);
    private static final int CHUNK = 2_048;
    private static final int MOST_LISTED = 20;

    private final ModelArchive archive;
    private final FeatureStore features;
    private final AskablePairs pairs;
    private final ScoreTable scores;
    private final QueueService queue;
    private final HeldRuns holds;
    private final TransactionTemplate transactions;
    private final JdbcClient jdbc;

    PairAcquisition(
            ModelArchive archive,
            FeatureStore features,
            AskablePairs pairs,
            ScoreTable scores,
            QueueService queue,
            HeldRuns holds,
            TransactionTemplate transactions,
            JdbcClient jdbc) {
        this.archive = archive;
        this.features = features;
        this.pairs = pairs;
        this.scores = scores;
        this.queue = queue;
        this.holds = holds;
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    /**
     * Scores and chooses.
     *
     * @param run on whose behalf; nothing of it stays when another worker holds the run by now
     * @param labels what is known: the past of the choice
     * @param active the version that chooses; its features have been computed
     * @return how many labels were put in front
     */
    int choose(TrainingRun run, List<LabelledPair> labels, ModelVersion active) throws IOException {
        try (var unpacked = archive.open(active.digest());
                var model = RewardModel.load(unpacked.folder().resolve(ModelArchive.MODEL), active.encoderId())) {
            var watch = new StopWatch();
            var rows = new HashMap<UUID, Integer>();
            watch.start("score");
            var candidates = score(run, active, model, rows);
            watch.stop();
            int chosen = choose(run, labels, active, candidates, rows, watch);
            log.info("campaign {}: {} labels in front: {}", run.campaign(), chosen, watch);
            return chosen;
        }
    }

    private ScoredCandidates score(TrainingRun run, ModelVersion version, RewardModel model, Map<UUID, Integer> rows) {
        var candidates = new ScoredCandidates(model);
        var unusable = new ArrayList<UUID>();
        transactions.executeWithoutResult(_ -> {
            scores.clear(run.campaign());
            features.stream(run.campaign(), version.encoderId(), CHUNK, (ids, chunk) -> {
                for (int row = 0; row < chunk.length; row++) {
                    rows.put(ids.get(row), rows.size());
                    if (!isFinite(chunk[row])) {
                        unusable.add(ids.get(row));
                    }
                }
                if (unusable.isEmpty()) {
                    scores.add(version.id(), ids, candidates.add(chunk));
                }
            });
            // asked last: a question locks the run's row, and a lead may want to cancel meanwhile
            holds.requireHeld(run);
        });
        if (!unusable.isEmpty()) {
            features.forget(unusable, version.encoderId());
            throw new EncodingException("a feature of the candidate "
                    + unusable.stream().limit(MOST_LISTED).map(UUID::toString).collect(Collectors.joining(", "))
                    + " is not a finite number; the next run computes the features anew");
        }
        return candidates;
    }

    private static boolean isFinite(float[] features) {
        for (float value : features) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    private int choose(
            TrainingRun run,
            List<LabelledPair> labels,
            ModelVersion version,
            ScoredCandidates candidates,
            Map<UUID, Integer> rows,
            StopWatch watch) {
        watch.start("read");
        var campaign = run.campaign();
        var rules = AcquisitionRules.of(jdbc, campaign);
        var askable = pairs.read(campaign, rows, rules.mostLabels());
        var votes = new PairVotes(labels);
        watch.stop();
        watch.start("choose");
        var noise = votes.noise();
        var known = votes.known(candidates, rows, noise);
        var policy = rules.policy();
        var choice = new BatchChoice(candidates, known, noise.settlement(), rules)
                .choose(policy, askable, votes, new SplittableRandom(rules.seed() + version.number()));
        watch.stop();
        var inPlaceOf = rules.inPlaceOf(policy);
        if (inPlaceOf != null) {
            log.warn("campaign {}: {} chooses in place of {}", campaign, policy.name(), inPlaceOf);
        }
        watch.start("write");
        var batch = new QueueService.NewBatch(
                campaign,
                version.id(),
                policy.name(),
                inPlaceOf,
                rules.seed(),
                askable.open().size() + askable.labelled().size());
        holds.whileHeld(run, () -> queue.putInFront(batch, choice));
        watch.stop();
        return choice.pairs().size() + choice.opinions().size();
    }
}
