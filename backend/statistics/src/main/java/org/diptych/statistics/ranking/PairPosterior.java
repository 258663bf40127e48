package org.diptych.statistics.ranking;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/** Log-posterior of strengths, then position bias and tie parameter where the model has them. */
final class PairPosterior implements Ascent.Function {

    private final Comparisons comparisons;
    private final TieModel ties;
    private final PairPrior prior;
    private final int biasIndex;
    private final int tieIndex;
    private final int size;

    PairPosterior(Comparisons comparisons, TieModel ties, boolean withPositionBias, PairPrior prior) {
        this.comparisons = comparisons;
        this.ties = ties;
        this.prior = prior;
        int next = comparisons.items();
        this.biasIndex = withPositionBias ? next++ : -1;
        this.tieIndex = ties.hasTieParameter() ? next++ : -1;
        this.size = next;
    }

    int items() {
        return comparisons.items();
    }

    double[] start() {
        double[] start = new double[size];
        if (tieIndex >= 0) {
            start[tieIndex] = ties.initialTie();
        }
        return start;
    }

    double bias(double[] at) {
        return biasIndex < 0 ? 0 : at[biasIndex];
    }

    double tie(double[] at) {
        return tieIndex < 0 ? 0 : at[tieIndex];
    }

    /** Of the comparisons alone. */
    double logLikelihood(double[] at) {
        var point = new PairLikelihood.Point();
        double sum = 0;
        for (int row = 0; row < comparisons.size(); row++) {
            ties.evaluate(advantage(at, row), tie(at), comparisons.outcome(row), point);
            sum += comparisons.weight(row) * point.logProbability;
        }
        return sum;
    }

    private double advantage(double[] at, int row) {
        return at[comparisons.left(row)] - at[comparisons.right(row)] + bias(at);
    }

    @Override
    public double evaluate(double[] at, double[] gradient, DMatrixRMaj curvature) {
        double tie = tie(at);
        if (!ties.isFeasible(tie)) {
            return Double.NEGATIVE_INFINITY;
        }
        Arrays.fill(gradient, 0);
        curvature.zero();
        var point = new PairLikelihood.Point();
        double sum = 0;
        for (int row = 0; row < comparisons.size(); row++) {
            if (comparisons.weight(row) == 0) {
                continue;
            }
            ties.evaluate(advantage(at, row), tie, comparisons.outcome(row), point);
            point.times(comparisons.weight(row));
            sum += point.logProbability;
            addAdvantage(comparisons.left(row), comparisons.right(row), point, gradient, curvature);
            if (tieIndex >= 0) {
                addTie(1, point, gradient, curvature);
                addMixed(comparisons.left(row), 1, point, curvature);
                addMixed(comparisons.right(row), -1, point, curvature);
                addMixed(biasIndex, 1, point, curvature);
            }
        }
        return sum + addPrior(at, point, gradient, curvature);
    }

    private void addAdvantage(
            int left, int right, PairLikelihood.Point point, double[] gradient, DMatrixRMaj curvature) {
        double weight = -point.byAdvantageTwice;
        gradient[left] += point.byAdvantage;
        gradient[right] -= point.byAdvantage;
        curvature.add(left, left, weight);
        curvature.add(right, right, weight);
        curvature.add(left, right, -weight);
        curvature.add(right, left, -weight);
        if (biasIndex >= 0) {
            gradient[biasIndex] += point.byAdvantage;
            curvature.add(biasIndex, biasIndex, weight);
            curvature.add(biasIndex, left, weight);
            curvature.add(left, biasIndex, weight);
            curvature.add(biasIndex, right, -weight);
            curvature.add(right, biasIndex, -weight);
        }
    }

    private void addTie(double weight, PairLikelihood.Point point, double[] gradient, DMatrixRMaj curvature) {
        gradient[tieIndex] += weight * point.byTie;
        curvature.add(tieIndex, tieIndex, -weight * point.byTieTwice);
    }

    private void addMixed(int index, int sign, PairLikelihood.Point point, DMatrixRMaj curvature) {
        if (index >= 0) {
            curvature.add(index, tieIndex, -sign * point.byAdvantageAndTie);
            curvature.add(tieIndex, index, -sign * point.byAdvantageAndTie);
        }
    }

    private double addPrior(double[] at, PairLikelihood.Point point, double[] gradient, DMatrixRMaj curvature) {
        double sum = 0;
        for (int index = 0; index < size; index++) {
            double precision =
                    index < items() ? prior.strengthPrecision() : index == biasIndex ? prior.biasPrecision() : 0;
            sum -= precision * at[index] * at[index] / 2;
            gradient[index] -= precision * at[index];
            curvature.add(index, index, precision);
        }
        if (tieIndex >= 0) {
            for (int outcome = -1; outcome <= 1; outcome++) {
                double weight = outcome == 0 ? prior.imaginedTies() : prior.imaginedTies() / 2;
                ties.evaluate(0, at[tieIndex], outcome, point);
                sum += weight * point.logProbability;
                addTie(weight, point, gradient, curvature);
            }
        }
        return sum;
    }
}
