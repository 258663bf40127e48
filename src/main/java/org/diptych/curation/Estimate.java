package org.diptych.curation;

import org.jspecify.annotations.Nullable;

/**
 * What a reward model says of a candidate, overall or of one dimension.
 *
 * @param mu mean
 * @param sigma how much annotators vary around it
 * @param epistemic how little the model knows it; null where the server does not say
 */
public record Estimate(double mu, double sigma, @Nullable Double epistemic) {
    /**
     * Standard deviation of the mean. How much annotators vary around it is no part of it, for that stays however much the
     * model learns; it stands in only where the server says nothing else.
     */
    public double doubt() {
        return epistemic == null ? sigma : epistemic;
    }
}
