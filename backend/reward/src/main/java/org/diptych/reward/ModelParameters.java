package org.diptych.reward;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.HashMap;

/**
 * The numbers of a trained model, for K dimensions, M members, D features, L levels and R projected features.
 *
 * @param standardization of features
 * @param mean weights of mu, [D, K, M] flat; member 0 is the mean
 * @param spread weights of log sigma, [D, K] flat
 * @param spreadBias log sigma of an average candidate, [K]
 * @param cutpoints between levels, [K][L - 1]
 * @param projection of the prior-scaled features, [D, R] flat
 */
record ModelParameters(
        Standardization standardization,
        float[] mean,
        float[] spread,
        float[] spreadBias,
        double[][] cutpoints,
        float[] projection) {

    NDList arrays(NDManager manager) {
        int d = standardization.mean().length;
        int k = spreadBias.length;
        int cuts = cutpoints[0].length;
        float[] flat = new float[k * cuts];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = (float) cutpoints[i / cuts][i % cuts];
        }
        return new NDList(
                named(manager, "feature.mean", standardization.mean(), new Shape(d)),
                named(manager, "feature.scale", standardization.scale(), new Shape(d)),
                named(manager, "mu.weight", mean, new Shape(d, k, mean.length / d / k)),
                named(manager, "log_sigma.weight", spread, new Shape(d, k)),
                named(manager, "log_sigma.bias", spreadBias, new Shape(k)),
                named(manager, "cutpoints", flat, new Shape(k, cuts)),
                named(manager, "last_layer.projection", projection, new Shape(d, projection.length / d)));
    }

    /**
     * Reads what {@link #arrays} wrote.
     *
     * @throws ModelFileException if an array is missing or has another shape than the card says
     */
    static ModelParameters of(NDList arrays, ModelCard card) {
        var byName = new HashMap<String, NDArray>();
        for (var array : arrays) {
            byName.put(array.getName(), array);
        }
        int d = card.featureDimension();
        int k = card.dimensions().size();
        int cuts = card.levels() - 1;
        float[] flat = take(byName, "cutpoints", (long) k * cuts);
        double[][] cutpoints = new double[k][cuts];
        for (int i = 0; i < flat.length; i++) {
            cutpoints[i / cuts][i % cuts] = flat[i];
        }
        return new ModelParameters(
                new Standardization(take(byName, "feature.mean", d), take(byName, "feature.scale", d)),
                take(byName, "mu.weight", (long) d * k * card.members()),
                take(byName, "log_sigma.weight", (long) d * k),
                take(byName, "log_sigma.bias", k),
                cutpoints,
                take(byName, "last_layer.projection", -1));
    }

    private static float[] take(HashMap<String, NDArray> arrays, String name, long size) {
        var array = arrays.get(name);
        if (array == null) {
            throw new ModelFileException("the parameter file lacks the array " + name);
        }
        if (size >= 0 && array.size() != size) {
            throw new ModelFileException(
                    "the array %s has %d numbers instead of %d".formatted(name, array.size(), size));
        }
        return array.toFloatArray();
    }

    private static NDArray named(NDManager manager, String name, float[] values, Shape shape) {
        var array = manager.create(values, shape);
        array.setName(name);
        return array;
    }
}
