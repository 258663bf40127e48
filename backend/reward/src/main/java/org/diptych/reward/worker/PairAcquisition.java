package org.diptych.reward.worker;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.diptych.reward.RewardModel;
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

    private final ModelArchive archive;
    private final CandidateScoring scoring;
    private final NextBatch next;
    private final ScoreTable scores;
    private final QueueService queue;
    private final HeldRuns holds;
    private final TransactionTemplate transactions;
    private final JdbcClient jdbc;

    PairAcquisition(
            ModelArchive archive,
            CandidateScoring scoring,
            NextBatch next,
            ScoreTable scores,
            QueueService queue,
            HeldRuns holds,
            TransactionTemplate transactions,
            JdbcClient jdbc) {
        this.archive = archive;
        this.scoring = scoring;
        this.next = next;
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
            watch.start("score");
            var scored = score(run, active, model);
            watch.stop();
            int chosen = choose(run, labels, active, scored, watch);
            log.info("campaign {}: {} labels in front: {}", run.campaign(), chosen, watch);
            return chosen;
        }
    }

    private CandidateScoring.Scored score(TrainingRun run, ModelVersion version, RewardModel model) {
        var scored = Objects.requireNonNull(transactions.execute(_ -> {
            scores.clear(run.campaign());
            var made = scoring.score(version, model, (ids, chunk) -> scores.add(version.id(), ids, chunk));
            // asked last: a question locks the run's row, and a lead may want to cancel meanwhile
            holds.requireHeld(run);
            return made;
        }));
        scoring.requireUsable(version, scored);
        return scored;
    }

    private int choose(
            TrainingRun run,
            List<LabelledPair> labels,
            ModelVersion version,
            CandidateScoring.Scored scored,
            StopWatch watch) {
        var campaign = run.campaign();
        watch.start("choose");
        var rules = AcquisitionRules.of(jdbc, campaign);
        var chosen = next.choose(campaign, rules, scored, labels, version.number(), () -> {});
        watch.stop();
        var policy = chosen.policy();
        var askable = chosen.askable();
        var choice = chosen.plan();
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
