package org.diptych.reward;

import java.util.Random;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;

/**
 * The principal directions of prior-scaled features over the training candidates. Distances in them are distances in what the heads may
 * say, so choosing pairs there is choosing among effects, not among raw numbers.
 */
final class LastLayer {

    private static final int DIRECTIONS = 64;
    private static final int ROWS = 512;

    private LastLayer() {}

    /** The projection as D x R numbers, row by row; it includes the prior's scale. */
    static float[] projection(
            FeatureTable features, Standardization standardization, float[] priorScale, Random random) {
        int d = priorScale.length;
        int n = Math.min(ROWS, features.size());
        int[] rows = features.size() <= ROWS
                ? IntStream.range(0, n).toArray()
                : random.ints(0, features.size()).distinct().limit(n).toArray();
        float[][] x = new float[n][d];
        for (int i = 0; i < n; i++) {
            standardization.apply(features.row(rows[i]), x[i], 0);
            for (int j = 0; j < d; j++) {
                x[i][j] *= priorScale[j];
            }
        }
        var gram = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double dot = 0;
                for (int f = 0; f < d; f++) {
                    dot += (double) x[i][f] * x[j][f];
                }
                gram.set(i, j, dot);
                gram.set(j, i, dot);
            }
        }
        var eigen = DecompositionFactory_DDRM.eig(n, true, true);
        if (!eigen.decompose(gram)) {
            throw new TrainingException("the principal directions of the features did not converge");
        }
        int[] order = IntStream.range(0, n)
                .boxed()
                .sorted((a, b) -> Double.compare(eigen.getEigenvalue(b).real, eigen.getEigenvalue(a).real))
                .mapToInt(Integer::intValue)
                .toArray();
        double floor = 1e-6 * Math.max(1e-12, eigen.getEigenvalue(order[0]).real);
        int r = 0;
        while (r < Math.min(DIRECTIONS, n) && eigen.getEigenvalue(order[r]).real > floor) {
            r++;
        }
        r = Math.max(1, r);
        float[] projection = new float[d * r];
        for (int direction = 0; direction < r; direction++) {
            double length = Math.sqrt(Math.max(floor, eigen.getEigenvalue(order[direction]).real));
            var vector = eigen.getEigenVector(order[direction]);
            for (int i = 0; i < n; i++) {
                double weight = vector.get(i, 0) / length;
                for (int f = 0; f < d; f++) {
                    projection[f * r + direction] += (float) (weight * x[i][f] * priorScale[f]);
                }
            }
        }
        return projection;
    }
}
