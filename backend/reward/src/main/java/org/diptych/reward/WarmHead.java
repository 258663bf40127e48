package org.diptych.reward;

import java.util.function.IntUnaryOperator;

/**
 * Writes an earlier model's weights into the starting values of heads. The earlier weights belong to another standardization of the
 * features and to other prior deviations: they are brought over so that every candidate keeps its mu, up to a constant that moves into
 * the cutpoints.
 */
final class WarmHead {

    private static final double LEAST_GAP = 0.06;
    /** Farther from the prior's centre than any weight that was learned. */
    private static final float FURTHEST = 30;

    private final ModelParameters earlier;
    private final Standardization now;
    private final BatchedFit.Plan plan;
    private final int earlierMembers;
    private final IntUnaryOperator memberOf;
    private final int d;
    private final int k;
    private final int m;

    /**
     * @param earlier a model of the same features, dimensions and levels
     * @param now the standardization of this fit
     * @param plan the fit's priors
     * @param memberOf the earlier member that a member starts from; negative to leave it as it is
     */
    WarmHead(RewardModel earlier, Standardization now, BatchedFit.Plan plan, IntUnaryOperator memberOf) {
        this.earlier = earlier.parameters();
        this.now = now;
        this.plan = plan;
        this.earlierMembers = earlier.card().members();
        this.memberOf = memberOf;
        d = plan.spreadScale().length;
        k = plan.priorScale().length;
        m = plan.priorScale()[0].length;
    }

    /** [K, D, M], relative to the prior's deviation. */
    float[] mean(float[] values) {
        for (int member = 0; member < m; member++) {
            int from = memberOf.applyAsInt(member);
            for (int dimension = 0; dimension < k && from >= 0; dimension++) {
                for (int i = 0; i < d; i++) {
                    double weight = earlier.mean()[(i * k + dimension) * earlierMembers + from] * ratio(i);
                    values[(dimension * d + i) * m + member] =
                            relative(weight, plan.priorScale()[dimension][member][i]);
                }
            }
        }
        return values;
    }

    /** [K, D, M], relative to the prior's deviation. */
    float[] spread(float[] values) {
        for (int member = 0; member < m; member++) {
            for (int dimension = 0; dimension < k && memberOf.applyAsInt(member) >= 0; dimension++) {
                for (int i = 0; i < d; i++) {
                    values[(dimension * d + i) * m + member] =
                            relative(earlier.spread()[i * k + dimension] * ratio(i), plan.spreadScale()[i]);
                }
            }
        }
        return values;
    }

    /** [K, 1, M]. */
    float[] spreadBias(float[] values) {
        return each(values, dimension -> earlier.spreadBias()[dimension]);
    }

    /** [K, 1, M]. */
    float[] cutpoint(float[] values) {
        return each(values, dimension -> earlier.cutpoints()[dimension][0] - shift(dimension));
    }

    /** [K, max(1, L - 2), M], before softplus. */
    float[] gaps(float[] values) {
        int gaps = values.length / k / m;
        for (int member = 0; member < m; member++) {
            for (int dimension = 0; dimension < k && memberOf.applyAsInt(member) >= 0; dimension++) {
                double[] cutpoints = earlier.cutpoints()[dimension];
                for (int gap = 0; gap < Math.min(gaps, cutpoints.length - 1); gap++) {
                    double width = Math.max(LEAST_GAP, cutpoints[gap + 1] - cutpoints[gap]) - RewardLoss.LEAST_GAP;
                    values[(dimension * gaps + gap) * m + member] = (float) Math.log(Math.expm1(width));
                }
            }
        }
        return values;
    }

    private interface OfDimension {
        double value(int dimension);
    }

    private float[] each(float[] values, OfDimension source) {
        for (int member = 0; member < m; member++) {
            for (int dimension = 0; dimension < k && memberOf.applyAsInt(member) >= 0; dimension++) {
                values[dimension * m + member] = (float) source.value(dimension);
            }
        }
        return values;
    }

    private double ratio(int feature) {
        float scale = now.scale()[feature];
        return scale == 0 ? 0 : earlier.standardization().scale()[feature] / scale;
    }

    private double shift(int dimension) {
        double shift = 0;
        for (int i = 0; i < d; i++) {
            shift += (double) earlier.mean()[(i * k + dimension) * earlierMembers]
                    * earlier.standardization().scale()[i]
                    * (now.mean()[i] - earlier.standardization().mean()[i]);
        }
        return shift;
    }

    private static float relative(double weight, float deviation) {
        return deviation == 0 ? 0 : Math.clamp((float) (weight / deviation), -FURTHEST, FURTHEST);
    }
}
