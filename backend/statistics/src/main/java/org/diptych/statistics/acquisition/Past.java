package org.diptych.statistics.acquisition;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * What earlier labels say about the weights of the last layer: their Gaussian posterior covariance (Laplace), the
 * inverse of {@code strength I + sum of information x x'} over the past labels.
 */
public final class Past {
    /** Lower triangular; the covariance is its square, and so positive semi-definite whatever rounding does. */
    private final DMatrixRMaj root;

    private final int labels;

    private Past(DMatrixRMaj root, int labels) {
        this.root = root;
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
     * @throws IllegalArgumentException when the strength is not positive, or an information is negative or not finite
     */
    public static Past of(PairFeatures features, double[] information, int labels, double strength) {
        if (!(strength > 0)) {
            throw new IllegalArgumentException("The prior precision must be positive, not " + strength);
        }
        if (information.length != features.size()) {
            throw new IllegalArgumentException(
                    "%d pairs, %d informations".formatted(features.size(), information.length));
        }
        var precision = new PrecisionRoot(features.width(), strength);
        var row = new float[features.width()];
        for (int pair = 0; pair < information.length; pair++) {
            if (!(information[pair] >= 0 && information[pair] < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("Pair %d has the information %s".formatted(pair, information[pair]));
            }
            features.read(pair, row);
            precision.add(information[pair], row);
        }
        return new Past(precision.inverse(), labels);
    }

    /** From a lower triangular root of the covariance. */
    public static Past ofRoot(DMatrixRMaj root, int labels) {
        return new Past(root.copy(), labels);
    }

    /** Number of labels that it rests on. */
    public int labels() {
        return labels;
    }

    /** Number of features. */
    public int width() {
        return root.numRows;
    }

    /** The posterior covariance of the weights. */
    public DMatrixRMaj covariance() {
        return CommonOps_DDRM.multTransB(root, root, null);
    }

    /** A copy of a lower triangular root S of the covariance, S S'. */
    DMatrixRMaj root() {
        return root.copy();
    }

    /** Posterior variance of the margin of a pair, x' C x. */
    public double variance(float[] features) {
        return SymmetricMatrices.squaredLength(root, features);
    }
}
