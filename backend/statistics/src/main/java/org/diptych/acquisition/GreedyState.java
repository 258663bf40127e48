package org.diptych.acquisition;

import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Posterior covariance C while a batch grows, and the gain of one more label of a pair x with information h:
 *
 * <ul>
 *   <li>D-optimal: ½ log(1 + h x'Cx), nats about the weights;
 *   <li>V-optimal with targets M = sum of weight t t': h x'CMCx / (1 + h x'Cx), the fall of the weighted sum of the
 *       targets' variances.
 * </ul>
 */
final class GreedyState {
    private final DMatrixRMaj covariance;
    private final @Nullable DMatrixRMaj targets;
    private final double[] image;
    private final double[] targetImage;
    private double variance;
    private double targeted;

    GreedyState(DMatrixRMaj covariance, @Nullable DMatrixRMaj targets) {
        this.covariance = covariance;
        this.targets = targets;
        image = new double[covariance.numCols];
        targetImage = new double[covariance.numCols];
    }

    DMatrixRMaj covariance() {
        return covariance;
    }

    /** C M C, or null when there are no targets. */
    @Nullable
    DMatrixRMaj targetForm() {
        return targets == null ? null : PreferenceModel.conjugate(covariance, targets);
    }

    double gain(double information, double pairVariance, double pairTargeted) {
        double gain = information * pairVariance;
        return targets == null ? Math.log1p(gain) / 2 : information * pairTargeted / (1 + gain);
    }

    /** Looks at a pair: afterwards {@link #variance} and {@link #targeted} are those of x. */
    void point(float[] row) {
        SymmetricMatrices.multiply(covariance, row, image);
        variance = SymmetricMatrices.dot(image, row);
        if (targets != null) {
            SymmetricMatrices.multiply(targets, image, targetImage);
            targeted = SymmetricMatrices.dot(targetImage, image);
        }
    }

    /** x' C x. */
    double variance() {
        return variance;
    }

    /** x' C M C x; 0 without targets. */
    double targeted() {
        return targeted;
    }

    /** Takes the pair last looked at (Sherman-Morrison); the update moves all other pairs' forms by dot products. */
    Update take(double information) {
        double shrink = information / (1 + information * variance);
        double[] taken = image.clone();
        var update = new Update(taken, null, shrink, targeted);
        if (targets != null) {
            var coupled = new double[taken.length];
            SymmetricMatrices.multiply(covariance, targetImage, coupled);
            update = new Update(taken, coupled, shrink, targeted);
        }
        SymmetricMatrices.downdate(covariance, shrink, taken);
        return update;
    }

    /**
     * C became C - shrink u u'.
     *
     * @param image u = C x of the taken pair
     * @param coupled C M u, null without targets
     * @param shrink h / (1 + h x'Cx)
     * @param targeted u' M u
     */
    record Update(double[] image, double @Nullable [] coupled, double shrink, double targeted) {
        double variance(float[] row, double before) {
            double shared = SymmetricMatrices.dot(image, row);
            return Math.max(0, before - shrink * shared * shared);
        }

        double targeted(float[] row, double before) {
            if (coupled == null) {
                return 0;
            }
            double shared = shrink * SymmetricMatrices.dot(image, row);
            return Math.max(0, before - 2 * shared * SymmetricMatrices.dot(coupled, row) + shared * shared * targeted);
        }
    }
}
