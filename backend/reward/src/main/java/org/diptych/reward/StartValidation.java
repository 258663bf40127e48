package org.diptych.reward;

import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Decides whether a fit starts from scratch or from an earlier model: both are fitted side by side to the labels that the earlier model's
 * sibling may have seen, and compared on those that it has not. Both get the same priors and the same steps, and each is taken at its
 * best.
 */
final class StartValidation {

    /** Fewer held-out labels would decide by chance. */
    private static final int LEAST_HELD_OUT = 10;

    private static final int LOOKS = 8;
    private static final int SCRATCH = 0;
    private static final int WARM = 1;

    private final NDManager manager;
    private final FitData data;
    private final List<PriorStrength> priors;
    private final DeviceMemory memory;
    private final List<TrainingExample> examples;

    StartValidation(NDManager manager, FitData data, List<PriorStrength> priors, DeviceMemory memory, Random random) {
        this.manager = manager;
        this.data = data;
        this.priors = priors;
        this.memory = memory;
        examples = PriorSearch.sample(data, random);
    }

    StartChoice choose(TrainingStart.Validated start) {
        var set = data.set();
        boolean[] heldOut = new boolean[examples.size()];
        int held = 0;
        for (int i = 0; i < heldOut.length; i++) {
            heldOut[i] = start.heldOut().test(examples.get(i).group());
            held += heldOut[i] ? 1 : 0;
        }
        var earlier = start.earlier().card().parametersDigest();
        boolean enough = held >= LEAST_HELD_OUT
                && examples.size() - held >= data.settings().minimumLabels();
        if (!enough || !TrainingStart.fits(start.earlier(), set) || !TrainingStart.fits(start.sibling(), set)) {
            return new StartChoice(StartChoice.Kind.SCRATCH, earlier, 0, null, null, null);
        }
        float[][] weights = new float[examples.size()][2];
        for (int i = 0; i < weights.length; i++) {
            weights[i][SCRATCH] = heldOut[i] ? 0 : (float) examples.get(i).weight();
            weights[i][WARM] = weights[i][SCRATCH];
        }
        int steps = data.settings().steps();
        var plan = Priors.plan(data, priors, 2, new float[0][][], examples.size(), steps);
        var rows = List.of(IntStream.range(0, examples.size()).boxed().toList());
        try (var labels = new LabelPieces(manager, data, examples, weights, rows, memory);
                var fit = new BatchedFit(manager, data, plan, Precision.of(manager.getDevice()))) {
            fit.start(new WarmHead(start.sibling(), data.standardization(), plan, member -> member == WARM ? 0 : -1));
            double[] best = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
            int[] at = new int[2];
            for (int step = 1; step <= steps; step++) {
                fit.step(labels, 0);
                if (step % Math.max(1, steps / LOOKS) == 0 || step == steps) {
                    double[] loss = losses(fit, labels, heldOut);
                    for (int way = 0; way < 2; way++) {
                        if (loss[way] < best[way]) {
                            best[way] = loss[way];
                            at[way] = step;
                        }
                    }
                }
            }
            boolean warm = best[WARM] < best[SCRATCH];
            return new StartChoice(
                    warm ? StartChoice.Kind.WARM : StartChoice.Kind.SCRATCH,
                    earlier,
                    held,
                    best[SCRATCH],
                    best[WARM],
                    warm ? (Double) ((double) at[WARM] / steps) : null);
        }
    }

    private double[] losses(BatchedFit fit, LabelPieces labels, boolean[] heldOut) {
        int k = data.set().dimensions().size();
        return labels.with(0, pieces -> {
            double[] sum = new double[2];
            double total = 0;
            for (var piece : pieces) {
                float[] losses = fit.losses(piece.batch());
                int b = piece.rows().size();
                for (int label = 0; label < b; label++) {
                    int row = piece.rows().get(label);
                    double weight = heldOut[row] ? examples.get(row).weight() : 0;
                    total += weight;
                    for (int dimension = 0; dimension < k && weight > 0; dimension++) {
                        for (int way = 0; way < 2; way++) {
                            sum[way] += weight * losses[(dimension * b + label) * 2 + way];
                        }
                    }
                }
            }
            return new double[] {sum[SCRATCH] / total, sum[WARM] / total};
        });
    }
}
