package org.diptych.acquisition;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;

/**
 * What earlier labels say about the weights of the last layer: their Gaussian posterior covariance (Laplace), the
 * inverse of {@code strength I + sum of information x x'} over the past labels.
 */
public final class Past {
    private final DMatrixRMaj covariance;
    private final int labels;

    private Past(DMatrixRMaj covariance, int labels) {
        this.covariance = covariance;
        this.labels = labels;
    }

    /** Nothing known but the prior, a Gaussian with precision {@code strength} in every direction. */
    public static Past none(int width, double strength) {
        return of(PairFeatures.none(width), new double[0], strength);
    }

    /**
     * From past labels.
     *
     * @param features feature difference of each label's pair
     * @param information information of each label about its margin, see {@link Pool#information}; times the
     *     annotator's reliability weight where there is one
     * @param strength prior precision, positive
     */
    public static Past of(PairFeatures features, double[] information, double strength) {
        return of(features, information, information.length, strength);
    }

    /**
     * From past labels that are counted together where they are about the same pair.
     *
     * @param information information of all labels of each pair
     * @param labels number of labels
     */
    public static Past of(PairFeatures features, double[] information, int labels, double strength) {
        if (!(strength > 0)) {
            throw new IllegalArgumentException("The prior precision must be positive, not " + strength);
        }
        if (information.length != features.size()) {
            throw new IllegalArgumentException(
                    "%d pairs, %d informations".formatted(features.size(), information.length));
        }
        int width = features.width();
        var precision = new DMatrixRMaj(width, width);
        var row = new float[width];
        for (int pair = 0; pair < information.length; pair++) {
            features.read(pair, row);
            SymmetricMatrices.addOuter(precision, information[pair], row);
        }
        SymmetricMatrices.mirror(precision);
        for (int column = 0; column < width; column++) {
            precision.add(column, column, strength);
        }
        return ofPrecision(precision, labels);
    }

    /**
     * From the posterior precision itself.
     *
     * @param labels number of labels in it
     * @throws IllegalArgumentException when it is not positive definite
     */
    public static Past ofPrecision(DMatrixRMaj precision, int labels) {
        var covariance = new DMatrixRMaj(precision.numRows, precision.numCols);
        var solver = LinearSolverFactory_DDRM.symmPosDef(precision.numRows);
        if (!solver.setA(precision.copy())) {
            throw new IllegalArgumentException("The precision is not positive definite");
        }
        solver.invert(covariance);
        return new Past(covariance, labels);
    }

    static Past ofCovariance(DMatrixRMaj covariance, int labels) {
        return new Past(covariance.copy(), labels);
    }

    /** Number of labels that it rests on. */
    public int labels() {
        return labels;
    }

    /** Number of features. */
    public int width() {
        return covariance.numRows;
    }

    /** A copy of the posterior covariance of the weights. */
    public DMatrixRMaj covariance() {
        return covariance.copy();
    }

    /** Posterior variance of the margin of a pair, x' C x. */
    public double variance(float[] features) {
        return SymmetricMatrices.quadraticForm(covariance, features);
    }
}
