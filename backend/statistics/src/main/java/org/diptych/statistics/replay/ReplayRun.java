package org.diptych.statistics.replay;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.diptych.statistics.acquisition.AcquisitionPolicy;
import org.diptych.statistics.acquisition.Batch;
import org.diptych.statistics.acquisition.Caps;
import org.diptych.statistics.acquisition.LabelCost;
import org.diptych.statistics.acquisition.LabelInformation;
import org.diptych.statistics.acquisition.NextOpinions;
import org.diptych.statistics.acquisition.Pool;
import org.diptych.statistics.acquisition.SpreadEstimate;
import org.diptych.statistics.acquisition.Subset;

/** One arm on one split: asks, fits, measures, and asks again until the budget is spent. */
final class ReplayRun {
    /**
     * What it came to.
     *
     * @param accuracy after each batch
     * @param verdicts the labels of each pair
     */
    record Outcome(double[] accuracy, List<int[]> verdicts) {}

    private final ReplayTable table;
    private final ReplaySettings settings;
    private final ReplaySplit split;
    private final AcquisitionPolicy policy;
    private final SplittableRandom random;
    private final Prior prior;
    /** Labels of each pair so far, in the order in which the pairs were first asked. */
    private final Map<Integer, List<ReplaySplit.Opinion>> labels = new LinkedHashMap<>();

    private final ArrayDeque<Integer> queue = new ArrayDeque<>();

    ReplayRun(
            ReplayTable table,
            ReplaySettings settings,
            ReplaySplit split,
            AcquisitionPolicy policy,
            Prior prior,
            int run) {
        this.table = table;
        this.settings = settings;
        this.split = split;
        this.policy = policy;
        this.prior = prior;
        random = new SplittableRandom(split.seed() + 7_919L * policy.name().hashCode() + run);
    }

    Outcome outcome() {
        for (int index = 0; queue.size() < settings.batch() && index < split.start().length; index++) {
            enqueue(split.start()[index]);
        }
        int batches = settings.labels() / settings.batch();
        var accuracy = new double[batches];
        for (int batch = 0; batch < batches; batch++) {
            spend();
            var model = PreferenceModel.fit(training(), prior);
            accuracy[batch] = accuracy(model);
            if (batch + 1 < batches) {
                choose(model);
            }
        }
        var verdicts = labels.values().stream()
                .map(opinions ->
                        opinions.stream().mapToInt(ReplaySplit.Opinion::verdict).toArray())
                .toList();
        return new Outcome(accuracy, verdicts);
    }

    /** Asks a batch of labels; a pair without further raters costs nothing. */
    private void spend() {
        int spent = 0;
        while (spent < settings.batch() && !queue.isEmpty()) {
            int pair = queue.remove();
            var opinions = split.opinions(pair);
            var got = labels.computeIfAbsent(pair, asked -> new ArrayList<>());
            if (got.size() < opinions.length) {
                got.add(opinions[got.size()]);
                spent++;
            }
        }
    }

    private void enqueue(int pair) {
        int wanted = settings.labelsPerPair() instanceof LabelsPerPair.Fixed(int count) ? count : 1;
        int available = Math.min(wanted, split.opinions(pair).length);
        for (int label = 0; label < available; label++) {
            queue.add(pair);
        }
    }

    /**
     * Labels weigh 2 r - 1, the slope by which noise flattens what they say, relative to the mean annotator: were the
     * weights smaller throughout, the evidence would take the labels for fewer than they are.
     */
    private PairLabels training() {
        double meanSlope = 2 * meanReliability() - 1;
        int[] pairs = labels.keySet().stream().mapToInt(Integer::intValue).toArray();
        var counts = new double[3][pairs.length];
        for (int row = 0; row < pairs.length; row++) {
            for (var opinion : labelsOf(pairs[row])) {
                counts[1 - opinion.verdict()][row] += (2 * opinion.reliability() - 1) / meanSlope;
            }
        }
        return new PairLabels(new Subset(table.features(), pairs), counts[0], counts[1], counts[2]);
    }

    private List<ReplaySplit.Opinion> labelsOf(int pair) {
        return labels.getOrDefault(pair, List.of());
    }

    private double accuracy(PreferenceModel model) {
        double right = 0;
        var row = new float[table.width()];
        for (int pair : split.heldOut()) {
            table.features().read(pair, row);
            double margin = model.margin(row) * table.majority(pair);
            right += margin > 0 ? 1 : margin == 0 ? .5 : 0;
        }
        return right / split.heldOut().length;
    }

    private void choose(PreferenceModel model) {
        int missing = settings.batch() - queue.size();
        if (missing <= 0) {
            return;
        }
        int perPair = settings.labelsPerPair() instanceof LabelsPerPair.Fixed(int count) ? count : 1;
        int[] open = Arrays.stream(split.pool())
                .filter(pair -> !labels.containsKey(pair))
                .toArray();
        var pool = score(model, open).withAnnotators(new LabelInformation(meanReliability(), 0));
        var batch = informed().select(pool, model.past(), Math.ceilDiv(missing, perPair), Caps.NONE, 0, random);
        if (settings.labelsPerPair() instanceof LabelsPerPair.Adaptive(int most)) {
            plan(model, pool, open, batch, missing, most);
        } else {
            for (int pair : batch.pairs()) {
                enqueue(open[pair]);
            }
        }
    }

    private void plan(PreferenceModel model, Pool pool, int[] open, Batch batch, int missing, int most) {
        int[] again = labels.keySet().stream()
                .mapToInt(Integer::intValue)
                .filter(pair -> labelsOf(pair).size() < split.opinions(pair).length)
                .toArray();
        var counts = Arrays.stream(again).map(pair -> labelsOf(pair).size()).toArray();
        var labelled = new NextOpinions.Labelled(score(model, again), counts, most);
        var requests =
                NextOpinions.plan(missing, batch, pool, labelled, model.past(), annotators(model), LabelCost.EQUAL);
        for (var request : requests) {
            queue.add(request.repeat() ? again[request.pair()] : open[request.pair()]);
        }
    }

    /** Reliability is taken as known; the spread of the pairs' own truths is estimated from the pairs labelled twice. */
    private LabelInformation annotators(PreferenceModel model) {
        double reliability = meanReliability();
        var estimate = new SpreadEstimate(reliability);
        int[] pairs = labels.keySet().stream().mapToInt(Integer::intValue).toArray();
        var scored = score(model, pairs);
        for (int row = 0; row < pairs.length; row++) {
            estimate.add(
                    scored.win(row),
                    labelsOf(pairs[row]).stream()
                            .mapToDouble(opinion -> (opinion.verdict() + 1) / 2.0)
                            .toArray());
        }
        return new LabelInformation(reliability, estimate.spread());
    }

    private double meanReliability() {
        return settings.reliabilities().stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(1);
    }

    private Pool score(PreferenceModel model, int[] pairs) {
        int[] items = Arrays.stream(pairs).map(table::item).toArray();
        int[] groups = Arrays.stream(pairs).map(table::group).toArray();
        return model.score(new Subset(table.features(), pairs), items, groups);
    }

    /** The policy with what it needs to know beside the pool. */
    private AcquisitionPolicy informed() {
        if (!(policy instanceof BalPm balPm)) {
            return policy;
        }
        int[] labelled = labels.entrySet().stream()
                .flatMapToInt(
                        entry -> IntStream.range(0, entry.getValue().size()).map(label -> table.item(entry.getKey())))
                .toArray();
        return balPm.knowing(table.itemFeatures(), labelled);
    }
}
