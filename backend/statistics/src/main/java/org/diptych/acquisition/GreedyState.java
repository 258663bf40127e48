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

    GreedyState(DMatrixRMaj covariance, @Nullable DMatrixRMaj targets) {
        this.covariance = covariance;
        this.targets = targets;
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

    /**
     * What a pair looks like under C.
     *
     * @param image C x
     * @param targetImage M C x, null without targets
     * @param variance x' C x
     * @param targeted x' C M C x, 0 without targets
     */
    record Forms(double[] image, double @Nullable [] targetImage, double variance, double targeted) {}

    Forms forms(float[] row) {
        var image = new double[row.length];
        SymmetricMatrices.multiply(covariance, row, image);
        double variance = SymmetricMatrices.dot(image, row);
        if (targets == null) {
            return new Forms(image, null, variance, 0);
        }
        var targetImage = new double[row.length];
        SymmetricMatrices.multiply(targets, image, targetImage);
        return new Forms(image, targetImage, variance, SymmetricMatrices.dot(targetImage, image));
    }

    /** Takes a pair (Sherman-Morrison); the update moves all other pairs' forms by dot products. */
    Update take(float[] row, double information) {
        var forms = forms(row);
        double shrink = information / (1 + information * forms.variance());
        double @Nullable [] coupled = null;
        if (forms.targetImage() != null) {
            coupled = new double[row.length];
            SymmetricMatrices.multiply(covariance, forms.targetImage(), coupled);
        }
        SymmetricMatrices.downdate(covariance, shrink, forms.image());
        return new Update(forms.image(), coupled, shrink, forms.targeted());
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
