package org.diptych.statistics.replay;

import java.util.stream.DoubleStream;

/**
 * Gaussian prior of the weights of a {@link PreferenceModel}.
 *
 * <p>On few labels the prior matters more than which pairs were labelled: a comparison of policies under a prior that is
 * too weak measures the prior. So the product chooses it from the labels at hand, by evidence.
 */
public sealed interface Prior {
    /**
     * Precision {@code strength} in every direction (L2 = strength in a logistic regression), whatever the labels say.
     *
     * @param strength positive
     */
    record Fixed(double strength) implements Prior {
        /** Checks the strength. */
        public Fixed {
            if (!(strength > 0 && strength < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("The prior precision must be positive, not " + strength);
            }
        }
    }

    /**
     * The prior with the highest Laplace evidence (marginal likelihood, MacKay 1992) on the labels at hand, among all
     * combinations of strengths and powers of the pool's {@link FeatureSpectrum}.
     *
     * @param spectrum of the unlabelled pool
     * @param powers powers to try; the prior covariance is S^(2 power) / strength
     * @param strengths precisions to try, rising
     */
    record Evidence(FeatureSpectrum spectrum, double[] powers, double[] strengths) implements Prior {
        /** Checks the grid. */
        public Evidence {
            if (powers.length == 0 || strengths.length == 0 || !(strengths[0] > 0)) {
                throw new IllegalArgumentException("The evidence needs at least one power and one positive strength");
            }
        }
    }

    /**
     * The product's prior: strengths in half decades around the scale of the features, and the powers 0 (ridge), ½ and
     * 1 of the pool's spectrum.
     */
    static Prior evidence(FeatureSpectrum pool) {
        return new Evidence(pool, new double[] {0, .5, 1}, strengths(pool));
    }

    /** Only the strength is chosen: the prior is a ridge. */
    static Prior ridgeEvidence(FeatureSpectrum pool) {
        return new Evidence(pool, new double[] {0}, strengths(pool));
    }

    private static double[] strengths(FeatureSpectrum pool) {
        // with features of mean square 2 (differences of standardised ones): .063 … 6,300
        return DoubleStream.iterate(-1.5, exponent -> exponent <= 3.5, exponent -> exponent + .5)
                .map(exponent -> pool.scale() * Math.pow(10, exponent))
                .toArray();
    }
}
