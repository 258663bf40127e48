package org.diptych.statistics.annotator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Estimates of a probability r per annotator (to be right, to be honest) from the posterior probability q of each of
 * their labels to be so.
 *
 * <p>Estimate: (sum of q + imagined right) / (labels + imagined). Interval: all r whose penalised log-likelihood, all
 * other parameters fixed, lies within 1.92 of the highest (half the 95 % point of chi-squared with one degree of
 * freedom). A label contributes {@code log(r q / r0 + (1 - r)(1 - q) / (1 - r0))} with r0 the estimate, so a label whose
 * truth is uncertain says little, and the interval stays right at 0 and 1.
 */
final class ReliabilityEstimator {

    private static final double DROP = 1.920729410347062;

    /** Log-odds between which the ends are sought; beyond, the interval reaches 0 or 1. */
    private static final double FURTHEST = 25;

    private static final int BISECTIONS = 35;

    /** So many factors are multiplied before a logarithm is taken; none can make the product leave the range. */
    private static final int FACTORS = 8;

    private final ReliabilityPrior prior;
    private final int[] start;
    private final int[] slot;
    private final double[] right;

    /**
     * @param annotators number of annotators
     * @param labels number of labels
     * @param annotatorOf the annotator of each label
     */
    ReliabilityEstimator(int annotators, int labels, IntUnaryOperator annotatorOf, ReliabilityPrior prior) {
        this.prior = prior;
        this.start = new int[annotators + 1];
        this.slot = new int[labels];
        this.right = new double[labels];
        for (int label = 0; label < labels; label++) {
            start[annotatorOf.applyAsInt(label) + 1]++;
        }
        for (int annotator = 0; annotator < annotators; annotator++) {
            start[annotator + 1] += start[annotator];
        }
        int[] next = start.clone();
        for (int label = 0; label < labels; label++) {
            slot[label] = next[annotatorOf.applyAsInt(label)]++;
        }
    }

    /** Sets q of a label; 0 until then. */
    void set(int label, double probabilityRight) {
        right[slot[label]] = probabilityRight;
    }

    /** One estimate per annotator. */
    List<CredibleInterval> estimates() {
        List<CredibleInterval> estimates = new ArrayList<>(start.length - 1);
        for (int annotator = 0; annotator < start.length - 1; annotator++) {
            estimates.add(estimate(Arrays.copyOfRange(right, start[annotator], start[annotator + 1])));
        }
        return estimates;
    }

    private CredibleInterval estimate(double[] probability) {
        double labels = probability.length + prior.right() + prior.wrong();
        if (labels == 0) {
            return new CredibleInterval(0.5, 0, 1);
        }
        double estimate = Math.clamp((Arrays.stream(probability).sum() + prior.right()) / labels, 0, 1);
        double lowest = logLikelihood(probability, estimate, estimate) - DROP;
        double logOdds = Math.clamp(Math.log(estimate) - Math.log1p(-estimate), -FURTHEST, FURTHEST);
        return new CredibleInterval(
                estimate,
                Math.min(estimate, end(probability, estimate, lowest, logOdds, -FURTHEST)),
                Math.max(estimate, end(probability, estimate, lowest, logOdds, FURTHEST)));
    }

    private double end(double[] probability, double estimate, double lowest, double inside, double outside) {
        if (logLikelihood(probability, estimate, logistic(outside)) >= lowest) {
            return outside < 0 ? 0 : 1;
        }
        double near = inside;
        double far = outside;
        for (int bisection = 0; bisection < BISECTIONS; bisection++) {
            double middle = (near + far) / 2;
            if (logLikelihood(probability, estimate, logistic(middle)) >= lowest) {
                near = middle;
            } else {
                far = middle;
            }
        }
        return logistic(near);
    }

    private double logLikelihood(double[] probability, double estimate, double rate) {
        double whenRight = estimate == 0 ? 0 : rate / estimate;
        double whenWrong = estimate == 1 ? 0 : (1 - rate) / (1 - estimate);
        double sum = logPower(prior.right(), rate) + logPower(prior.wrong(), 1 - rate);
        double product = 1;
        for (int label = 0; label < probability.length; label++) {
            product *= whenWrong + (whenRight - whenWrong) * probability[label];
            if (label % FACTORS == FACTORS - 1) {
                sum += Math.log(product);
                product = 1;
            }
        }
        return sum + Math.log(product);
    }

    private static double logPower(double exponent, double base) {
        return exponent == 0 ? 0 : exponent * Math.log(base);
    }

    private static double logistic(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
