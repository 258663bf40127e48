package org.diptych.reward.worker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.diptych.reward.Lookup;
import org.diptych.reward.acquisition.ScoredCandidates;
import org.diptych.service.acquisition.QueueService;
import org.diptych.statistics.acquisition.AcquisitionPolicy;
import org.diptych.statistics.acquisition.Batch;
import org.diptych.statistics.acquisition.Caps;
import org.diptych.statistics.acquisition.LabelCost;
import org.diptych.statistics.acquisition.NextOpinions;
import org.diptych.statistics.acquisition.Pool;
import org.diptych.statistics.acquisition.Settlement;

/**
 * One choice: new pairs by a policy, and between them another opinion where it is expected to teach more than the best new
 * pair. Pairs that more opinions would not settle are not asked again.
 */
final class BatchChoice {
    /** Below this probability that the opinions still allowed settle a pair, it counts as contested. */
    private static final double HOPELESS = .1;
    /** One annotator alone contradicts nobody. */
    private static final int LEAST_VOTES = 2;

    private final ScoredCandidates candidates;
    private final PairVotes.Known known;
    private final Settlement settlement;
    private final AcquisitionRules rules;

    BatchChoice(ScoredCandidates candidates, PairVotes.Known known, Settlement settlement, AcquisitionRules rules) {
        this.candidates = candidates;
        this.known = known;
        this.settlement = settlement;
        this.rules = rules;
    }

    QueueService.Plan choose(
            AcquisitionPolicy policy,
            AskablePairs.Askable askable,
            PairVotes votes,
            RandomGenerator random,
            Runnable look) {
        var open = askable.open();
        var fresh = pool(open);
        look.run();
        var batch = policy.select(
                fresh, known.past(), rules.batch(), caps(open, rules.batch()), rules.uniformShare(), random);
        look.run();
        var contested = contested(askable.labelled(), votes);
        look.run();
        var again = undisputed(askable.labelled(), contested);
        if (again.size() == 0) {
            return new QueueService.Plan(choices(batch, fresh, open), List.of(), contested);
        }
        var labelled = pool(again);
        look.run();
        var requests = NextOpinions.plan(
                rules.batch(),
                batch,
                fresh,
                new NextOpinions.Labelled(labelled, again.labels(), rules.mostLabels()),
                known.past(),
                known.annotators(),
                LabelCost.EQUAL);
        return plan(requests, batch, fresh, open, labelled, again, contested);
    }

    private Pool pool(PairColumns pairs) {
        return candidates
                .pool(pairs.first(), pairs.second(), pairs.items(), pairs.groups())
                .withAnnotators(known.annotators());
    }

    /** Nothing is asked many times over: a batch takes at most twice its fair share from a group or item. */
    static Caps caps(PairColumns open, int size) {
        return new Caps(
                Math.max(2, Math.ceilDiv(2 * size, Math.max(1, open.distinctItems()))),
                Math.max(4, Math.ceilDiv(2 * size, Math.max(1, open.distinctGroups()))));
    }

    private Map<UUID, Double> contested(PairColumns labelled, PairVotes votes) {
        var contested = new HashMap<UUID, Double>();
        var pool = pool(labelled);
        for (int pair = 0; pair < labelled.size(); pair++) {
            int[] counts = votes.of(labelled.id(pair));
            int given = PairVotes.total(counts);
            if (given >= LEAST_VOTES) {
                double settles = settlement.probability(
                        new double[] {pool.first(pair), pool.tie(pair), pool.second(pair)},
                        counts,
                        Math.max(0, rules.mostLabels() - given));
                if (settles < HOPELESS) {
                    contested.put(labelled.id(pair), settles);
                }
            }
        }
        return contested;
    }

    private static PairColumns undisputed(PairColumns labelled, Map<UUID, Double> contested) {
        var kept = new boolean[labelled.size()];
        for (int pair = 0; pair < kept.length; pair++) {
            kept[pair] = !contested.containsKey(labelled.id(pair));
        }
        return labelled.where(kept);
    }

    /** The pairs of a batch in its order. */
    static List<QueueService.Choice> choices(Batch batch, Pool pool, PairColumns pairs) {
        var choices = new ArrayList<QueueService.Choice>();
        for (var chosen : batch.chosen()) {
            choices.add(new QueueService.Choice(
                    pairs.id(chosen.pair()),
                    batch.chosen().size() - chosen.rank(),
                    chosen.selectionProbability(),
                    parts(pool, chosen.pair(), chosen.scores())));
        }
        return choices;
    }

    private static QueueService.Plan plan(
            List<NextOpinions.Request> requests,
            Batch batch,
            Pool fresh,
            PairColumns open,
            Pool labelled,
            PairColumns again,
            Map<UUID, Double> contested) {
        var chosenOf = IntStream.range(0, batch.chosen().size())
                .collect(
                        HashMap<Integer, Integer>::new,
                        (ranks, rank) -> ranks.put(batch.chosen().get(rank).pair(), rank),
                        HashMap::putAll);
        var pairs = new ArrayList<QueueService.Choice>();
        var opinions = new ArrayList<QueueService.Choice>();
        var asked = new HashSet<Integer>();
        for (int position = 0; position < requests.size(); position++) {
            var request = requests.get(position);
            double priority = requests.size() - position;
            if (!request.repeat()) {
                var chosen = batch.chosen().get(Lookup.of(chosenOf, request.pair(), "The rank of pair"));
                pairs.add(new QueueService.Choice(
                        open.id(request.pair()),
                        priority,
                        chosen.selectionProbability(),
                        parts(fresh, request.pair(), chosen.scores())));
            } else if (asked.add(request.pair())) {
                // what has to beat every new pair leaves nothing to chance: it is asked with certainty
                opinions.add(new QueueService.Choice(
                        again.id(request.pair()),
                        priority,
                        1,
                        parts(labelled, request.pair(), Map.of("gain", request.nats(), "labels", (double)
                                again.labels()[request.pair()]))));
            }
        }
        return new QueueService.Plan(pairs, opinions, contested);
    }

    private static Map<String, Double> parts(Pool pool, int pair, Map<String, Double> scores) {
        var parts = new LinkedHashMap<>(scores);
        parts.put("p_first", pool.first(pair));
        parts.put("p_tie", pool.tie(pair));
        parts.put("epistemic", pool.epistemic(pair));
        return parts;
    }
}
