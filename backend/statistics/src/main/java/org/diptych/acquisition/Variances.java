package org.diptych.acquisition;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;

/**
 * Posterior variances x' C x of whole pools: with C = L L' it is the squared length of L' x. Triangular, in single
 * precision, four features at a time, blocks of pairs in parallel; this is the only step that reads every feature of
 * every pair.
 */
final class Variances {
    private static final int BLOCK = 2_048;

    private final int width;
    /** Row k holds row k of L: its contribution to all elements of L' x. Only columns 0 … k are not zero. */
    private final float[] factor;

    Variances(Past past) {
        width = past.width();
        var cholesky = DecompositionFactory_DDRM.chol(width, true);
        if (!cholesky.decompose(past.covariance())) {
            throw new IllegalStateException("The posterior covariance is not positive definite");
        }
        DMatrixRMaj lower = cholesky.getT(null);
        int padded = Math.ceilDiv(width, 4) * 4;
        factor = new float[padded * width];
        for (int index = 0; index < width * width; index++) {
            factor[index] = (float) lower.data[index];
        }
    }

    /** Information times variance of each pair of the pool. */
    float[] weighted(Pool pool) {
        var result = new float[pool.size()];
        int blocks = Math.ceilDiv(pool.size(), BLOCK);
        IntStream.range(0, blocks).parallel().forEach(block -> {
            int padded = factor.length / width;
            var row = new float[padded];
            var image = new float[width];
            int end = Math.min(pool.size(), (block + 1) * BLOCK);
            for (int pair = block * BLOCK; pair < end; pair++) {
                pool.features().read(pair, row);
                result[pair] = (float) (pool.information(pair) * variance(row, image));
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
