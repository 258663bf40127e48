package org.diptych.statistics.acquisition;

import org.ejml.data.DMatrixRMaj;

/**
 * Root of a posterior precision that labels are added to: lower triangular L with L' L = strength I + sum of information
 * x x'. Each label is rotated in (Givens), so that nothing is ever subtracted and no pivot falls below the prior's: it can
 * be inverted whatever the labels are, be they about duplicates, about one direction only or on absurd scales.
 */
final class PrecisionRoot {
    private final int width;
    private final DMatrixRMaj root;

    /** The prior's, with precision {@code strength} in every direction. */
    PrecisionRoot(int width, double strength) {
        this.width = width;
        root = new DMatrixRMaj(width, width);
        double scale = Math.sqrt(strength);
        for (int column = 0; column < width; column++) {
            root.set(column, column, scale);
        }
    }

    /** Adds {@code information row row'}; information is not negative. */
    void add(double information, float[] row) {
        double scale = Math.sqrt(information);
        var rest = new double[width];
        for (int column = 0; column < width; column++) {
            rest[column] = scale * row[column];
        }
        double[] data = root.data;
        for (int pivot = width - 1; pivot >= 0; pivot--) {
            if (rest[pivot] == 0) {
                continue;
            }
            int offset = pivot * width;
            double before = data[offset + pivot];
            double after = Math.sqrt(before * before + rest[pivot] * rest[pivot]);
            double cosine = before / after;
            double sine = rest[pivot] / after;
            data[offset + pivot] = after;
            for (int column = 0; column < pivot; column++) {
                double kept = data[offset + column];
                data[offset + column] = cosine * kept + sine * rest[column];
                rest[column] = cosine * rest[column] - sine * kept;
            }
        }
    }

    /** Root of the covariance: lower triangular S with S S' the inverse of the precision. */
    DMatrixRMaj inverse() {
        return SymmetricMatrices.invertLower(root);
    }
}
