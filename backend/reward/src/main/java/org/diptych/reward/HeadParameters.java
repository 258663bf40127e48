package org.diptych.reward;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * What is learned, for K dimensions and M members at once. D features, A annotators, L levels.
 *
 * <p>Weights are stored relative to their prior deviation (the non-centred form): each has the prior N(anchor, 1), whatever its block's
 * strength, and the optimizer sees well-scaled numbers.
 *
 * @param mean weights of mu, [K, D, M]
 * @param spread weights of log sigma, [K, D, M]
 * @param spreadBias log sigma of an average candidate, [K, 1, M]
 * @param cutpoint lowest cutpoint between levels, [K, 1, M]
 * @param gaps distances of the further cutpoints before softplus, [K, L - 2, M], at least one
 * @param tie tie threshold before softplus, [K, 1, M]
 * @param position advantage of the left position, [K, 1, M]
 * @param bad below which mu a candidate is called bad, [K, 1, M]
 * @param overallSlope logits per level of the overall score before softplus, [1, 1, M]
 * @param overallTie tie threshold of the overall score before softplus, [1, 1, M]
 * @param severity by how much an annotator rates higher than others, [K, A, M]
 */
record HeadParameters(
        NDArray mean,
        NDArray spread,
        NDArray spreadBias,
        NDArray cutpoint,
        NDArray gaps,
        NDArray tie,
        NDArray position,
        NDArray bad,
        NDArray overallSlope,
        NDArray overallTie,
        NDArray severity) {

    static HeadParameters initial(NDManager manager, NDArray anchor, int annotators, int levels) {
        long k = anchor.getShape().get(0);
        long d = anchor.getShape().get(1);
        long m = anchor.getShape().get(2);
        var parameters = new HeadParameters(
                anchor.duplicate(),
                manager.zeros(new Shape(k, d, m)),
                manager.full(new Shape(k, 1, m), -1, DataType.FLOAT32),
                manager.full(new Shape(k, 1, m), -1.5f, DataType.FLOAT32),
                manager.full(new Shape(k, Math.max(1, levels - 2), m), 1, DataType.FLOAT32),
                manager.full(new Shape(k, 1, m), 0, DataType.FLOAT32),
                manager.zeros(new Shape(k, 1, m)),
                manager.full(new Shape(k, 1, m), -2, DataType.FLOAT32),
                manager.full(new Shape(1, 1, m), 1, DataType.FLOAT32),
                manager.zeros(new Shape(1, 1, m)),
                manager.zeros(new Shape(k, Math.max(1, annotators), m)));
        for (var array : parameters.all()) {
            array.attach(manager);
            array.setRequiresGradient(true);
        }
        return parameters;
    }

    List<NDArray> all() {
        return List.of(
                mean, spread, spreadBias, cutpoint, gaps, tie, position, bad, overallSlope, overallTie, severity);
    }
}
