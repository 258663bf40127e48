package org.diptych.reward;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.stream.IntStream;
import org.diptych.reward.encoder.PyTorch;

/**
 * Fits M heads at once, as one set of batched products: the members of an ensemble, or the folds and prior strengths of a
 * cross-validation. Members share the labels but not their weights, priors and anchors, and never exchange anything.
 */
final class HeadFit implements AutoCloseable {

    private final NDManager manager;
    private final Scalars scalars;
    private final NDArray anchor;
    private final RewardLoss loss;
    private final HeadParameters head;
    private final AdamW optimizer;
    private final int labels;

    /**
     * What to fit, for K dimensions, M members and D features.
     *
     * @param priorScale prior deviation of every weight: [k][m][d]
     * @param anchor where every weight's prior is centred, in units of its deviation, [k][m][d]; an empty array for zero
     * @param spreadScale prior deviation of the weights of log sigma, D numbers
     * @param labels labels of all batches together
     * @param steps steps that will be made
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
    record Plan(float[][][] priorScale, float[][][] anchor, float[] spreadScale, int labels, int steps) {}

    /** @param parent owns the native memory until this is closed */
    HeadFit(NDManager parent, FitData data, Plan plan) {
        manager = parent.newSubManager();
        scalars = new Scalars(manager);
        labels = plan.labels();
        int k = plan.priorScale().length;
        int m = plan.priorScale()[0].length;
        int d = plan.spreadScale().length;
        int levels = data.set().levels();
        var shape = new Shape(k, d, m);
        var scale = manager.create(transpose(plan.priorScale(), d), shape);
        anchor = plan.anchor().length == 0 ? manager.zeros(shape) : manager.create(transpose(plan.anchor(), d), shape);
        int gaps = Math.max(1, levels - 2);
        float[] below = new float[(levels - 1) * gaps];
        for (int cutpoint = 0; cutpoint < levels - 1; cutpoint++) {
            for (int gap = 0; gap < Math.min(cutpoint, gaps); gap++) {
                below[cutpoint * gaps + gap] = 1;
            }
        }
        loss = new RewardLoss(
                scalars,
                scale,
                manager.create(plan.spreadScale(), new Shape(d, 1)),
                manager.create(below, new Shape(levels - 1, gaps)));
        head = HeadParameters.initial(manager, anchor, data.annotators().size(), levels);
        optimizer = new AdamW(manager, head.all(), plan.steps());
    }

    /**
     * One step on one batch.
     *
     * @return mean loss per label and member before the step
     * @throws NotFiniteException if the loss or a gradient is not finite; nothing was changed by this step then
     */
    double step(LabelBatches source, int batch) {
        return source.with(batch, weighed -> {
            double value = backward(weighed);
            try (var scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                if (!Double.isFinite(value) || !optimizer.step()) {
                    throw NotFiniteException.ofLabels(culprits(weighed));
                }
            }
            return value;
        });
    }

    /** Leaves the gradients of a batch and of the priors; the batch's mean loss. */
    private double backward(LabelBatches.Weighed weighed) {
        optimizer.clear();
        var batch = weighed.labels();
        try (var collector = PyTorch.engine().newGradientCollector();
                var scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            var latent = loss.latent(head, batch.x());
            var answers = loss.of(head, batch, latent).sum(new int[] {0});
            if (batch.hasOverall()) {
                answers = answers.add(loss.overall(head, batch, latent));
            }
            var fit = answers.mul(weighed.weights())
                    .sum(new int[] {0})
                    .mul(scalars.of(1.0 / weighed.rows().size()));
            var penalty = loss.penalty(head, anchor).mul(scalars.of(1.0 / labels));
            collector.backward(fit.add(penalty).sum());
            return fit.mean().getFloat();
        }
    }

    /** The labels whose own weighted loss is not finite; all of the batch if there is none. */
    private List<Integer> culprits(LabelBatches.Weighed weighed) {
        float[] values = losses(weighed.labels());
        float[] weights = weighed.weights().toFloatArray();
        int b = weighed.rows().size();
        int m = (int) head.mean().getShape().get(2);
        var culprits = IntStream.range(0, b)
                .filter(label -> IntStream.range(0, values.length)
                        .filter(at -> at / m % b == label)
                        .anyMatch(at -> !Float.isFinite(values[at] * weights[label * m + at % m])))
                .mapToObj(weighed.rows()::get)
                .toList();
        return culprits.isEmpty() ? weighed.rows() : culprits;
    }

    /** Negative log-likelihood per dimension, label and member, flat in the order [K, B, M]. */
    float[] losses(LabelBatch batch) {
        try (var scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            return loss.of(head, batch, loss.latent(head, batch.x())).toFloatArray();
        }
    }

    /** mu and sigma squared of every candidate of a batch, each flat in the order [K, C, M]. */
    float[][] predict(LabelBatch batch) {
        try (var scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            var latent = loss.latent(head, batch.x());
            return new float[][] {
                latent.mu().toFloatArray(), loss.variance(head, latent).toFloatArray()
            };
        }
    }

    /** Cutpoints between levels, flat in the order [K, L - 1, M]. */
    float[] cutpoints() {
        try (var scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            return loss.cutpoints(head).toFloatArray();
        }
    }

    /**
     * The parameters in the form that scoring uses.
     *
     * @param mean effective weights of mu, flat in the order [D, K, M]
     * @param spread effective weights of log sigma of member 0, flat in the order [D, K]
     * @param spreadBias of member 0, per dimension
     * @param cutpoints of member 0, [K][L - 1]
     * @param position of member 0, per dimension
     */
    record Extracted(float[] mean, float[] spread, float[] spreadBias, double[][] cutpoints, float[] position) {}

    Extracted extract() {
        try (var scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            int k = (int) head.mean().getShape().get(0);
            int m = (int) head.mean().getShape().get(2);
            float[] cuts = loss.cutpoints(head).toFloatArray();
            int count = cuts.length / k / m;
            double[][] cutpoints = new double[k][count];
            for (int i = 0; i < k * count; i++) {
                cutpoints[i / count][i % count] = cuts[i * m];
            }
            return new Extracted(
                    loss.weights(head).transpose(1, 0, 2).toFloatArray(),
                    loss.spreadWeights(head).transpose(1, 0, 2).get(":, :, 0").toFloatArray(),
                    head.spreadBias().get(":, 0, 0").toFloatArray(),
                    cutpoints,
                    head.position().get(":, 0, 0").toFloatArray());
        }
    }

    @Override
    public void close() {
        manager.close();
    }

    private static float[] transpose(float[][][] values, int d) {
        int k = values.length;
        int m = values[0].length;
        float[] flat = new float[k * d * m];
        for (int dimension = 0; dimension < k; dimension++) {
            for (int member = 0; member < m; member++) {
                for (int i = 0; i < d; i++) {
                    flat[(dimension * d + i) * m + member] = values[dimension][member][i];
                }
            }
        }
        return flat;
    }
}
