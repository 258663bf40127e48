package org.diptych.reward;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.diptych.reward.encoder.PyTorch;

/**
 * Compares what two pools of labels teach, at equal numbers of labels: heads fitted to so many labels of one pool against heads fitted to
 * so many of the other, on pairs that no head has seen. Several subsamples of both pools are fitted side by side in one batched run, all
 * with the same priors, annotators, features and steps.
 */
public final class EqualLabels {

    private final TrainingSet set;
    private final ModelCard card;
    private final int subsamples;
    private final int labels;

    /**
     * @param set all labels, the judged ones included
     * @param card of a model that was trained without the judged groups: its priors and scales are used for both pools
     * @param subsamples draws from each pool
     * @param labels labels of each draw
     */
    public EqualLabels(TrainingSet set, ModelCard card, int subsamples, int labels) {
        this.set = set;
        this.card = card;
        this.subsamples = subsamples;
        this.labels = labels;
    }

    /**
     * Overall score of the first candidate minus that of the second.
     *
     * @param one by heads of the first pool, [subsample][judged]
     * @param other by heads of the second pool, the same
     */
    @SuppressWarnings("ArrayRecordComponent") // a carrier of output, never compared
    public record Margins(double[][] one, double[][] other) {}

    /**
     * Fits and judges.
     *
     * @param one, other the pools, as places in the set's labels
     * @param judged places of labels whose pairs are judged; no label of a pool is about their groups
     * @throws IllegalArgumentException if a pool has too few labels, or shares a group with the judged ones
     */
    public Margins compare(List<Integer> one, List<Integer> other, List<Integer> judged, long seed) {
        if (one.size() < labels || other.size() < labels) {
            throw new IllegalArgumentException(
                    "pools of %d and %d labels have no %d".formatted(one.size(), other.size(), labels));
        }
        var random = new Random(seed);
        var draws = new ArrayList<List<Integer>>();
        for (var pool : List.of(one, other)) {
            for (int draw = 0; draw < subsamples; draw++) {
                var shuffled = new ArrayList<>(pool);
                Collections.shuffle(shuffled, random);
                draws.add(shuffled.subList(0, labels));
            }
        }
        var used = new TreeSet<Integer>();
        draws.forEach(used::addAll);
        requireUnseen(used, judged);
        return judge(draws, List.copyOf(used), examples(judged));
    }

    private List<TrainingExample> examples(Iterable<Integer> places) {
        var examples = new ArrayList<TrainingExample>();
        places.forEach(place -> examples.add(set.examples().get(place)));
        return examples;
    }

    private void requireUnseen(TreeSet<Integer> used, List<Integer> judged) {
        var groups = new TreeSet<>(
                examples(used).stream().map(TrainingExample::group).toList());
        for (var example : examples(judged)) {
            if (groups.contains(example.group())) {
                throw new IllegalArgumentException("a judged pair is about a source image that heads are fitted to");
            }
        }
    }

    private Margins judge(List<List<Integer>> draws, List<Integer> used, List<TrainingExample> judged) {
        var examples = examples(used);
        var annotators = AnnotatorEffects.of(examples);
        var data = new FitData(set, Standardization.of(rows(examples)), annotators, card.settings());
        var weighed = annotators.weigh(examples);
        float[][] weights = new float[used.size()][draws.size()];
        for (int member = 0; member < draws.size(); member++) {
            for (int place : draws.get(member)) {
                int label = Collections.binarySearch(used, place);
                weights[label][member] = (float) weighed.get(label).weight();
            }
        }
        PyTorch.TRAINING.lock();
        try (var manager = PyTorch.newManager(PyTorch.device())) {
            return fit(manager, data, weighed, weights, judged);
        } finally {
            PyTorch.TRAINING.unlock();
        }
    }

    private FeatureTable rows(List<TrainingExample> examples) {
        var rows = new TreeSet<Integer>();
        examples.forEach(example -> rows.addAll(List.of(example.first(), example.second())));
        return FeatureTable.of(rows.stream().map(set.features()::row).toArray(float[][]::new));
    }

    private Margins fit(
            NDManager manager,
            FitData data,
            List<TrainingExample> examples,
            float[][] weights,
            List<TrainingExample> judged) {
        int members = weights[0].length;
        int steps = card.settings().steps();
        var priors = card.heads().stream().map(ModelCard.Head::prior).toList();
        var plan = Priors.plan(data, priors, members, new float[0][][], examples.size(), steps);
        var all = List.of(IntStream.range(0, examples.size()).boxed().toList());
        try (var source = new LabelBatches(manager, data, examples, weights, all);
                var fit = new HeadFit(manager, data, plan)) {
            for (int step = 0; step < steps; step++) {
                fit.step(source, 0);
            }
            // who gave the judged labels may have given none of the others, and does not matter: candidates are judged
            var alike = new FitData(set, data.standardization(), AnnotatorEffects.alike(judged), data.settings());
            var batch = LabelBatch.of(manager, alike, judged);
            var predictions = new HeldOutPredictions(fit, batch, set, judged);
            double[][] margins = new double[members][];
            for (int member = 0; member < members; member++) {
                int column = member;
                margins[member] =
                        OverallPairs.of(predictions.pairs((dimension, label) -> new int[] {column}), card.heads())
                                .stream()
                                .mapToDouble(HeldOutPair::gap)
                                .toArray();
            }
            int half = members / 2;
            return new Margins(Arrays.copyOfRange(margins, 0, half), Arrays.copyOfRange(margins, half, members));
        }
    }
}
