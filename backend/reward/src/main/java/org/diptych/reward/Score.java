package org.diptych.reward;

import java.util.List;

/**
 * What a model thinks of one candidate. Lists are in the order of the model's dimensions.
 *
 * @param mu mean per dimension, on the latent scale of that dimension's head
 * @param sigma how much annotators vary around it (aleatoric), on the same scale
 * @param epistemic how much the ensemble's members differ (what more labels would settle), on the same scale
 * @param value contribution of each dimension to the overall score: the expected level where the protocol rates, else calibrated logits
 * @param overallMu sum of the contributions
 * @param overallSigma sigma of the sum
 * @param overallEpistemic deviation of the sum over the members
 */
public record Score(
        List<Double> mu,
        List<Double> sigma,
        List<Double> epistemic,
        List<Double> value,
        double overallMu,
        double overallSigma,
        double overallEpistemic) {

    public Score {
        mu = List.copyOf(mu);
        sigma = List.copyOf(sigma);
        epistemic = List.copyOf(epistemic);
        value = List.copyOf(value);
    }
}
