package org.diptych.reward;

import java.util.ArrayList;
import java.util.List;
import org.diptych.protocol.Verdict;

/**
 * Turns differences of scores into probabilities that hold on labels which the model had not seen.
 *
 * @param slope by how much a difference is multiplied: one over the temperature (Guo et al., ICML 2017, arXiv 1706.04599)
 * @param eta tie threshold on the multiplied difference
 * @param pairs held-out pairs that were used; 0 if there were none and the model's own values stand
 * @param logLoss mean negative log-likelihood of first, tie, second, in nats
 * @param brier mean squared error of P(first) given no tie, over strict pairs
 * @param calibrationError expected calibration error of the same over ten bins of equal width
 * @param accuracy share of strict pairs whose better side was predicted
 * @param curve the bins that hold pairs, in order
 */
public record Calibration(
        double slope,
        double eta,
        int pairs,
        double logLoss,
        double brier,
        double calibrationError,
        double accuracy,
        List<Bin> curve) {

    private static final int BINS = 10;

    public Calibration {
        curve = List.copyOf(curve);
    }

    /**
     * One bin of the reliability curve.
     *
     * @param predicted mean probability
     * @param observed share of pairs won by the predicted side
     * @param weight sum of the labels' weights
     */
    public record Bin(double predicted, double observed, double weight) {}

    /**
     * Fits slope and threshold by maximum likelihood on held-out pairs; both-bad pairs are left out.
     *
     */
    static Calibration fit(List<HeldOutPair> all) {
        var pairs = all.stream()
                .filter(pair -> pair.weight() > 0 && pair.verdict() != Verdict.BOTH_BAD)
                .toList();
        if (pairs.isEmpty()) {
            return new Calibration(1, 0.5, 0, Double.NaN, Double.NaN, Double.NaN, Double.NaN, List.of());
        }
        double logSlope = 0;
        double logEta = Math.log(0.5);
        // the likelihood is smooth with one maximum; a shrinking pattern search needs no derivatives
        double best = logLoss(pairs, Math.exp(logSlope), Math.exp(logEta));
        for (double step = 1; step > 0.003; step /= 2) {
            boolean moved = true;
            while (moved) {
                moved = false;
                double[][] moves = {{step, 0}, {-step, 0}, {0, step}, {0, -step}};
                for (double[] move : moves) {
                    double slope = Math.clamp(logSlope + move[0], -5, 5);
                    double eta = Math.clamp(logEta + move[1], -5, 2);
                    double loss = logLoss(pairs, Math.exp(slope), Math.exp(eta));
                    if (loss < best - 1e-9) {
                        best = loss;
                        logSlope = slope;
                        logEta = eta;
                        moved = true;
                    }
                }
            }
        }
        return report(pairs, Math.exp(logSlope), Math.exp(logEta), best);
    }

    /** Probabilities for a difference of scores. */
    public PairProbability probability(double difference) {
        return PairProbability.of(slope * difference, eta);
    }

    private static double logLoss(List<HeldOutPair> pairs, double slope, double eta) {
        double sum = 0;
        double weight = 0;
        for (var pair : pairs) {
            double p = PairProbability.of(slope * pair.gap(), eta).of(pair.verdict());
            sum -= pair.weight() * Math.log(Math.max(1e-12, p));
            weight += pair.weight();
        }
        return sum / weight;
    }

    private static Calibration report(List<HeldOutPair> pairs, double slope, double eta, double logLoss) {
        double[] predicted = new double[BINS];
        double[] observed = new double[BINS];
        double[] weights = new double[BINS];
        double brier = 0;
        double right = 0;
        double total = 0;
        for (var pair : pairs) {
            if (pair.verdict() == Verdict.TIE) {
                continue;
            }
            var probability = PairProbability.of(slope * pair.gap(), eta);
            double p = probability.first() / (probability.first() + probability.second());
            double outcome = pair.verdict() == Verdict.FIRST ? 1 : 0;
            int bin = (int) Math.min(BINS - 1.0, p * BINS);
            predicted[bin] += pair.weight() * p;
            observed[bin] += pair.weight() * outcome;
            weights[bin] += pair.weight();
            brier += pair.weight() * (p - outcome) * (p - outcome);
            right += pair.weight() * (p == 0.5 ? 0.5 : (p > 0.5) == (outcome == 1) ? 1 : 0);
            total += pair.weight();
        }
        var curve = new ArrayList<Bin>();
        double error = 0;
        for (int bin = 0; bin < BINS; bin++) {
            if (weights[bin] > 0) {
                curve.add(new Bin(predicted[bin] / weights[bin], observed[bin] / weights[bin], weights[bin]));
                error += Math.abs(predicted[bin] - observed[bin]);
            }
        }
        return new Calibration(
                slope,
                eta,
                pairs.size(),
                logLoss,
                total == 0 ? Double.NaN : brier / total,
                total == 0 ? Double.NaN : error / total,
                total == 0 ? Double.NaN : right / total,
                curve);
    }
}
