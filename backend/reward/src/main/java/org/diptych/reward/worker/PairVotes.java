package org.diptych.reward.worker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.diptych.protocol.RatingPair;
import org.diptych.protocol.Verdict;
import org.diptych.reward.Lookup;
import org.diptych.reward.acquisition.ScoredCandidates;
import org.diptych.statistics.acquisition.AnnotatorNoise;
import org.diptych.statistics.acquisition.LabelInformation;
import org.diptych.statistics.acquisition.Past;
import org.diptych.statistics.acquisition.SpreadEstimate;
import org.diptych.statistics.annotator.LabelTable;

/** The labels of a snapshot by pair, as votes for first, tie and second. */
final class PairVotes {
    private static final int FIRST = 0;
    private static final int TIE = 1;
    private static final int SECOND = 2;

    private final Map<UUID, Votes> byPair = new LinkedHashMap<>();
    private final List<LabelledPair> labels;

    private record Votes(int index, UUID first, UUID second, int[] counts) {}

    PairVotes(List<LabelledPair> labels) {
        this.labels = labels;
        for (var label : labels) {
            byPair.computeIfAbsent(
                            label.pair(),
                            _ -> new Votes(
                                    byPair.size(), label.first(), label.second(), new int[AnnotatorNoise.VERDICTS]))
                    .counts()[vote(label.overall())]++;
        }
    }

    /** Votes for first, tie and second; none for a pair that the snapshot has no label of. */
    int[] of(UUID pair) {
        var votes = byPair.get(pair);
        return votes == null ? new int[AnnotatorNoise.VERDICTS] : votes.counts();
    }

    /** How far the annotators can be trusted. */
    AnnotatorNoise noise() {
        var annotators = new HashMap<UUID, Integer>();
        var task = new int[labels.size()];
        var annotator = new int[labels.size()];
        var verdict = new int[labels.size()];
        for (int label = 0; label < task.length; label++) {
            var labelled = labels.get(label);
            task[label] = Lookup.of(byPair, labelled.pair(), "Pair").index();
            annotator[label] = annotators.computeIfAbsent(labelled.annotator(), _ -> annotators.size());
            verdict[label] = vote(labelled.overall());
        }
        return AnnotatorNoise.of(
                LabelTable.of(byPair.size(), annotators.size(), AnnotatorNoise.VERDICTS, task, annotator, verdict));
    }

    /**
     * What the labels say of the last layer, and what one more would.
     *
     * @param rows rows of the candidates
     */
    Known known(ScoredCandidates candidates, Map<UUID, Integer> rows, AnnotatorNoise noise) {
        var scored = new ArrayList<Votes>();
        var columns = new PairColumns();
        int count = 0;
        for (var entry : byPair.entrySet()) {
            var votes = entry.getValue();
            var first = rows.get(votes.first());
            var second = rows.get(votes.second());
            if (first != null && second != null) {
                scored.add(votes);
                columns.add(entry.getKey(), first, second, 0, 0, 0);
            }
        }
        var pool = candidates.pool(columns.first(), columns.second(), columns.items(), columns.groups());
        boolean graded = graded();
        var spread = new SpreadEstimate(noise.information(0, graded).reliability());
        for (int pair = 0; pair < scored.size(); pair++) {
            spread.add(pool.win(pair), outcomes(scored.get(pair).counts()));
        }
        var annotators = noise.information(spread.spread(), graded);
        var information = new double[scored.size()];
        for (int pair = 0; pair < information.length; pair++) {
            int labelsOfPair = total(scored.get(pair).counts());
            information[pair] = annotators.information(pool.win(pair), labelsOfPair);
            count += labelsOfPair;
        }
        return new Known(Past.of(pool.features(), information, count, ScoredCandidates.PRIOR_PRECISION), annotators);
    }

    /** Whether annotators grade candidates, rather than choose between them. */
    private boolean graded() {
        return labels.stream()
                .anyMatch(label -> label.answers().values().stream().anyMatch(RatingPair.class::isInstance));
    }

    /**
     * What is known.
     *
     * @param past the posterior of the last layer
     * @param annotators what labels are worth
     */
    record Known(Past past, LabelInformation annotators) {}

    private static int vote(Verdict verdict) {
        return switch (verdict) {
            case FIRST -> FIRST;
            case TIE, BOTH_BAD -> TIE;
            case SECOND -> SECOND;
        };
    }

    static int total(int[] counts) {
        return counts[FIRST] + counts[TIE] + counts[SECOND];
    }

    private static double[] outcomes(int[] counts) {
        var outcomes = new double[total(counts)];
        java.util.Arrays.fill(outcomes, 0, counts[FIRST], 1);
        java.util.Arrays.fill(outcomes, counts[FIRST], counts[FIRST] + counts[TIE], .5);
        return outcomes;
    }
}
