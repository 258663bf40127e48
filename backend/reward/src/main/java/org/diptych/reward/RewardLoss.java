package org.diptych.reward;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;

/**
 * Negative log-likelihood of what annotators said, given (mu, log sigma) per candidate and dimension.
 *
 * <ul>
 *   <li>Ratings: cumulative link (McCullagh, JRSS B 42(2), 1980): P(level at most l) = logistic(c_l - mu).
 *   <li>Verdicts: Rao and Kupper (JASA 62, 1967): P(first) = logistic(d - eta), P(second) = logistic(-d - eta), the rest a tie.
 *   <li>Both bad: each candidate is bad on its own with probability logistic(beta - mu); other verdicts are given that not both are.
 * </ul>
 *
 * Differences are shrunk by the uncertainty of the candidates, 1 / sqrt(1 + pi/8 sigma^2): the logistic averaged over a Gaussian
 * (MacKay, Neural Computation 4(5), 1992).
 */
final class RewardLoss {

    private static final double PROBIT = Math.PI / 8;
    private static final double LEAST_ETA = 0.02;
    private static final double LEAST_GAP = 0.05;

    private final Scalars scalars;
    private final NDArray priorScale;
    private final NDArray spreadScale;
    private final NDArray steps;

    /**
     * @param scalars owned by the fit
     * @param priorScale prior deviation of every weight of mu, [K, D, M]
     * @param spreadScale prior deviation of every weight of log sigma, [D, 1]
     * @param steps which gaps lie below each cutpoint, [L - 1, max(1, L - 2)]
     */
    RewardLoss(Scalars scalars, NDArray priorScale, NDArray spreadScale, NDArray steps) {
        this.scalars = scalars;
        this.priorScale = priorScale;
        this.spreadScale = spreadScale;
        this.steps = steps;
    }

    /**
     * What the features say of every candidate of a batch.
     *
     * @param mu [K, C, M]
     * @param spread its part of log sigma, [K, C, M]
     */
    record Latent(NDArray mu, NDArray spread) {}

    /** The products with the features: nearly all of the work. */
    Latent latent(HeadParameters head, NDArray x) {
        return new Latent(x.matMul(weights(head)), x.matMul(spreadWeights(head)));
    }

    /** Effective weights of mu, [K, D, M]. */
    NDArray weights(HeadParameters head) {
        return head.mean().mul(priorScale);
    }

    /** Effective weights of log sigma, [K, D, M]. */
    NDArray spreadWeights(HeadParameters head) {
        return head.spread().mul(spreadScale);
    }

    /** sigma squared of every candidate, [K, C, M]. */
    NDArray variance(HeadParameters head, Latent latent) {
        var logSigma = latent.spread().add(head.spreadBias());
        return logSigma.minimum(scalars.of(2))
                .maximum(scalars.of(-5))
                .mul(scalars.of(2))
                .exp();
    }

    /** Cutpoints between levels, [K, L - 1, M]. */
    NDArray cutpoints(HeadParameters head) {
        return steps.matMul(Activation.softPlus(head.gaps()).add(LEAST_GAP)).add(head.cutpoint());
    }

    /** The tie threshold eta, [K, 1, M]. */
    static NDArray eta(HeadParameters head) {
        return Activation.softPlus(head.tie()).add(LEAST_ETA);
    }

    /** Negative log-likelihood per dimension, label and member, [K, B, M]. */
    NDArray of(HeadParameters head, LabelBatch batch, Latent latent) {
        var mu = latent.mu();
        var variance = variance(head, latent);
        var muFirst = batch.first().matMul(mu);
        var muSecond = batch.second().matMul(mu);
        var varianceFirst = batch.first().matMul(variance);
        var varianceSecond = batch.second().matMul(variance);
        var tilt = batch.position().mul(head.position()).add(batch.tilt());
        return verdicts(
                        head,
                        batch,
                        muFirst.sub(muSecond).add(tilt),
                        varianceFirst.add(varianceSecond),
                        muFirst,
                        muSecond)
                .add(ratings(head, batch, muFirst, muSecond, varianceFirst, varianceSecond, tilt));
    }

