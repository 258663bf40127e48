package org.diptych.statistics.acquisition;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * Quadratic forms x' C x of whole pools, e.g. posterior variances: with C = L L' it is the squared length of L' x.
 * Triangular, in single precision, four features at a time, blocks of pairs in parallel; this is the only step that reads
 * every feature of every pair.
 */
public final class Variances {
    private static final int BLOCK = 2_048;

    private final DMatrixRMaj root;
    private final int width;
    /** Row k holds row k of L / unit: its contribution to all elements of L' x. Only columns 0 … k are not zero. */
    private final float[] factor;

    /** The largest element of L, which alone need not fit single precision. */
    private final double unit;

    /**
     * For the square of a root.
     *
     * @param root L, lower triangular and finite
     */
    public Variances(DMatrixRMaj root) {
        this.root = root.copy();
        width = root.numCols;
        double largest =
                Arrays.stream(root.data, 0, width * width).map(Math::abs).max().orElse(0);
        unit = largest > 0 ? largest : 1;
        int padded = Math.ceilDiv(width, 4) * 4;
        factor = new float[padded * width];
        for (int index = 0; index < width * width; index++) {
            factor[index] = (float) (root.data[index] / unit);
        }
    }

    /** x' C x of each pair, never negative. */
    public double[] of(PairFeatures features) {
        var result = new double[features.size()];
        int blocks = Math.ceilDiv(result.length, BLOCK);
        IntStream.range(0, blocks).parallel().forEach(block -> {
            int padded = factor.length / width;
            // two pairs at a time share the factor's loads
            var rows = new float[2][padded];
            var images = new float[2][width];
            int end = Math.min(result.length, (block + 1) * BLOCK);
            for (int pair = block * BLOCK; pair < end; pair += 2) {
                features.read(pair, rows[0]);
                features.read(Math.min(pair + 1, end - 1), rows[1]);
                project(rows[0], rows[1], images[0], images[1]);
                result[pair] = form(rows[0], images[0]);
                if (pair + 1 < end) {
                    result[pair + 1] = form(rows[1], images[1]);
                }
            }
        });
        return result;
    }

    private void project(float[] first, float[] second, float[] firstImage, float[] secondImage) {
        Arrays.fill(firstImage, 0);
        Arrays.fill(secondImage, 0);
        for (int k = 0; k < first.length; k += 4) {
            int next = k * width;
            int end = Math.min(width, k + 4);
            accumulate(
                    first[k],
                    first[k + 1],
                    first[k + 2],
                    first[k + 3],
                    second[k],
                    second[k + 1],
                    second[k + 2],
                    second[k + 3],
                    next,
                    end,
                    firstImage,
                    secondImage);
        }
    }

    private void accumulate(
            float a,
            float b,
            float c,
            float d,
            float e,
            float f,
            float g,
            float h,
            int offset,
            int end,
            float[] firstImage,
            float[] secondImage) {
        int second = offset + width;
        int third = second + width;
        int fourth = third + width;
        for (int j = 0; j < end; j++) {
            float p = factor[offset + j];
            float q = factor[second + j];
            float r = factor[third + j];
            float s = factor[fourth + j];
            firstImage[j] += a * p + b * q + c * r + d * s;
            secondImage[j] += e * p + f * q + g * r + h * s;
        }
    }

    private double form(float[] row, float[] image) {
        double sum = 0;
        for (float value : image) {
            sum += (double) value * value;
        }
        // features near the end of single precision's range overflow it on the way
        return Double.isFinite(sum) ? sum * unit * unit : SymmetricMatrices.squaredLength(root, row);
    }
}
