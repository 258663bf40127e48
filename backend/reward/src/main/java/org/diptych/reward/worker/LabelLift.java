package org.diptych.reward.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Predicate;
import org.diptych.reward.EqualLabels;
import org.diptych.reward.Lookup;
import org.diptych.reward.ModelCard;
import org.diptych.reward.RewardModel;
import org.diptych.reward.TrainingSet;
import org.diptych.statistics.evaluation.Estimate;
import org.diptych.statistics.evaluation.GroupBootstrap;

/**
 * What choosing pairs by model has gained so far, measured: heads fitted to n labels of pairs that a model chose against heads fitted to n
 * labels of the uniform stratum, both judged on pairs of the uniform stratum whose source images neither has seen. One label a pair in
 * both arms, the same priors, features and steps; the difference in accuracy is averaged over several draws of n labels and bootstrapped
 * over source images.
 */
final class LabelLift {
    /** Fewer labels in an arm make a difference of noise. */
    static final int LEAST_LABELS = 20;

    static final int LEAST_PAIRS = 20;
    private static final int MOST_LABELS = 500;
    private static final int SUBSAMPLES = 8;
    private static final long SEED = 1;

    private final List<LabelledPair> labels;
    private final TrainingSet set;

    /** @param set the same labels in the same order */
    LabelLift(List<LabelledPair> labels, TrainingSet set) {
        this.labels = labels;
        this.set = set;
    }

    /**
     * What was found, for the version's report: {@code labels}, {@code pairs}, {@code value}, {@code low}, {@code high}; or, while it
     * cannot be measured, {@code missing} and {@code of}: at least so many labels of {@code chosen} or {@code random} pairs are missing,
     * or so many judged pairs ({@code judged}).
     *
     * @param folder of the version's models
     */
    Map<String, Object> measure(Path folder, String encoderId) throws IOException {
        var folds = new ArrayList<Fold>();
        for (int fold = 0; fold < FoldModels.FOLDS; fold++) {
            var path = FoldModels.folder(folder, fold);
            if (Files.isDirectory(path)) {
                try (var model = RewardModel.load(path, encoderId)) {
                    folds.add(fold(fold, model.card()));
                }
            }
        }
        int judged = folds.stream().mapToInt(fold -> fold.judged().size()).sum();
        if (judged < LEAST_PAIRS) {
            return missing(LEAST_PAIRS - judged, "judged");
        }
        int random = folds.stream().mapToInt(fold -> fold.random().size()).min().orElseThrow();
        int chosen = folds.stream().mapToInt(fold -> fold.chosen().size()).min().orElseThrow();
        if (chosen < LEAST_LABELS) {
            return missing(LEAST_LABELS - chosen, "chosen");
        }
        if (random < LEAST_LABELS) {
            return missing(LEAST_LABELS - random, "random");
        }
        return compare(folds, Math.min(MOST_LABELS, Math.min(random, chosen)));
    }

    private static Map<String, Object> missing(int count, String of) {
        return Map.of("missing", count, "of", of);
    }

    /**
     * The arms of a fold.
     *
     * @param random places of labels of the uniform stratum outside of the fold, one a pair
     * @param chosen places of labels of pairs that a model chose outside of the fold, one a pair
     * @param judged a label of each judged pair of the fold, with the majority of its verdicts
     */
    private record Fold(ModelCard card, List<Integer> random, List<Integer> chosen, Map<Integer, Integer> judged) {}

    private Fold fold(int fold, ModelCard card) {
        Predicate<LabelledPair> outside = label -> FoldModels.fold(label.group()) != fold;
        var votes = new LinkedHashMap<UUID, Integer>();
        var places = new HashMap<UUID, Integer>();
        for (int place = 0; place < labels.size(); place++) {
            var label = labels.get(place);
            if (label.uniform() && outside.negate().test(label)) {
                votes.merge(label.pair(), UniformEvaluation.vote(label), Integer::sum);
                places.put(label.pair(), place);
            }
        }
        var judged = new LinkedHashMap<Integer, Integer>();
        votes.forEach((pair, sum) -> {
            if (sum != 0) {
                judged.put(Lookup.of(places, pair, "A label of pair"), Integer.signum(sum));
            }
        });
        return new Fold(
                card,
                oneAPair(outside.and(LabelledPair::uniform)),
                oneAPair(outside.and(LabelledPair::acquired)),
                judged);
    }

    private List<Integer> oneAPair(Predicate<LabelledPair> arm) {
        var order = new ArrayList<Integer>();
        for (int place = 0; place < labels.size(); place++) {
            if (arm.test(labels.get(place))) {
                order.add(place);
            }
        }
        Collections.shuffle(order, new Random(SEED));
        var one = new LinkedHashMap<UUID, Integer>();
        order.forEach(place -> one.putIfAbsent(labels.get(place).pair(), place));
        return one.values().stream().limit(2L * MOST_LABELS).toList();
    }

    private Map<String, Object> compare(List<Fold> folds, int count) {
        var random = new ArrayList<Double>();
        var chosen = new ArrayList<Double>();
        var groups = new ArrayList<Integer>();
        var groupNumbers = new HashMap<String, Integer>();
        for (var fold : folds) {
            if (fold.judged().isEmpty()) {
                continue;
            }
            var places = List.copyOf(fold.judged().keySet());
            var margins = new EqualLabels(set, fold.card(), SUBSAMPLES, count)
                    .compare(fold.random(), fold.chosen(), places, SEED);
            for (int i = 0; i < places.size(); i++) {
                int human = Lookup.of(fold.judged(), places.get(i), "The majority of label");
                random.add(right(margins.one(), i, human));
                chosen.add(right(margins.other(), i, human));
                groups.add(
                        groupNumbers.computeIfAbsent(labels.get(places.get(i)).group(), _ -> groupNumbers.size()));
            }
        }
        var difference = GroupBootstrap.STANDARD.difference(
                chosen.stream().mapToDouble(Double::doubleValue).toArray(),
                random.stream().mapToDouble(Double::doubleValue).toArray(),
                groups.stream().mapToInt(Integer::intValue).toArray(),
                new SplittableRandom(SEED));
        if (!(difference instanceof Estimate.Interval interval)) {
            return missing(1, "judged");
        }
        var report = new LinkedHashMap<String, Object>();
        report.put("labels", count);
        report.put("pairs", random.size());
        report.put("subsamples", SUBSAMPLES);
        report.put("value", interval.value());
        report.put("low", interval.low());
        report.put("high", interval.high());
        return report;
    }

    /** Share of the draws whose heads tell the better candidate. */
    private static double right(double[][] margins, int pair, int human) {
        double right = 0;
        for (double[] draw : margins) {
            right += draw[pair] == 0 ? 0.5 : draw[pair] * human > 0 ? 1 : 0;
        }
        return right / margins.length;
    }
}
