package org.diptych.statistics.acquisition;

import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Labels for decisions: each pick lowers most the posterior variance of those pool margins whose sign is still open.
 *
 * <p>Every pool pair t is a target with margin m_t ~ N(mu_t, s_t²) under the posterior. Deciding it by the sign of mu_t
 * loses E[|m|; sign wrong]. A label that moves variance d from "unknown" to "known" lowers that expected loss, to first
 * order, by d times the posterior density of m_t at zero, phi(mu_t / s_t) / s_t. So this is the V-optimal (I-optimal,
 * predictive-variance) design with these densities as weights: greedy on {@code h x'C M C x / (1 + h x'Cx)}, {@code M =
 * sum over t of phi(mu_t / s_t) / s_t t t'}, h = p (1 - p). With equal weights it would be the linear-Gaussian form of
 * EPIG (Bickford Smith et al., AISTATS 2023). Unlike D-optimality it does not care for directions that no open decision
 * depends on, which is what makes outliers attractive to D-optimality.
 *
 * @param front most pairs that compete at full resolution; a longer front costs time, see {@link GreedyDesign}
 */
record VOptimal(int front) implements AcquisitionPolicy {
    /** Most targets; an even sample of a larger pool stands for it. */
    private static final int MOST_TARGETS = 20_000;

    @Override
    public String name() {
        return "v-optimal";
    }

    @Override
    public boolean designs() {
        return true;
    }

    @Override
    public Selection begin(Pool pool, Past past, RandomGenerator random) {
        return new GreedyDesign(pool, past, targets(pool), front);
    }

    private static DMatrixRMaj targets(Pool pool) {
        int width = pool.features().width();
        var moments = new DMatrixRMaj(width, width);
        var row = new float[width];
        int stride = Math.max(1, Math.ceilDiv(pool.size(), MOST_TARGETS));
        for (int pair = 0; pair < pool.size(); pair += stride) {
            pool.features().read(pair, row);
            SymmetricMatrices.addOuter(moments, densityAtZero(pool.margin(pair), pool.epistemic(pair)), row);
        }
        CommonOps_DDRM.symmUpperToFull(moments);
        return moments;
    }

    /** Density of N(margin, deviation²) at 0; a tiny floor keeps every pair a target when all are decided. */
    private static double densityAtZero(double margin, double deviation) {
        if (deviation == 0) {
            return 0;
        }
        double standardised = margin / deviation;
        return (Math.exp(-standardised * standardised / 2) + 1e-9) / (deviation * Math.sqrt(2 * Math.PI));
    }
}
