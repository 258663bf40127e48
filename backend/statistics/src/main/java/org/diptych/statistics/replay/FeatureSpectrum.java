package org.diptych.statistics.replay;

import java.util.Arrays;
import org.diptych.statistics.acquisition.PairFeatures;
import org.diptych.statistics.acquisition.SymmetricMatrices;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;

/**
 * The principal axes of a pool's feature differences, without any label: second moment matrix S = E[x x'], scaled so
 * that its mean eigenvalue is 1.
 *
 * <p>Directions in which many features agree (several judges saying the same thing) are more often meaningful than
 * directions in which only one varies. A prior covariance S^(2 power) of the weights says how much more; power 0 is the
 * usual ridge.
 */
public final class FeatureSpectrum {
    /** Most rows that are read; the moments of more change nothing that matters. */
    private static final int MOST_ROWS = 20_000;
    /** Smallest eigenvalue kept, relative to the mean one: no direction is excluded for ever. */
    private static final double FLOOR = 1e-4;

    private final DMatrixRMaj axes;
    private final double[] eigenvalues;
    private final double scale;

    private FeatureSpectrum(DMatrixRMaj axes, double[] eigenvalues, double scale) {
        this.axes = axes;
        this.eigenvalues = eigenvalues;
        this.scale = scale;
    }

    /**
     * The spectrum of a pool; of an even sample of it when it is large.
     *
     * @throws IllegalArgumentException when every feature is zero in every pair
     */
    public static FeatureSpectrum of(PairFeatures pool) {
        int width = pool.width();
        var moment = new DMatrixRMaj(width, width);
        var row = new float[width];
        int stride = Math.max(1, Math.ceilDiv(pool.size(), MOST_ROWS));
        int rows = 0;
        for (int pair = 0; pair < pool.size(); pair += stride) {
            pool.read(pair, row);
            SymmetricMatrices.addOuter(moment, 1, row);
            rows++;
        }
        CommonOps_DDRM.symmUpperToFull(moment);
        double scale = rows == 0 ? 0 : CommonOps_DDRM.trace(moment) / width / rows;
        if (!(scale > 0)) {
            throw new IllegalArgumentException("All features are zero in all " + pool.size() + " pairs");
        }
        CommonOps_DDRM.scale(1 / (scale * rows), moment);
        var decomposition = DecompositionFactory_DDRM.eig(width, true, true);
        if (!decomposition.decompose(moment)) {
            throw new IllegalStateException("The second moments of the features have no eigenvectors");
        }
        var axes = new DMatrixRMaj(width, width);
        var eigenvalues = new double[width];
        for (int axis = 0; axis < width; axis++) {
            eigenvalues[axis] =
                    Math.max(FLOOR, decomposition.getEigenvalue(axis).getReal());
            CommonOps_DDRM.insert(decomposition.getEigenVector(axis), axes, 0, axis);
        }
        return new FeatureSpectrum(axes, eigenvalues, scale);
    }

    /** Number of features. */
    public int width() {
        return axes.numRows;
    }

    /** Mean of the squared features, before scaling. */
    public double scale() {
        return scale;
    }

    /** S^power, symmetric. */
    DMatrixRMaj power(double power) {
        if (power == 0) {
            return CommonOps_DDRM.identity(width());
        }
        var scaled = axes.copy();
        double[] powers =
                Arrays.stream(eigenvalues).map(value -> Math.pow(value, power)).toArray();
        CommonOps_DDRM.multCols(scaled, powers);
        var result = new DMatrixRMaj(width(), width());
        CommonOps_DDRM.multTransB(scaled, axes, result);
        return result;
    }
}
