package org.diptych.reward;

import java.util.Arrays;
import java.util.List;

/** The priors of a fit whose members all have the same strength per dimension. */
final class Priors {

    private static final double SPREAD_DEVIATION = 0.3;

    private Priors() {}

    /**
     * A plan.
     *
     * @param priors strength per dimension
     * @param anchor centres of the priors, [k][m][d], or empty for zero
     * @param labels labels that are fitted
     */
    static HeadFit.Plan plan(
            FitData data, List<PriorStrength> priors, int members, float[][][] anchor, int labels, int steps) {
        int d = data.set().layout().dimension();
        float[][][] scales = new float[priors.size()][members][];
        for (int dimension = 0; dimension < scales.length; dimension++) {
            Arrays.fill(
                    scales[dimension],
                    priors.get(dimension).perFeature(data.set().layout()));
        }
        float[] spread = new float[d];
        Arrays.fill(spread, (float) (SPREAD_DEVIATION / Math.sqrt(d)));
        return new HeadFit.Plan(scales, anchor, spread, labels, steps);
    }
}
