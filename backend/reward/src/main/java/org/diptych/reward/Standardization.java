package org.diptych.reward;

/**
 * Brings features to mean 0 and deviation 1 over the training candidates, and limits them, so that a candidate unlike all of those
 * cannot run away.
 *
 * @param mean per feature
 * @param scale one over the deviation per feature; 0 for a feature that never varied
 */
record Standardization(float[] mean, float[] scale) {

    /** Standardized features lie between minus and plus this. */
    static final float LIMIT = 5;

    static Standardization of(FeatureTable features) {
        int dimension = features.row(0).length;
        double[] sum = new double[dimension];
        double[] square = new double[dimension];
        for (int row = 0; row < features.size(); row++) {
            float[] values = features.row(row);
            if (values.length != dimension) {
                throw new TrainingException(
                        "row %d has %d features, row 0 has %d".formatted(row, values.length, dimension));
            }
            for (int i = 0; i < dimension; i++) {
                if (!Float.isFinite(values[i])) {
                    throw NotFiniteException.ofFeature(row, i, values[i]);
                }
                sum[i] += values[i];
                square[i] += (double) values[i] * values[i];
            }
        }
        float[] mean = new float[dimension];
        float[] scale = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            double m = sum[i] / features.size();
            double deviation = Math.sqrt(Math.max(0, square[i] / features.size() - m * m));
            mean[i] = (float) m;
            scale[i] = deviation < 1e-4 ? 0 : (float) (1 / deviation);
        }
        return new Standardization(mean, scale);
    }

    /** Writes the standardized features to a row of a flat array. */
    void apply(float[] features, float[] target, int offset) {
        for (int i = 0; i < mean.length; i++) {
            target[offset + i] = Math.clamp((features[i] - mean[i]) * scale[i], -LIMIT, LIMIT);
        }
    }
}
