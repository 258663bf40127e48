package org.diptych.statistics.acquisition;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.TriangularSolver_DDRM;

/** Products and roots of symmetric matrices with single-precision rows, without allocating a matrix per row. */
public final class SymmetricMatrices {
    private SymmetricMatrices() {}

    /** Adds {@code weight row row'} to the upper triangle. */
    public static void addOuter(DMatrixRMaj matrix, double weight, float[] row) {
        int width = matrix.numCols;
        double[] data = matrix.data;
        for (int i = 0; i < width; i++) {
            double scaled = weight * row[i];
            if (scaled == 0) {
                continue;
            }
            int offset = i * width;
            for (int j = i; j < width; j++) {
                data[offset + j] += scaled * row[j];
            }
        }
    }

    /**
     * Lower triangular L with L L' = matrix, for any positive semi-definite matrix: one without rank (no pair, constant
     * or duplicated features) has a root like any other. Where rounding has pushed a pivot below what its own diagonal
     * element can resolve, the pivot is lifted to that; so features on very different scales do not drown each other.
     *
     * @throws IllegalArgumentException when an element is not a finite number
     */
    public static DMatrixRMaj root(DMatrixRMaj matrix) {
        int width = matrix.numCols;
        double resolution = width * Math.ulp(1.0);
        var root = new DMatrixRMaj(width, width);
        double[] lower = root.data;
        for (int column = 0; column < width; column++) {
            int pivotRow = column * width;
            double diagonal = matrix.data[pivotRow + column];
            double pivot = Math.max(
                    diagonal - dot(lower, pivotRow, lower, pivotRow, column), resolution * Math.max(0, diagonal));
            if (!(pivot < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("Element %d of the diagonal is %s".formatted(column, diagonal));
            }
            if (pivot == 0) {
                // a feature without variance shares none with others
                continue;
            }
            double scale = Math.sqrt(pivot);
            lower[pivotRow + column] = scale;
            for (int row = column + 1; row < width; row++) {
                int offset = row * width;
                double shared = (matrix.data[offset + column] + matrix.data[pivotRow + row]) / 2;
                lower[offset + column] = (shared - dot(lower, offset, lower, pivotRow, column)) / scale;
            }
        }
        return root;
    }

    /** Inverse of a lower triangular matrix whose diagonal is positive. */
    public static DMatrixRMaj invertLower(DMatrixRMaj lower) {
        var inverse = new DMatrixRMaj(lower.numRows, lower.numCols);
        TriangularSolver_DDRM.invertLower(lower.data, inverse.data, lower.numRows);
        return inverse;
    }

    private static double dot(double[] left, int leftStart, double[] right, int rightStart, int length) {
        double sum = 0;
        for (int k = 0; k < length; k++) {
            sum += left[leftStart + k] * right[rightStart + k];
        }
        return sum;
    }

    /** target = matrix' row, of which the first elements are read; the matrix may be any square one. */
    public static void multiplyTransposed(DMatrixRMaj matrix, float[] row, double[] target) {
        int width = matrix.numCols;
        double[] data = matrix.data;
        Arrays.fill(target, 0, width, 0);
        for (int i = 0; i < width; i++) {
            double value = row[i];
            int offset = i * width;
            for (int j = 0; j < width; j++) {
                target[j] += value * data[offset + j];
            }
        }
    }

    /** Inner product with the first elements of a vector. */
    public static double dot(double[] left, float[] right) {
        double sum = 0;
        for (int i = 0; i < right.length; i++) {
            sum += left[i] * right[i];
        }
        return sum;
    }

    /** Inner product. */
    public static double dot(double[] left, double[] right) {
        return dot(left, 0, right, 0, right.length);
    }

    /** row' root root' row: a sum of squares, so never negative. */
    public static double squaredLength(DMatrixRMaj root, float[] row) {
        int width = root.numCols;
        var image = new double[width];
        multiplyTransposed(root, row, image);
        return dot(image, image);
    }
}
