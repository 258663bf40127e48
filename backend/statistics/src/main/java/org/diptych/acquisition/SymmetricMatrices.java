package org.diptych.acquisition;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/** Products of a symmetric matrix with single-precision rows, without allocating a matrix per row. */
final class SymmetricMatrices {
    private SymmetricMatrices() {}

    /** Adds {@code weight row row'} to the upper triangle. */
    static void addOuter(DMatrixRMaj matrix, double weight, float[] row) {
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

    /** Copies the upper triangle to the lower one. */
    static void mirror(DMatrixRMaj matrix) {
        int width = matrix.numCols;
        for (int i = 1; i < width; i++) {
            for (int j = 0; j < i; j++) {
                matrix.data[i * width + j] = matrix.data[j * width + i];
            }
        }
    }

    /** target = matrix row. */
    static void multiply(DMatrixRMaj matrix, float[] row, double[] target) {
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

    /** target = matrix vector. */
    static void multiply(DMatrixRMaj matrix, double[] vector, double[] target) {
        int width = matrix.numCols;
        double[] data = matrix.data;
        Arrays.fill(target, 0, width, 0);
        for (int i = 0; i < width; i++) {
            double value = vector[i];
            int offset = i * width;
            for (int j = 0; j < width; j++) {
                target[j] += value * data[offset + j];
            }
        }
    }

    /** matrix -= factor vector vector'. */
    static void downdate(DMatrixRMaj matrix, double factor, double[] vector) {
        int width = matrix.numCols;
        double[] data = matrix.data;
        for (int i = 0; i < width; i++) {
            double scaled = factor * vector[i];
            int offset = i * width;
            for (int j = 0; j < width; j++) {
                data[offset + j] -= scaled * vector[j];
            }
        }
    }

    static double dot(double[] left, float[] right) {
        double sum = 0;
        for (int i = 0; i < right.length; i++) {
            sum += left[i] * right[i];
        }
        return sum;
    }

    static double dot(double[] left, double[] right) {
        double sum = 0;
        for (int i = 0; i < right.length; i++) {
            sum += left[i] * right[i];
        }
        return sum;
    }

    static double quadraticForm(DMatrixRMaj matrix, float[] row) {
        var product = new double[matrix.numCols];
        multiply(matrix, row, product);
        return dot(product, row);
    }
}
