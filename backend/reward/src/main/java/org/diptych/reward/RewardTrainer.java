package org.diptych.reward;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import org.diptych.protocol.Verdict;
import org.diptych.reward.encoder.PyTorch;

/**
 * Trains a reward model: chooses prior strengths and the number of steps by grouped cross-validation, then fits an ensemble to all
 * labels, and calibrates it on the held-out predictions.
 *
 * <p>Deterministic under a seed on one machine. One run at a time per process, since the engine records gradients of one thread only; a
 * second caller waits.
 */
public final class RewardTrainer {

    private static final ReentrantLock ENGINE = new ReentrantLock();
    private static final int BATCHES_KEPT = 4;
    private static final int PROGRESS_EVERY = 20;
    private static final double SPREAD_DEVIATION = 0.3;
    private static final int LEAST_STRICT = 5;

    /**
     * Trains on a set.
     *
     * @throws NotEnoughLabelsException if the set is too small or one-sided
     * @throws TrainingCancelledException if the listener cancelled
     * @throws TrainingException if features or the loss are not finite, with the labels of the batch
     */
    public TrainedReward train(
            TrainingSet set, TrainingSettings settings, Provenance provenance, TrainingListener listener) {
        requireEnough(set, settings);
        if (!provenance.encoderId().equals(set.encoderId())) {
            throw new TrainingException("the provenance names the encoder %s, the features come from %s"
                    .formatted(provenance.encoderId(), set.encoderId()));
        }
        ENGINE.lock();
        try (var manager = PyTorch.newManager(PyTorch.device())) {
            return train(set, settings, provenance, listener, manager);
        } finally {
            ENGINE.unlock();
        }
    }

    private static TrainedReward train(
            TrainingSet set,
            TrainingSettings settings,
            Provenance provenance,
            TrainingListener listener,
            NDManager manager) {
        var random = new Random(provenance.seed());
        var standardization = Standardization.of(set.features());
        var annotators = new HashMap<String, Integer>();
        for (var name : new TreeSet<>(
                set.examples().stream().map(TrainingExample::annotator).toList())) {
            annotators.put(name, annotators.size());
        }
        var chosen = new PriorSearch(manager, set, settings, standardization, listener).run(annotators, random);
        int k = set.dimensions().size();
        int d = set.layout().dimension();
        int m = settings.members();
        float[][][] scales = new float[k][m][];
        float[][][] anchors = new float[k][m][d];
        for (int dimension = 0; dimension < k; dimension++) {
            float[] scale = chosen.priors().get(dimension).perFeature(set.layout());
            for (int member = 0; member < m; member++) {
                scales[dimension][member] = scale;
                for (int i = 0; member > 0 && i < d; i++) {
                    anchors[dimension][member][i] = (float) random.nextGaussian();
                }
            }
        }
        float[] spreadScale = new float[d];
        Arrays.fill(spreadScale, (float) (SPREAD_DEVIATION / Math.sqrt(d)));
        int batches = Math.ceilDiv(set.examples().size(), settings.batchSize());
        int schedule = batches == 1 ? settings.steps() : Math.max(settings.steps(), settings.epochs() * batches);
        int steps = Math.max(1, (int) Math.round(chosen.stop() * schedule));
        try (var fit = new BatchedFit(
                manager,
                scales,
                anchors,
                spreadScale,
                set.levels(),
                annotators.size(),
                set.examples().size(),
                schedule,
                settings)) {
            new EnsembleRun(fit, set, settings, standardization, annotators, listener, random).run(manager, steps);
            return finish(set, settings, provenance, standardization, chosen, fit, scales, steps, random);
        }
    }

