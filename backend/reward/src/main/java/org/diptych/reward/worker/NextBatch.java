package org.diptych.reward.worker;

import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.diptych.service.acquisition.QueueService;
import org.diptych.statistics.acquisition.AcquisitionPolicy;
import org.springframework.stereotype.Component;

/** Chooses what a campaign should ask next, and writes nothing. */
@Component
class NextBatch {
    private final AskablePairs pairs;

    NextBatch(AskablePairs pairs) {
        this.pairs = pairs;
    }

    /**
     * A choice.
     *
     * @param policy who chose
     * @param askable what it chose from
     * @param plan what it asks for
     */
    record Chosen(AcquisitionPolicy policy, AskablePairs.Askable askable, QueueService.Plan plan) {}

    /**
     * Chooses.
     *
     * @param labels what is known: the past of the choice
     * @param number of the version that scored
     * @param look is called between steps, and ends them by throwing
     */
    Chosen choose(
            UUID campaign,
            AcquisitionRules rules,
            CandidateScoring.Scored scored,
            List<LabelledPair> labels,
            int number,
            Runnable look) {
        var askable = pairs.read(campaign, scored.rows(), rules.mostLabels(), look);
        look.run();
        var votes = new PairVotes(labels);
        var noise = votes.noise();
        var known = votes.known(scored.candidates(), scored.rows(), noise);
        look.run();
        var policy = rules.policy();
        var plan = new BatchChoice(scored.candidates(), known, noise.settlement(), rules)
                .choose(policy, askable, votes, new SplittableRandom(rules.seed() + number), look);
        return new Chosen(policy, askable, plan);
    }
}
