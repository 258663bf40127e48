package org.diptych.reward;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Chooses the strength of the priors by grouped cross-validation within the training data. Half of the folds leave source images out,
 * half leave instructions out: the first alone would favour heads that learn instructions by heart. All folds and all candidate
 * strengths are fitted in one batched run; the same run tells after how many steps to stop, and leaves held-out predictions for the
 * calibration.
 */
final class PriorSearch {

    private static final int CHECKPOINTS = 8;

    private final NDManager manager;
    private final TrainingSet set;
    private final TrainingSettings settings;
    private final Standardization standardization;
    private final TrainingListener listener;

    PriorSearch(
            NDManager manager,
            TrainingSet set,
            TrainingSettings settings,
            Standardization standardization,
            TrainingListener listener) {
        this.manager = manager;
        this.set = set;
        this.settings = settings;
        this.standardization = standardization;
        this.listener = listener;
    }

    /**
     * What the search found.
     *
     * @param priors chosen strength per dimension
     * @param stop share of the steps after which the held-out loss was lowest
     * @param heldOutLoss held-out negative log-likelihood per dimension, in nats per label
     * @param pairs held-out predictions, [dimension][label]
     */
    record Result(List<PriorStrength> priors, double stop, double[] heldOutLoss, List<List<HeldOutPair>> pairs) {}

    /** A column of the batched run: one strength on one fold. */
    private record Member(int prior, int family, int fold) {}

    Result run(Map<String, Integer> annotators, Random random) {
        var examples = sample(random);
        var families = List.of(
                Folds.by(examples, TrainingExample::group, settings.folds(), random),
                Folds.by(examples, TrainingExample::instruction, settings.folds(), random));
        var candidates = PriorStrength.candidates();
        var members = new ArrayList<Member>();
        for (int family = 0; family < families.size(); family++) {
            for (int fold = 0;
                    families.get(family).count() > 1
                            && fold < families.get(family).count();
                    fold++) {
                for (int prior = 0; prior < candidates.size(); prior++) {
                    members.add(new Member(prior, family, fold));
                }
            }
        }
        int k = set.dimensions().size();
        int d = set.layout().dimension();
        float[][][] scales = new float[k][members.size()][];
        for (int m = 0; m < members.size(); m++) {
            float[] scale = candidates.get(members.get(m).prior()).perFeature(set.layout());
            for (int dimension = 0; dimension < k; dimension++) {
                scales[dimension][m] = scale;
            }
        }
        float[][] weights = new float[examples.size()][members.size()];
        for (int b = 0; b < examples.size(); b++) {
            for (int m = 0; m < members.size(); m++) {
                var member = members.get(m);
                boolean heldOut = families.get(member.family()).of()[b] == member.fold();
                weights[b][m] = heldOut ? 0 : (float) examples.get(b).weight();
            }
        }
        int steps = settings.steps();
        try (var local = manager.newSubManager();
                var fit = new BatchedFit(
                        local,
                        scales,
                        new float[0][][],
                        new float[d],
                        set.levels(),
                        annotators.size(),
                        examples.size(),
                        steps,
                        settings)) {
            var batch = LabelBatch.of(local, set, examples, standardization, annotators, settings);
            var trainWeights = BatchedFit.weights(local, weights);
            return follow(fit, batch, trainWeights, members, families, candidates, examples, steps);
        }
    }

    private Result follow(
            BatchedFit fit,
            LabelBatch batch,
            NDArray weights,
            List<Member> members,
            List<Folds> families,
            List<PriorStrength> candidates,
            List<TrainingExample> examples,
            int steps) {
        int k = set.dimensions().size();
        int every = Math.max(1, steps / CHECKPOINTS);
        double best = Double.POSITIVE_INFINITY;
        var result = new Result(List.of(), 1, new double[0], List.of());
        for (int step = 1; step <= steps; step++) {
            double loss = fit.step(batch, weights, "the cross-validation's labels");
            if (step % every == 0 || step == steps) {
                double[][] heldOut = heldOutLosses(fit.losses(batch), members, families, candidates.size(), examples);
                int[] chosen = new int[k];
                double total = 0;
                double[] losses = new double[k];
                for (int dimension = 0; dimension < k; dimension++) {
                    for (int prior = 1; prior < candidates.size(); prior++) {
                        if (heldOut[dimension][prior] < heldOut[dimension][chosen[dimension]]) {
                            chosen[dimension] = prior;
                        }
                    }
                    losses[dimension] = heldOut[dimension][chosen[dimension]];
                    total += losses[dimension];
                }
                if (!listener.progressed(
                        new TrainingProgress(TrainingProgress.Phase.SELECTING, step, steps, loss, total))) {
                    throw new TrainingCancelledException("cancelled while choosing priors, at step " + step);
                }
                if (total < best) {
                    best = total;
                    var priors = new ArrayList<PriorStrength>();
                    for (int prior : chosen) {
                        priors.add(candidates.get(prior));
                    }
                    var pairs = new HeldOutPredictions(fit, batch, set, examples)
                            .pairs((dimension, label) -> heldOutMembers(members, families, chosen[dimension], label));
                    result = new Result(priors, (double) step / steps, losses, pairs);
                }
            }
        }
        return result;
    }

    private static int[] heldOutMembers(List<Member> members, List<Folds> families, int prior, int label) {
        return IntStream.range(0, members.size())
                .filter(m -> members.get(m).prior() == prior
                        && families.get(members.get(m).family()).of()[label]
                                == members.get(m).fold())
                .toArray();
    }

    private double[][] heldOutLosses(
            float[] losses, List<Member> members, List<Folds> families, int priors, List<TrainingExample> examples) {
        int k = set.dimensions().size();
        int b = examples.size();
        int m = members.size();
        double[][] sum = new double[k][priors];
        double[][] weight = new double[k][priors];
        for (int dimension = 0; dimension < k; dimension++) {
            for (int label = 0; label < b; label++) {
                double w = examples.get(label).weight();
                for (int column = 0; column < m; column++) {
                    var member = members.get(column);
                    if (families.get(member.family()).of()[label] == member.fold()) {
                        sum[dimension][member.prior()] += w * losses[(dimension * b + label) * m + column];
                        weight[dimension][member.prior()] += w;
                    }
                }
            }
            for (int prior = 0; prior < priors; prior++) {
                sum[dimension][prior] /= Math.max(1e-9, weight[dimension][prior]);
            }
        }
        return sum;
    }

    /** At most {@link TrainingSettings#selectionLabels} labels, drawn at random. */
    private List<TrainingExample> sample(Random random) {
        if (set.examples().size() <= settings.selectionLabels()) {
            return set.examples();
        }
        var shuffled = new ArrayList<>(set.examples());
        Collections.shuffle(shuffled, random);
        return List.copyOf(shuffled.subList(0, settings.selectionLabels()));
    }
}
