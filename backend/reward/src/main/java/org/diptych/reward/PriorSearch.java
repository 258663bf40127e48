package org.diptych.reward;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Chooses the strength of the priors by grouped cross-validation within the training data. Half of the folds leave source images out,
 * half leave instructions out: the first alone would favour heads that learn instructions by heart. All folds and all candidate
 * strengths are fitted in one batched run; the same run tells after how many steps to stop, and leaves held-out predictions for the
 * calibration.
 */
final class PriorSearch {

    private static final int LOOKS = 8;
    private static final int MOST_LABELS = 3000;

    private final NDManager manager;
    private final FitData data;
    private final TrainingListener listener;
    private final List<TrainingExample> examples;
    private final List<Folds> families;
    private final List<PriorStrength> candidates = PriorStrength.candidates();
    private final List<Member> members = new ArrayList<>();

    PriorSearch(NDManager manager, FitData data, TrainingListener listener, Random random) {
        this.manager = manager;
        this.data = data;
        this.listener = listener;
        int folds = data.settings().folds();
        examples = sample(data, random);
        families = List.of(
                Folds.by(examples, TrainingExample::group, folds, random),
                Folds.by(examples, TrainingExample::instruction, folds, random));
        for (int family = 0; family < families.size(); family++) {
            int count = families.get(family).count();
            for (int fold = 0; count > 1 && fold < count; fold++) {
                for (int prior = 0; prior < candidates.size(); prior++) {
                    members.add(new Member(prior, family, fold));
                }
            }
        }
    }

    /**
     * What the search found.
     *
     * @param priors chosen strength per dimension
     * @param stop share of the steps after which the held-out loss was lowest
     * @param heldOutLoss held-out negative log-likelihood per dimension, in nats per label
     * @param pairs held-out predictions, [dimension][label]
     */
    record Result(List<PriorStrength> priors, double stop, List<Double> heldOutLoss, List<List<HeldOutPair>> pairs) {

        static final Result NOTHING = new Result(List.of(), 1, List.of(), List.of());

        double total() {
            return heldOutLoss.isEmpty()
                    ? Double.POSITIVE_INFINITY
                    : heldOutLoss.stream().mapToDouble(Double::doubleValue).sum();
        }
    }

    /** A column of the batched run: one strength on one fold. */
    private record Member(int prior, int family, int fold) {}

    /** Searches. */
    Result run() {
        var all = List.of(IntStream.range(0, examples.size()).boxed().toList());
        try (var labels = new LabelBatches(manager, data, examples, weights(), all);
                var fit = new HeadFit(manager, data, plan())) {
            return labels.with(0, everything -> follow(fit, labels, everything.labels()));
        }
    }

    private HeadFit.Plan plan() {
        var layout = data.set().layout();
        float[][][] scales = new float[data.set().dimensions().size()][members.size()][];
        for (int m = 0; m < members.size(); m++) {
            float[] scale = candidates.get(members.get(m).prior()).perFeature(layout);
            for (float[][] dimension : scales) {
                dimension[m] = scale;
            }
        }
        return new HeadFit.Plan(
                scales,
                new float[0][][],
                new float[layout.dimension()],
                examples.size(),
                data.settings().steps());
    }

    private float[][] weights() {
        float[][] weights = new float[examples.size()][members.size()];
        for (int label = 0; label < weights.length; label++) {
            for (int m = 0; m < members.size(); m++) {
                weights[label][m] = isHeldOut(label, members.get(m))
                        ? 0
                        : (float) examples.get(label).weight();
            }
        }
        return weights;
    }

    private boolean isHeldOut(int label, Member member) {
        return families.get(member.family()).of()[label] == member.fold();
    }

    private Result follow(HeadFit fit, LabelBatches labels, LabelBatch all) {
        int steps = data.settings().steps();
        int every = Math.max(1, steps / LOOKS);
        var best = Result.NOTHING;
        for (int step = 1; step <= steps; step++) {
            double loss = fit.step(labels, 0);
            if (step % every == 0 || step == steps) {
                var found = look(fit, all, (double) step / steps, best);
                best = found.best();
                listener.progressed(
                        new TrainingProgress(TrainingProgress.Phase.SELECTING, step, steps, loss, found.total()));
            }
        }
        return best;
    }

    private record Look(Result best, double total) {}

    /** The best strengths as the fits stand now; with held-out predictions if they are better than before. */
    private Look look(HeadFit fit, LabelBatch labels, double share, Result before) {
        double[][] heldOut = heldOutLosses(fit, labels);
        int[] chosen = new int[heldOut.length];
        var losses = new ArrayList<Double>();
        var priors = new ArrayList<PriorStrength>();
        for (int dimension = 0; dimension < chosen.length; dimension++) {
            for (int prior = 1; prior < candidates.size(); prior++) {
                if (heldOut[dimension][prior] < heldOut[dimension][chosen[dimension]]) {
                    chosen[dimension] = prior;
                }
            }
            losses.add(heldOut[dimension][chosen[dimension]]);
            priors.add(candidates.get(chosen[dimension]));
        }
        double total = losses.stream().mapToDouble(Double::doubleValue).sum();
        return total < before.total()
                ? new Look(new Result(priors, share, losses, heldOutPairs(fit, labels, chosen)), total)
                : new Look(before, total);
    }

    private List<List<HeldOutPair>> heldOutPairs(HeadFit fit, LabelBatch labels, int[] chosen) {
        return new HeldOutPredictions(fit, labels, data.set(), examples)
                .pairs((dimension, label) -> heldOutMembers(chosen[dimension], label));
    }

    private int[] heldOutMembers(int prior, int label) {
        return IntStream.range(0, members.size())
                .filter(m -> members.get(m).prior() == prior && isHeldOut(label, members.get(m)))
                .toArray();
    }

    private double[][] heldOutLosses(HeadFit fit, LabelBatch labels) {
        int k = data.set().dimensions().size();
        int b = examples.size();
        int m = members.size();
        double[][] sum = new double[k][candidates.size()];
        double[][] weight = new double[k][candidates.size()];
        float[] losses = fit.losses(labels);
        for (int at = 0; at < losses.length; at++) {
            int label = at / m % b;
            var member = members.get(at % m);
            if (isHeldOut(label, member)) {
                double w = examples.get(label).weight();
                sum[at / m / b][member.prior()] += w * losses[at];
                weight[at / m / b][member.prior()] += w;
            }
        }
        for (int dimension = 0; dimension < k; dimension++) {
            for (int prior = 0; prior < candidates.size(); prior++) {
                sum[dimension][prior] /= Math.max(1e-9, weight[dimension][prior]);
            }
        }
        return sum;
    }

    /** At most so many labels as choose well, drawn at random. */
    private static List<TrainingExample> sample(FitData data, Random random) {
        var all = data.set().examples();
        if (all.size() <= MOST_LABELS) {
            return all;
        }
        var shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, random);
        return List.copyOf(shuffled.subList(0, MOST_LABELS));
    }
}
