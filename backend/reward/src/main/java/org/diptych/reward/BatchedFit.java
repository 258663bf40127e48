package org.diptych.reward;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.diptych.reward.encoder.PyTorch;

/**
 * Fits M heads at once, as one set of batched products: the members of an ensemble, or the folds and prior strengths of a
 * cross-validation. Members share the labels but not their weights, priors and anchors, and never exchange anything.
 */
final class BatchedFit implements AutoCloseable {

    private final NDManager manager;
    private final TrainingSettings settings;
    private final Precision precision;
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
    BatchedFit(NDManager parent, FitData data, Plan plan, Precision precision) {
        manager = parent.newSubManager();
        settings = data.settings();
        this.precision = precision;
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
        optimizer = new AdamW(manager, head.all(), settings, plan.steps());
    }

    /**
     * One step on one batch, whose pieces' gradients are added up.
     *
     * @return mean loss per label and member before the step
     * @throws NotFiniteException if the loss or a gradient is not finite; nothing was changed by this step then
     */
    double step(LabelPieces source, int batch) {
        double value = source.with(batch, pieces -> {
            optimizer.clear();
            return gradients(pieces);
        });
        boolean moved;
        try (var scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            moved = Double.isFinite(value) && optimizer.step();
        }
        if (!moved) {
            throw source.with(batch, pieces -> {
                var rows =
                        pieces.stream().flatMap(piece -> piece.rows().stream()).toList();
                var culprits = pieces.stream()
                        .flatMap(piece -> notFinite(piece).stream())
                        .toList();
                return NotFiniteException.ofLabels(culprits.isEmpty() ? rows : culprits);
            });
        }
        return value;
    }

    /** Adds a batch's gradients to the parameters; its mean loss. */
    private double gradients(List<LabelPieces.Piece> pieces) {
        int size = pieces.stream().mapToInt(piece -> piece.rows().size()).sum();
        double value = 0;
        try (var collector = PyTorch.engine().newGradientCollector()) {
            for (int i = 0; i < pieces.size(); i++) {
                try (var scope = new NDScope()) {
                    scope.suppressNotUsedWarning();
                    value += gradients(pieces.get(i), size, i == 0, collector);
                }
            }
        }
        return value;
    }

    /** Adds a piece's gradients, with those of the priors if it is the first; its part of the batch's mean loss. */
    private double gradients(LabelPieces.Piece piece, int size, boolean first, GradientCollector collector) {
        var batch = piece.batch();
        var half = precision == Precision.FLOAT16 ? new HalfProducts(loss, head, batch.x()) : null;
        var latent = half == null ? loss.latent(head, batch.x()) : half.latent();
        var answers = loss.of(head, batch, latent).sum(new int[] {0});
        if (batch.hasOverall() && settings.overallWeight() > 0) {
            answers = answers.add(loss.overall(head, batch, latent).mul(scalars.of(settings.overallWeight())));
        }
        var fit = answers.mul(piece.weights()).sum(new int[] {0}).mul(scalars.of(1.0 / size));
        // half products add to the parameters' gradients, so these must be there: every piece has the priors' share of
        // it
        var penalty = loss.penalty(head, anchor).mul(scalars.of(first ? 1.0 / labels : 0));
        collector.backward(fit.add(penalty).sum());
        if (half != null) {
            half.backward();
        }
        return fit.mean().getFloat();
    }

    /** The labels of a piece whose own weighted loss is not finite. */
    private List<Integer> notFinite(LabelPieces.Piece piece) {
        float[] values = losses(piece.batch());
        float[] weights = piece.weights().toFloatArray();
        int b = piece.rows().size();
        int m = (int) head.mean().getShape().get(2);
        return IntStream.range(0, b)
                .filter(label -> IntStream.range(0, values.length)
                        .filter(at -> at / m % b == label)
                        .anyMatch(at -> !Float.isFinite(values[at] * weights[label * m + at % m])))
                .mapToObj(piece.rows()::get)
                .toList();
    }

    /** Steps made. */
    int steps() {
        return optimizer.steps();
    }

    /** Parameters and the optimizer's moments as they stand. */
    FitState state() {
        try (var scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            var arrays = new ArrayList<float[]>();
            head.all().forEach(array -> arrays.add(array.toFloatArray()));
            optimizer.moments().forEach(array -> arrays.add(array.toFloatArray()));
            return new FitState(optimizer.steps(), arrays);
        }
    }

    /** Goes on from a state of a fit of the same plan. */
    void restore(FitState state) {
        var arrays = new ArrayList<>(head.all());
        arrays.addAll(optimizer.moments());
        for (int i = 0; i < arrays.size(); i++) {
            overwrite(arrays.get(i), state.arrays().get(i));
        }
        optimizer.resume(state.step());
    }

    /** Starts members from an earlier model instead of their priors' centres. */
    void start(WarmHead warm) {
        try (var scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            overwrite(head.mean(), warm.mean(head.mean().toFloatArray()));
            overwrite(head.spread(), warm.spread(head.spread().toFloatArray()));
            overwrite(head.spreadBias(), warm.spreadBias(head.spreadBias().toFloatArray()));
            overwrite(head.cutpoint(), warm.cutpoint(head.cutpoint().toFloatArray()));
            overwrite(head.gaps(), warm.gaps(head.gaps().toFloatArray()));
        }
    }

    /** The array keeps its own memory: a fit that is resumed computes on what it would have computed on without a break. */
    private static void overwrite(NDArray array, float[] values) {
        try (var scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            array.subi(array);
            array.addi(array.getManager().create(values, array.getShape()));
        }
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

    /** Weights of labels per member as an array: [b][m]. */
    static NDArray weights(NDManager manager, float[][] weights) {
        int m = weights[0].length;
        float[] flat = new float[weights.length * m];
        for (int b = 0; b < weights.length; b++) {
            System.arraycopy(weights[b], 0, flat, b * m, m);
        }
        return manager.create(flat, new Shape(weights.length, m));
    }
}
