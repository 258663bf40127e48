package org.diptych.statistics.acquisition;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.mult.VectorVectorMult_DDRM;
import org.jspecify.annotations.Nullable;

/**
 * Posterior covariance C while a batch grows, and the gain of one more label of a pair x with information h:
 *
 * <ul>
 *   <li>D-optimal: ½ log(1 + h x'Cx), nats about the weights;
 *   <li>V-optimal with targets M = sum of weight t t': h x'CMCx / (1 + h x'Cx), the fall of the weighted sum of the
 *       targets' variances.
 * </ul>
 *
 * <p>C is kept as a root S with S S' = C, which a label changes too (Potter's update): a variance is a squared length, so
 * that none becomes negative however many labels point the same way.
 */
final class GreedyState {
    private final DMatrixRMaj root;
    private final @Nullable DMatrixRMaj targets;

    /** Takes over the root, lower triangular at the start. */
    GreedyState(DMatrixRMaj root, @Nullable DMatrixRMaj targets) {
        this.root = root;
        this.targets = targets;
    }

    /** Variances x' C x at the start. */
    Variances variances() {
        return new Variances(root);
    }

    /** x' C M C x at the start, or null when there are no targets: with G G' = S' M S its root is S G. */
    @Nullable
    Variances targeted() {
        if (targets == null) {
            return null;
        }
        var inner = CommonOps_DDRM.multTransA(root, CommonOps_DDRM.mult(targets, root, null), null);
        return new Variances(CommonOps_DDRM.mult(root, SymmetricMatrices.root(inner), null));
    }

    double gain(double information, double pairVariance, double pairTargeted) {
        double gain = information * pairVariance;
        return targets == null ? Math.log1p(gain) / 2 : information * pairTargeted / (1 + gain);
    }

    /**
     * What a pair looks like under C.
     *
     * @param rooted S' x
     * @param image C x
     * @param targetImage M C x, null without targets
     * @param variance x' C x
     * @param targeted x' C M C x, 0 without targets
     */
    record Forms(
            DMatrixRMaj rooted,
            DMatrixRMaj image,
            @Nullable DMatrixRMaj targetImage,
            double variance,
            double targeted) {}

    Forms forms(float[] row) {
        var rooted = new DMatrixRMaj(row.length, 1);
        SymmetricMatrices.multiplyTransposed(root, row, rooted.data);
        double variance = CommonOps_DDRM.dot(rooted, rooted);
        var image = CommonOps_DDRM.mult(root, rooted, null);
        if (targets == null) {
            return new Forms(rooted, image, null, variance, 0);
        }
        var targetImage = CommonOps_DDRM.mult(targets, image, null);
        double targeted = Math.max(0, CommonOps_DDRM.dot(targetImage, image));
        return new Forms(rooted, image, targetImage, variance, targeted);
    }

    /** Takes a pair (Sherman-Morrison); the update moves all other pairs' forms by dot products. */
    Update take(float[] row, double information) {
        var forms = forms(row);
        double grown = 1 + information * forms.variance();
        double shrink = information / grown;
        double @Nullable [] coupled = null;
        if (forms.targetImage() != null) {
            var rooted = CommonOps_DDRM.multTransA(root, forms.targetImage(), null);
            coupled = CommonOps_DDRM.mult(root, rooted, null).data;
        }
        double factor = shrink / (1 + 1 / Math.sqrt(grown));
        VectorVectorMult_DDRM.rank1Update(-factor, root, forms.image(), forms.rooted());
        return new Update(forms.image().data, coupled, shrink, forms.targeted());
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
