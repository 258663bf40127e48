package org.diptych.reward;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.diptych.reward.encoder.PyTorch;

/**
 * Fits M heads at once, as one set of batched products: the members of an ensemble, or the folds and prior strengths of a
 * cross-validation. Members share the labels but not their weights, priors and anchors, and never exchange anything.
 */
final class BatchedFit implements AutoCloseable {

    private final NDManager manager;
    private final TrainingSettings settings;
    private final Scalars scalars;
    private final NDArray anchor;
    private final RewardLoss loss;
    private final HeadParameters head;
    private final AdamW optimizer;
    private final int labels;

    /**
     * @param parent owns the native memory until this is closed
     * @param priorScale prior deviation of every weight, D numbers per dimension and member: [k][m][d]
     * @param anchor where every weight's prior is centred, in units of its deviation, [k][m][d]; an empty array for zero
     * @param spreadScale prior deviation of the weights of log sigma, D numbers
     * @param levels number of rating levels
     * @param annotators number of annotators
     * @param labels labels of all batches together
     * @param steps steps that will be made
     */
    BatchedFit(
            NDManager parent,
            float[][][] priorScale,
            float[][][] anchor,
            float[] spreadScale,
            int levels,
            int annotators,
            int labels,
            int steps,
            TrainingSettings settings) {
        manager = parent.newSubManager();
        this.settings = settings;
        scalars = new Scalars(manager);
        this.labels = labels;
        int k = priorScale.length;
        int m = priorScale[0].length;
        int d = spreadScale.length;
        var shape = new Shape(k, d, m);
        var scale = manager.create(transpose(priorScale, d), shape);
        this.anchor = anchor.length == 0 ? manager.zeros(shape) : manager.create(transpose(anchor, d), shape);
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
                manager.create(spreadScale, new Shape(d, 1)),
                manager.create(below, new Shape(levels - 1, gaps)));
        head = HeadParameters.initial(manager, this.anchor, annotators, levels);
        optimizer = new AdamW(manager, head.all(), settings, steps);
    }

    /**
     * One step on one batch.
     *
     * @param weights weight of every label for every member, [B, M]
     * @param identity what to call the batch in an error
     * @return mean loss per label and member before the step
     * @throws TrainingException if the loss or a gradient is not finite; nothing was changed by this step then
     */
    double step(LabelBatch batch, NDArray weights, String identity) {
        try (var scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            double value;
            try (var collector = PyTorch.engine().newGradientCollector()) {
                var answers = loss.of(head, batch).sum(new int[] {0});
                if (batch.hasOverall() && settings.overallWeight() > 0) {
                    answers = answers.add(loss.overall(head, batch).mul(scalars.of(settings.overallWeight())));
                }
                var perLabel = answers.mul(weights);
                var fit = perLabel.sum(new int[] {0})
                        .mul(scalars.of(1.0 / perLabel.getShape().get(0)));
                var objective = fit.add(loss.penalty(head, anchor).mul(scalars.of(1.0 / labels)))
                        .sum();
                collector.backward(objective);
                value = fit.mean().getFloat();
            }
            if (!Double.isFinite(value) || !optimizer.step()) {
                throw new TrainingException(
                        "the loss or its gradient is not finite in the batch with %s; the last good version stays"
                                .formatted(identity));
            }
            return value;
        }
    }

    /** Negative log-likelihood per dimension, label and member, flat in the order [K, B, M]. */
    float[] losses(LabelBatch batch) {
        try (var scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            return loss.of(head, batch).toFloatArray();
        }
    }

    /** mu and sigma squared of every candidate of a batch, each flat in the order [K, C, M]. */
    float[][] predict(LabelBatch batch) {
        try (var scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            return new float[][] {
                loss.mu(head, batch.x()).toFloatArray(),
                loss.variance(head, batch.x()).toFloatArray()
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

    /** Weights of labels per member as an array: [b][m]. */
    static NDArray weights(NDManager manager, float[][] weights) {
        int m = weights[0].length;
        float[] flat = new float[weights.length * m];
        for (int b = 0; b < weights.length; b++) {
            System.arraycopy(weights[b], 0, flat, b * m, m);
        }
        return manager.create(flat, new Shape(weights.length, m));
    }

    /** Rows of labels, for messages. */
    static String identity(List<Integer> rows) {
        return rows.size() <= 20
                ? "labels " + rows
                : "labels %s and %d more".formatted(rows.subList(0, 20), rows.size() - 20);
    }
}
