package org.diptych.reward;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * A linear score that is told the true levels: ridge regression of the differences within items. It is one estimate from the items
 * given, with one fixed ridge and squared loss, and no bound of what linear scores can do.
 */
final class LinearFit {

    /** Against features whose squares sum to about 1 a candidate. */
    private static final double RIDGE = 1;

    private LinearFit() {}

    /** Chosen features at mean 0, each with the deviation that makes the length of a row about 1. */
    static float[][] standardized(float[][] features, int[] inputs) {
        float[][] x = new float[features.length][inputs.length];
        for (int row = 0; row < x.length; row++) {
            for (int i = 0; i < inputs.length; i++) {
                x[row][i] = features[row][inputs[i]];
            }
        }
        var standardization = Standardization.of(FeatureTable.of(x));
        for (float[] row : x) {
            standardization.apply(row.clone(), row, 0);
            for (int i = 0; i < row.length; i++) {
                row[i] /= (float) Math.sqrt(row.length);
            }
        }
        return x;
    }

    /** Scores of all rows by dimension, fitted to all pairs within the items. */
    static double[][] scores(float[][] x, List<EditSet.Item> items) {
        int d = x[0].length;
        int dimensions = EditSet.DIMENSIONS.size();
        double[][] gram = new double[d][d];
        double[][] target = new double[d][dimensions];
        double[] difference = new double[d];
        for (var item : items) {
            for (int a = 0; a < item.rows().length; a++) {
                for (int b = 0; b < a; b++) {
                    for (int i = 0; i < d; i++) {
                        difference[i] = x[item.rows()[a]][i] - x[item.rows()[b]][i];
                    }
                    for (int i = 0; i < d; i++) {
                        for (int j = 0; j < d; j++) {
                            gram[i][j] += difference[i] * difference[j];
                        }
                        for (int k = 0; k < dimensions; k++) {
                            target[i][k] += difference[i] * (item.truth()[a][k] - item.truth()[b][k]);
                        }
                    }
                }
            }
        }
        for (int i = 0; i < d; i++) {
            gram[i][i] += RIDGE;
        }
        var weights = new DMatrixRMaj(d, dimensions);
        if (!CommonOps_DDRM.solve(new DMatrixRMaj(gram), new DMatrixRMaj(target), weights)) {
            throw new IllegalStateException("the ridge regression has no solution");
        }
        double[][] scores = new double[dimensions][x.length];
        for (int k = 0; k < dimensions; k++) {
            for (int row = 0; row < x.length; row++) {
                for (int i = 0; i < d; i++) {
                    scores[k][row] += weights.get(i, k) * x[row][i];
                }
            }
        }
        return scores;
    }
}
