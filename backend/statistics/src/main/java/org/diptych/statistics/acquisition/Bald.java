package org.diptych.statistics.acquisition;

import java.util.random.RandomGenerator;

/**
 * Mutual information between the answer and the model's parameters, highest first (Houlsby et al., arXiv 1112.5745): the
 * entropy of the averaged answer minus the averaged entropy of the answer, in nats. High where the model is unsure for
 * want of knowledge, low where the answer itself is a coin flip.
 */
public final class Bald implements AcquisitionPolicy {
    /** Nodes of the trapezium rule over ± 4 standard deviations, exact to about 1e-7 for these smooth integrands. */
    private static final int NODES = 17;

    private static final double SPACING = .5;

    @Override
    public String name() {
        return "bald";
    }

    @Override
    public Selection begin(Pool pool, Past past, RandomGenerator random) {
        return new Ranking("mutualInformation", pool.size(), pair -> of(pool.margin(pair), pool.epistemic(pair)));
    }

    /** Mutual information in nats when the margin is N(mean, deviation²). */
    public static double of(double mean, double deviation) {
        double total = 0;
        double win = 0;
        double entropy = 0;
        for (int node = 0; node < NODES; node++) {
            double z = (node - NODES / 2) * SPACING;
            double weight = Math.exp(-z * z / 2);
            double probability = Logistic.sigmoid(mean + deviation * z);
            total += weight;
            win += weight * probability;
            entropy += weight * Entropy.of(probability, 0, 1 - probability);
        }
        win /= total;
        return Math.max(0, Entropy.of(win, 0, 1 - win) - entropy / total);
    }
}