    /** Makes the steps of the final fit, in batches of shuffled labels. */
    private record EnsembleRun(
            BatchedFit fit,
            TrainingSet set,
            TrainingSettings settings,
            Standardization standardization,
            Map<String, Integer> annotators,
            TrainingListener listener,
            Random random) {

        void run(NDManager manager, int steps) {
            var order = new ArrayList<Integer>();
            for (int i = 0; i < set.examples().size(); i++) {
                order.add(i);
            }
            Collections.shuffle(order, random);
            float[][] weights = bootstrap();
            var parts = new ArrayList<List<Integer>>();
            for (int start = 0; start < order.size(); start += settings.batchSize()) {
                parts.add(List.copyOf(order.subList(start, Math.min(order.size(), start + settings.batchSize()))));
            }
            try (var kept = manager.newSubManager()) {
                var batches = new HashMap<Integer, Prepared>();
                for (int step = 0; step < steps; step++) {
                    int part = step % parts.size();
                    var rows = parts.get(part);
                    double loss;
                    if (parts.size() <= BATCHES_KEPT) {
                        var prepared = batches.computeIfAbsent(part, ignored -> prepare(kept, rows, weights));
                        loss = fit.step(prepared.batch(), prepared.weights(), BatchedFit.identity(rows));
                    } else {
                        try (var local = manager.newSubManager()) {
                            var prepared = prepare(local, rows, weights);
                            loss = fit.step(prepared.batch(), prepared.weights(), BatchedFit.identity(rows));
                        }
                    }
                    boolean report = (step + 1) % PROGRESS_EVERY == 0 || step + 1 == steps;
                    if (report
                            && !listener.progressed(new TrainingProgress(
                                    TrainingProgress.Phase.FITTING, step + 1, steps, loss, Double.NaN))) {
                        throw new TrainingCancelledException("cancelled while fitting, at step " + (step + 1));
                    }
                }
            }
        }

        private record Prepared(LabelBatch batch, NDArray weights) {}

        private Prepared prepare(NDManager manager, List<Integer> rows, float[][] weights) {
            var examples = rows.stream().map(set.examples()::get).toList();
            float[][] own = rows.stream().map(row -> weights[row]).toArray(float[][]::new);
            return new Prepared(
                    LabelBatch.of(manager, set, examples, standardization, annotators, settings),
                    BatchedFit.weights(manager, own));
        }

        /** The Bayesian bootstrap (Rubin, Annals of Statistics 9(1), 1981): exponential weights; member 0 keeps every label as it is. */
        private float[][] bootstrap() {
            float[][] weights = new float[set.examples().size()][settings.members()];
            for (int label = 0; label < weights.length; label++) {
                double reliability = set.examples().get(label).weight();
                weights[label][0] = (float) reliability;
                for (int member = 1; member < settings.members(); member++) {
                    weights[label][member] = (float) (reliability * -Math.log(1 - random.nextDouble()));
                }
            }
            return weights;
        }
    }

    private static TrainedReward finish(
            TrainingSet set,
            TrainingSettings settings,
            Provenance provenance,
            Standardization standardization,
            PriorSearch.Result chosen,
            BatchedFit fit,
            float[][][] scales,
            int steps,
            Random random) {
        int k = set.dimensions().size();
        int d = set.layout().dimension();
        float[] combined = new float[d];
        for (int i = 0; i < d; i++) {
            double square = 0;
            for (int dimension = 0; dimension < k; dimension++) {
                square += scales[dimension][0][i] * scales[dimension][0][i];
            }
            combined[i] = (float) Math.sqrt(square / k);
        }
        var extracted = fit.extract();
        var parameters = new ModelParameters(
                standardization,
                extracted.mean(),
                extracted.spread(),
                extracted.spreadBias(),
                extracted.cutpoints(),
                LastLayer.projection(set.features(), standardization, combined, random));
        var heads = new ArrayList<ModelCard.Head>();
        for (int dimension = 0; dimension < k; dimension++) {
            var calibration = Calibration.fit(chosen.pairs().get(dimension));
            heads.add(new ModelCard.Head(
                    set.dimensions().get(dimension),
                    Answers.rated(set.examples(), dimension),
                    chosen.priors().get(dimension),
                    chosen.heldOutLoss()[dimension],
                    2 * extracted.position()[dimension],
                    calibration));
        }
        var overall = Calibration.fit(OverallPairs.of(chosen.pairs(), heads));
        var card = new ModelCard(
                ModelCard.FORMAT,
                "",
                provenance,
                settings,
                set.dimensions(),
                set.levels(),
                d,
                settings.members(),
                set.examples().size(),
                (int) set.examples().stream()
                        .map(TrainingExample::group)
                        .distinct()
                        .count(),
                heads,
                overall,
                steps);
        byte[] bytes = ModelFolder.encode(parameters, card);
        var signed = card.withDigest(ModelFolder.digest(bytes));
        return new TrainedReward(new RewardModel(signed, parameters), bytes);
    }

    private static void requireEnough(TrainingSet set, TrainingSettings settings) {
        int labels = set.examples().size();
        if (labels < settings.minimumLabels()) {
            int missing = settings.minimumLabels() - labels;
            throw new NotEnoughLabelsException(
                    "%d labels are not enough to train: %d more are needed".formatted(labels, missing), missing);
        }
        long groups =
                set.examples().stream().map(TrainingExample::group).distinct().count();
        if (groups < 2) {
            throw new NotEnoughLabelsException(
                    "all labels are about one source image; label pairs of at least one more to train", 1);
        }
        for (int dimension = 0; dimension < set.dimensions().size(); dimension++) {
            int strict = 0;
            for (var example : set.examples()) {
                var verdict = Answers.verdict(example.answers().get(dimension));
                if (verdict.isPresent() && (verdict.get() == Verdict.FIRST || verdict.get() == Verdict.SECOND)) {
                    strict++;
                }
            }
            if (strict < LEAST_STRICT) {
                throw new NotEnoughLabelsException(
                        "only %d labels prefer one candidate on %s: %d more such labels are needed"
                                .formatted(strict, set.dimensions().get(dimension), LEAST_STRICT - strict),
                        LEAST_STRICT - strict);
            }
        }
    }
}
