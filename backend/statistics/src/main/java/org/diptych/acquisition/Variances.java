package org.diptych.acquisition;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;

/**
 * Quadratic forms x' C x of whole pools, e.g. posterior variances: with C = L L' it is the squared length of L' x. Triangular, in single
 * precision, four features at a time, blocks of pairs in parallel; this is the only step that reads every feature of
 * every pair.
 */
final class Variances {
    private static final int BLOCK = 2_048;

    private final int width;
    /** Row k holds row k of L: its contribution to all elements of L' x. Only columns 0 … k are not zero. */
    private final float[] factor;

    /** For a symmetric, positive semi-definite matrix. */
    Variances(DMatrixRMaj matrix) {
        width = matrix.numCols;
        var cholesky = DecompositionFactory_DDRM.chol(width, true);
        var regular = matrix.copy();
        // semi-definite matrices fail by rounding; this much on the diagonal is far below single precision
        double jitter = 1e-12 * CommonOps_DDRM.trace(matrix) / width;
        while (!cholesky.decompose(regular)) {
            regular = matrix.copy();
            for (int column = 0; column < width; column++) {
                regular.add(column, column, jitter);
            }
            jitter *= 10;
            if (!(jitter < CommonOps_DDRM.trace(matrix))) {
                throw new IllegalArgumentException("The matrix is not positive semi-definite");
            }
        }
        DMatrixRMaj lower = cholesky.getT(null);
        int padded = Math.ceilDiv(width, 4) * 4;
        factor = new float[padded * width];
        for (int index = 0; index < width * width; index++) {
            factor[index] = (float) lower.data[index];
        }
    }

    /** x' matrix x of each pair. */
    float[] of(PairFeatures features) {
        var result = new float[features.size()];
        int blocks = Math.ceilDiv(result.length, BLOCK);
        IntStream.range(0, blocks).parallel().forEach(block -> {
            int padded = factor.length / width;
            var row = new float[padded];
            var image = new float[width];
            int end = Math.min(result.length, (block + 1) * BLOCK);
            for (int pair = block * BLOCK; pair < end; pair++) {
                features.read(pair, row);
                result[pair] = variance(row, image);
            }
        });
        return result;
    }

    private float variance(float[] row, float[] image) {
        Arrays.fill(image, 0);
        for (int k = 0; k < row.length; k += 4) {
            accumulate(row[k], row[k + 1], row[k + 2], row[k + 3], k * width, Math.min(width, k + 4), image);
        }
        float sum = 0;
        for (float value : image) {
            sum += value * value;
        }
        return sum;
    }

    private void accumulate(float a, float b, float c, float d, int offset, int end, float[] image) {
        int second = offset + width;
        int third = second + width;
        int fourth = third + width;
        for (int j = 0; j < end; j++) {
            image[j] +=
                    a * factor[offset + j] + b * factor[second + j] + c * factor[third + j] + d * factor[fourth + j];
        }
    }
}
