package org.diptych.statistics.ranking;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.diptych.statistics.annotator.CredibleInterval;
import org.diptych.statistics.annotator.ReliabilityEstimator;
import org.diptych.statistics.annotator.ReliabilityPrior;
import org.ejml.data.DMatrixRMaj;

/** The expected log-posterior of a {@link CrowdBradleyTerry} fit, given which answers were probably turned round. */
final class CrowdPosterior implements Ascent.Function {

    private final Comparisons comparisons;
    private final boolean withPositionBias;
    private final PairPrior prior;
    private final ReliabilityPrior reliabilityPrior;
    private final double[] reliability;

    /** How much each comparison counts as a win of the left item, from 0 to 1. */
    private final double[] leftShare;

    CrowdPosterior(
            Comparisons comparisons, boolean withPositionBias, PairPrior prior, ReliabilityPrior reliabilityPrior) {
        this.comparisons = comparisons;
        this.withPositionBias = withPositionBias;
        this.prior = prior;
        this.reliabilityPrior = reliabilityPrior;
        this.reliability = new double[comparisons.annotators()];
        this.leftShare = new double[comparisons.size()];
        Arrays.fill(reliability, reliabilityPrior.right() / (reliabilityPrior.right() + reliabilityPrior.wrong()));
    }

    int items() {
        return comparisons.items();
    }

    int size() {
        return items() + (withPositionBias ? 1 : 0);
    }

    /** Sets the shares and reliabilities for these strengths; returns the largest change of a reliability. */
    double expect(double[] at) {
        double[] right = new double[reliability.length];
        double[] total = new double[reliability.length];
        Arrays.fill(right, reliabilityPrior.right());
        Arrays.fill(total, reliabilityPrior.right() + reliabilityPrior.wrong());
        for (int row = 0; row < comparisons.size(); row++) {
            if (comparisons.outcome(row) == 0) {
                leftShare[row] = 0.5;
                continue;
            }
            double straight = straight(at, row);
            leftShare[row] = comparisons.outcome(row) > 0 ? straight : 1 - straight;
            right[comparisons.annotator(row)] += straight;
            total[comparisons.annotator(row)]++;
        }
        double change = 0;
        for (int annotator = 0; annotator < reliability.length; annotator++) {
            double updated = right[annotator] / total[annotator];
            change = Math.max(change, Math.abs(updated - reliability[annotator]));
            reliability[annotator] = updated;
        }
        return change;
    }

    /** Posterior probability that an answer was not turned round. */
    private double straight(double[] at, int row) {
        double rate = reliability[comparisons.annotator(row)];
        double given = PairLikelihood.logistic(comparisons.outcome(row) * advantage(at, row));
        return rate * given / (rate * given + (1 - rate) * (1 - given));
    }

    private double advantage(double[] at, int row) {
        double bias = withPositionBias ? at[items()] : 0;
        return at[comparisons.left(row)] - at[comparisons.right(row)] + bias;
    }

    @Override
    public double evaluate(double[] at, double[] gradient, DMatrixRMaj curvature) {
        Arrays.fill(gradient, 0);
        curvature.zero();
        double sum = 0;
        for (int row = 0; row < comparisons.size(); row++) {
            double advantage = advantage(at, row);
            double left = PairLikelihood.logistic(advantage);
            sum += leftShare[row] * PairLikelihood.logLogistic(advantage)
                    + (1 - leftShare[row]) * PairLikelihood.logLogistic(-advantage);
            addSlope(row, leftShare[row] - left, gradient);
            addWeight(row, left * (1 - left), curvature);
        }
        for (int index = 0; index < size(); index++) {
            double precision = precision(index);
            sum -= precision * at[index] * at[index] / 2;
            gradient[index] -= precision * at[index];
            curvature.add(index, index, precision);
        }
        return sum;
    }

    private double precision(int index) {
        return index < items() ? prior.strengthPrecision() : prior.biasPrecision();
    }

    private void addSlope(int row, double slope, double[] gradient) {
        gradient[comparisons.left(row)] += slope;
        gradient[comparisons.right(row)] -= slope;
        if (withPositionBias) {
            gradient[items()] += slope;
        }
    }

    private void addWeight(int row, double weight, DMatrixRMaj matrix) {
        int left = comparisons.left(row);
        int right = comparisons.right(row);
        matrix.add(left, left, weight);
        matrix.add(right, right, weight);
        matrix.add(left, right, -weight);
        matrix.add(right, left, -weight);
        if (withPositionBias) {
            int bias = items();
            matrix.add(bias, bias, weight);
            matrix.add(bias, left, weight);
            matrix.add(left, bias, weight);
            matrix.add(bias, right, -weight);
            matrix.add(right, bias, -weight);
        }
    }

    /** Expected (Fisher) information of the strengths with the answers that may be turned round summed out, and prior. */
    DMatrixRMaj information(double[] at) {
        var information = new DMatrixRMaj(size(), size());
        for (int row = 0; row < comparisons.size(); row++) {
            double left = PairLikelihood.logistic(advantage(at, row));
            if (comparisons.outcome(row) == 0) {
                addWeight(row, left * (1 - left), information);
                continue;
            }
            double rate = reliability[comparisons.annotator(row)];
            double observed = rate * left + (1 - rate) * (1 - left);
            double slope = (2 * rate - 1) * left * (1 - left);
            addWeight(row, slope * slope / (observed * (1 - observed)), information);
        }
        for (int index = 0; index < size(); index++) {
            information.add(index, index, precision(index));
        }
        return information;
    }

    List<CredibleInterval> reliabilities(double[] at) {
        int[] decided = IntStream.range(0, comparisons.size())
                .filter(row -> comparisons.outcome(row) != 0)
                .toArray();
        var estimator = new ReliabilityEstimator(
                reliability.length, decided.length, index -> comparisons.annotator(decided[index]), reliabilityPrior);
        for (int index = 0; index < decided.length; index++) {
            estimator.set(index, straight(at, decided[index]));
        }
        return estimator.estimates();
    }

    double logLikelihood(double[] at) {
        double sum = 0;
        for (int row = 0; row < comparisons.size(); row++) {
            double advantage = advantage(at, row);
            if (comparisons.outcome(row) == 0) {
                sum += (PairLikelihood.logLogistic(advantage) + PairLikelihood.logLogistic(-advantage)) / 2;
            } else {
                double given = PairLikelihood.logistic(comparisons.outcome(row) * advantage);
                double rate = reliability[comparisons.annotator(row)];
                sum += Math.log(rate * given + (1 - rate) * (1 - given));
            }
        }
        return sum;
    }
}
