package org.diptych.statistics.replay;

import java.util.Objects;
import org.diptych.statistics.acquisition.Logistic;
import org.diptych.statistics.acquisition.PairFeatures;
import org.diptych.statistics.acquisition.Past;
import org.diptych.statistics.acquisition.Pool;
import org.diptych.statistics.acquisition.SymmetricMatrices;
import org.diptych.statistics.acquisition.Variances;
import org.ejml.data.DMatrixRMaj;

/**
 * Bradley-Terry on features: P(first is preferred to second) = sigmoid(w' x), with x the feature difference and a tie
 * counted as half a win for each side, under a Gaussian prior whose strength is chosen by evidence ({@link Prior}).
 *
 * <p>The posterior of w is Gaussian (Laplace). Probabilities average over it with MacKay's approximation, sigmoid(m /
 * sqrt(1 + pi v / 8)) for a margin with mean m and variance v. The tie probability is {@code 4 c q (1 - q)}, with q the
 * averaged sigmoid and c ≤ ½ fitted by moments, so that P(first) + P(tie) / 2 = q stays exact.
 *
 * <p>On the ratings in the tests, half-counted ties predict held-out majorities better than a Davidson likelihood fitted
 * to the same labels (see {@code acquisition.md}).
 */
public final class PreferenceModel {
    /** Nats below the peak of the evidence at which the search over strengths ends. */
    private static final double FAR_BELOW = 3;

    private final double[] weights;
    /** Lower triangular root of the posterior covariance. */
    private final DMatrixRMaj root;

    private final double tieLevel;
    private final double strength;
    private final double spectralPower;
    private final double logEvidence;
    private final int labels;

    private PreferenceModel(
            double[] weights,
            DMatrixRMaj root,
            double tieLevel,
            double strength,
            double spectralPower,
            double logEvidence,
            int labels) {
        this.weights = weights;
        this.root = root;
        this.tieLevel = tieLevel;
        this.strength = strength;
        this.spectralPower = spectralPower;
        this.logEvidence = logEvidence;
        this.labels = labels;
    }

    /**
     * Fits the model. Without any label the result is the prior itself.
     *
     * @throws IllegalArgumentException when the prior's spectrum has another number of features than the labels
     * @throws IllegalStateException when Newton's method does not converge
     */
    public static PreferenceModel fit(PairLabels labels, Prior prior) {
        return switch (prior) {
            case Prior.Fixed fixed -> {
                var fit = new RidgeLogistic(labels, null);
                yield fit.refit(fixed.strength(), RidgeLogistic.FINE).model(labels, 0);
            }
            case Prior.Evidence evidence -> {
                if (evidence.spectrum().width() != labels.features().width()) {
                    throw new IllegalArgumentException("The labels have %d features, the prior's spectrum %d"
                            .formatted(
                                    labels.features().width(),
                                    evidence.spectrum().width()));
                }
                yield best(labels, evidence);
            }
        };
    }

    private static PreferenceModel best(PairLabels labels, Prior.Evidence prior) {
        double highest = Double.NEGATIVE_INFINITY;
        RidgeLogistic best = null;
        double bestPower = 0;
        double bestStrength = 0;
        for (double power : prior.powers()) {
            var fit = new RidgeLogistic(
                    labels, power == 0 ? null : prior.spectrum().power(power));
            double highestHere = Double.NEGATIVE_INFINITY;
            // from strong to weak: each solution is a good start for the next, and once the evidence has fallen far
            // below its peak weaker priors only cost time
            for (int index = prior.strengths().length - 1; index >= 0; index--) {
                double logEvidence = fit.refit(prior.strengths()[index], RidgeLogistic.COARSE)
                        .logEvidence();
                highestHere = Math.max(highestHere, logEvidence);
                if (best == null || logEvidence > highest) {
                    highest = logEvidence;
                    best = fit;
                    bestPower = power;
                    bestStrength = prior.strengths()[index];
                }
                if (logEvidence < highestHere - FAR_BELOW) {
                    break;
                }
            }
        }
        return Objects.requireNonNull(best)
                .refit(bestStrength, RidgeLogistic.FINE)
                .model(labels, bestPower);
    }

    static PreferenceModel of(
            double[] weights, DMatrixRMaj root, PairLabels labels, double strength, double power, double logEvidence) {
        return new PreferenceModel(
                weights, root, tieLevel(labels, weights, root), strength, power, logEvidence, labels.count());
    }

    private static double tieLevel(PairLabels labels, double[] weights, DMatrixRMaj root) {
        var row = new float[weights.length];
        // a weak pseudo-observation keeps a first handful of labels from ruling ties out
        double ties = .1;
        double expected = 1;
        for (int label = 0; label < labels.size(); label++) {
            labels.features().read(label, row);
            double variance = SymmetricMatrices.squaredLength(root, row);
            double win = averaged(SymmetricMatrices.dot(weights, row), variance);
            ties += labels.tie()[label];
            expected += labels.total(label) * 4 * win * (1 - win);
        }
        return Math.min(.5, ties / expected);
    }

    private static double averaged(double margin, double variance) {
        return Logistic.sigmoid(margin / Math.sqrt(1 + Math.PI * variance / 8));
    }

    /** Posterior mean of the margin (log-odds of first against second) of a pair. */
    public double margin(float[] features) {
        return SymmetricMatrices.dot(weights, features);
    }

    /** Posterior variance of the margin of a pair. */
    public double variance(float[] features) {
        return SymmetricMatrices.squaredLength(root, features);
    }

    /** Number of features. */
    public int width() {
        return weights.length;
    }

    /** A copy of the posterior mean of the weights. */
    public double[] weights() {
        return weights.clone();
    }

    /** Prior precision in use. */
    public double strength() {
        return strength;
    }

    /** Power of the pool's spectrum in use, see {@link Prior.Evidence}. */
    public double spectralPower() {
        return spectralPower;
    }

    /** Laplace approximation of the log marginal likelihood of the labels, in nats. */
    public double logEvidence() {
        return logEvidence;
    }

    /** The posterior, as acquisition needs it. */
    public Past past() {
        return Past.ofRoot(root, labels);
    }

    /** Scores open pairs with this model. */
    public Pool score(PairFeatures features, int[] items, int[] groups) {
        int size = features.size();
        var first = new float[size];
        var tie = new float[size];
        var epistemic = new float[size];
        double[] variances = new Variances(root).of(features);
        var row = new float[width()];
        for (int pair = 0; pair < size; pair++) {
            features.read(pair, row);
            double win = averaged(margin(row), variances[pair]);
            double even = tieLevel * 4 * win * (1 - win);
            tie[pair] = (float) even;
            first[pair] = (float) Math.max(0, win - even / 2);
            epistemic[pair] = (float) Math.sqrt(variances[pair]);
        }
        return new Pool(features, items, groups, first, tie, epistemic);
    }
}