    /**
     * Negative log-likelihood of the overall comparison that the sums of the ratings imply, [B, M]: it teaches the heads to add up, which
     * fitting each alone does not.
     */
    NDArray overall(HeadParameters head, LabelBatch batch, Latent latent) {
        var mu = latent.mu();
        var shrink = variance(head, latent).mul(scalars.of(PROBIT)).add(1).sqrt();
        var above =
                mu.div(shrink).expandDims(2).sub(cutpoints(head).expandDims(1).div(shrink.expandDims(2)));
        var level = Activation.sigmoid(above).sum(new int[] {0, 2});
        var slope = Activation.softPlus(head.overallSlope()).squeeze(0);
        var eta = Activation.softPlus(head.overallTie()).add(LEAST_ETA).squeeze(0);
        var d = batch.first().matMul(level).sub(batch.second().matMul(level)).mul(slope);
        var notFirst = Activation.softPlus(eta.sub(d));
        var notSecond = Activation.softPlus(eta.add(d));
        var notTie = notFirst.add(notSecond)
                .sub(logOneMinusExp(eta.mul(scalars.of(2))).add(eta.mul(scalars.of(2))));
        return batch.overallWins()
                .mul(notFirst)
                .add(batch.overallLosses().mul(notSecond))
                .add(batch.overallTies().mul(notTie));
    }

    private NDArray verdicts(
            HeadParameters head, LabelBatch batch, NDArray gap, NDArray variance, NDArray muFirst, NDArray muSecond) {
        var eta = eta(head);
        var d = gap.div(variance.mul(scalars.of(PROBIT)).add(1).sqrt());
        var notFirst = Activation.softPlus(eta.sub(d));
        var notSecond = Activation.softPlus(eta.add(d));
        var tieMass = logOneMinusExp(eta.mul(scalars.of(2))).add(eta.mul(scalars.of(2)));
        var notTie = notFirst.add(notSecond).sub(tieMass);
        var loss = batch.wins()
                .mul(notFirst)
                .add(batch.losses().mul(notSecond))
                .add(batch.ties().mul(notTie));
        if (batch.hasBothBad()) {
            var notBothBad =
                    Activation.softPlus(muFirst.sub(head.bad())).add(Activation.softPlus(muSecond.sub(head.bad())));
            var judgedOtherwise = batch.judged().mul(batch.bothBad().neg().add(1));
            loss = loss.add(batch.bothBad().mul(notBothBad))
                    .sub(judgedOtherwise.mul(logOneMinusExp(notBothBad.add(1e-4))));
        }
        return loss;
    }

    private NDArray ratings(
            HeadParameters head,
            LabelBatch batch,
            NDArray muFirst,
            NDArray muSecond,
            NDArray varianceFirst,
            NDArray varianceSecond,
            NDArray tilt) {
        var cutpoints = cutpoints(head);
        var severity = batch.annotators().matMul(head.severity());
        var half = tilt.mul(scalars.of(0.5));
        return rating(batch.firstRating(), cutpoints, muFirst.add(severity).add(half), varianceFirst)
                .add(rating(
                        batch.secondRating(), cutpoints, muSecond.add(severity).sub(half), varianceSecond));
    }

    /** -log(logistic(h) - logistic(l)) = softplus(-h) + softplus(l) - log(1 - exp(l - h)), stable for any h above l. */
    private NDArray rating(LabelBatch.Ratings ratings, NDArray cutpoints, NDArray mu, NDArray variance) {
        var shrink = variance.mul(scalars.of(PROBIT)).add(1).sqrt();
        var upper = ratings.upper().matMul(cutpoints).add(ratings.upperEnd());
        var lower = ratings.lower().matMul(cutpoints).add(ratings.lowerEnd());
        var h = upper.sub(mu).div(shrink);
        var l = lower.sub(mu).div(shrink);
        var loss = Activation.softPlus(h.neg()).add(Activation.softPlus(l)).sub(logOneMinusExp(h.sub(l)));
        return loss.mul(ratings.present());
    }

    /** log(1 - exp(-x)) for x above 0. */
    private static NDArray logOneMinusExp(NDArray x) {
        return x.neg().exp().neg().add(1).log();
    }

    /** Penalty of the priors per member, [M]; half squared distances from the anchors in units of the prior deviation. */
    NDArray penalty(HeadParameters head, NDArray anchor) {
        return square(head.mean().sub(anchor))
                .add(square(head.spread()))
                .add(square(head.spreadBias().add(1)).mul(scalars.of(4)))
                .add(square(head.cutpoint().add(1.5)).mul(scalars.of(0.1)))
                .add(square(head.gaps().sub(1)).mul(scalars.of(0.25)))
                .add(square(head.tie()).mul(scalars.of(0.25)))
                .add(square(head.position()).mul(scalars.of(10)))
                .add(square(head.bad().add(2)).mul(scalars.of(0.1)))
                .add(square(head.overallSlope().sub(1)).mul(scalars.of(0.25)))
                .add(square(head.overallTie()).mul(scalars.of(0.25)))
                .add(square(head.severity()).mul(scalars.of(4)))
                .mul(scalars.of(0.5));
    }

    private static NDArray square(NDArray array) {
        return array.square().sum(new int[] {0, 1});
    }
}
