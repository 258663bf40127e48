package org.diptych.statistics.ranking;

import java.util.Arrays;
import org.diptych.statistics.annotator.CredibleInterval;

/**
 * Random-intercept logistic model of counts: annotator k decides for the left side with log-odds b_k ~ N(mean,
 * spread^2), mean ~ N(0, 1), spread ~ half-normal(1). All posteriors by summation over grids, so that the uncertainty of
 * mean and spread is in every interval and nothing has to converge.
 */
final class MixedLogistic {

    /** Nodes b = sinh(x) / 2 are dense near 0, where decisions are many and posteriors narrow. */
    private static final int NODES = 1_201;

    private static final double FURTHEST = 3.2;
    private static final double[] SPREADS = {0.01, 0.02, 0.04, 0.07, 0.11, 0.16, 0.22, 0.3, 0.4, 0.55, 0.75, 1, 1.4, 2};
    private static final int MEANS = 41;

    /** Reach of the grid of the mean, in its standard errors given the spread. */
    private static final double REACH = 5;

    /** Cells with less weight than this are left out. */
    private static final double NEGLIGIBLE = 1e-9;

    private final double[] node = new double[NODES];
    private final double[] width = new double[NODES];

    /** [annotator][node], scaled to a highest value of 1. */
    private final double[][] likelihood;

    private final double[] cellMean = new double[SPREADS.length * MEANS];
    private final double[] cellSpread = new double[SPREADS.length * MEANS];
    private final double[] cellWeight = new double[SPREADS.length * MEANS];

    /** [annotator][node]: posterior, not normalised. */
    private final double[][] mass;

    MixedLogistic(int[] left, int[] right) {
        double step = 2 * FURTHEST / (NODES - 1);
        for (int index = 0; index < NODES; index++) {
            double x = -FURTHEST + index * step;
            node[index] = Math.sinh(x) / 2;
            width[index] = Math.cosh(x) / 2 * step;
        }
        likelihood = new double[left.length][];
        for (int annotator = 0; annotator < left.length; annotator++) {
            likelihood[annotator] = likelihood(left[annotator], right[annotator]);
        }
        placeCells(left, right);
        double[][] marginal = weighCells();
        mass = new double[left.length][NODES];
        addCells(marginal);
    }

    private double[] likelihood(int left, int right) {
        double[] log = new double[NODES];
        for (int index = 0; index < NODES; index++) {
            log[index] =
                    left * PairLikelihood.logLogistic(node[index]) + right * PairLikelihood.logLogistic(-node[index]);
        }
        double highest = Arrays.stream(log).max().orElse(0);
        return Arrays.stream(log).map(value -> Math.exp(value - highest)).toArray();
    }

    /** For each spread, means around their estimate as far as the data and the prior leave open. */
    private void placeCells(int[] left, int[] right) {
        for (int outer = 0; outer < SPREADS.length; outer++) {
            double precision = 1;
            double weighted = 0;
            for (int annotator = 0; annotator < left.length; annotator++) {
                double own = 1 / (left[annotator] + 0.5) + 1 / (right[annotator] + 0.5);
                double weight = 1 / (own + SPREADS[outer] * SPREADS[outer]);
                precision += weight;
                weighted += weight * Math.log((left[annotator] + 0.5) / (right[annotator] + 0.5));
            }
            double error = 1 / Math.sqrt(precision);
            double spreadWidth = SPREADS[Math.min(outer + 1, SPREADS.length - 1)] - SPREADS[Math.max(outer - 1, 0)];
            for (int inner = 0; inner < MEANS; inner++) {
                int cell = outer * MEANS + inner;
                cellMean[cell] = weighted / precision + REACH * (2.0 * inner / (MEANS - 1) - 1) * error;
                cellSpread[cell] = SPREADS[outer];
                double logPrior = -cellMean[cell] * cellMean[cell] / 2 - SPREADS[outer] * SPREADS[outer] / 2;
                cellWeight[cell] = logPrior + Math.log(error * spreadWidth);
            }
        }
    }

    /** Posterior weight of each cell; returns the likelihood of each annotator's counts in it. */
    private double[][] weighCells() {
        double[][] marginal = new double[likelihood.length][cellMean.length];
        for (int cell = 0; cell < cellMean.length; cell++) {
            double[] density = density(cell);
            for (int annotator = 0; annotator < likelihood.length; annotator++) {
                double sum = 0;
                for (int index = 0; index < NODES; index++) {
                    sum += density[index] * likelihood[annotator][index];
                }
                marginal[annotator][cell] = Math.max(sum, Double.MIN_NORMAL);
                cellWeight[cell] += Math.log(marginal[annotator][cell]);
            }
        }
        double highest = Arrays.stream(cellWeight).max().orElse(0);
        Arrays.setAll(cellWeight, cell -> Math.exp(cellWeight[cell] - highest));
        double total = Arrays.stream(cellWeight).sum();
        Arrays.setAll(cellWeight, cell -> cellWeight[cell] / total);
        return marginal;
    }

    private void addCells(double[][] marginal) {
        for (int cell = 0; cell < cellMean.length; cell++) {
            if (cellWeight[cell] < NEGLIGIBLE) {
                continue;
            }
            double[] density = density(cell);
            for (int annotator = 0; annotator < likelihood.length; annotator++) {
                double factor = cellWeight[cell] / marginal[annotator][cell];
                for (int index = 0; index < NODES; index++) {
                    mass[annotator][index] += factor * density[index] * likelihood[annotator][index];
                }
            }
        }
    }

    /** The normal density of a cell as probabilities of the nodes. */
    private double[] density(int cell) {
        double[] density = new double[NODES];
        double total = 0;
        for (int index = 0; index < NODES; index++) {
            double score = (node[index] - cellMean[cell]) / cellSpread[cell];
            density[index] = width[index] * Math.exp(-score * score / 2);
            total += density[index];
        }
        for (int index = 0; index < NODES; index++) {
            density[index] = total == 0 ? 0 : density[index] / total;
        }
        return density;
    }

    CredibleInterval mean() {
        return interval(cellMean, cellWeight);
    }

    CredibleInterval spread() {
        return interval(cellSpread, cellWeight);
    }

    CredibleInterval logOdds(int annotator) {
        return interval(node, mass[annotator]);
    }

    /** Mean and 2.5 % and 97.5 % points of a distribution on unsorted points. */
    private static CredibleInterval interval(double[] point, double[] mass) {
        Integer[] order = new Integer[point.length];
        Arrays.setAll(order, index -> index);
        Arrays.sort(order, (first, second) -> Double.compare(point[first], point[second]));
        double total = Arrays.stream(mass).sum();
        double mean = 0;
        for (int index = 0; index < point.length; index++) {
            mean += point[index] * mass[index] / total;
        }
        return new CredibleInterval(
                mean, quantile(order, point, mass, 0.025 * total), quantile(order, point, mass, 0.975 * total));
    }

    private static double quantile(Integer[] order, double[] point, double[] mass, double target) {
        double below = 0;
        for (int position = 0; position < order.length; position++) {
            double here = mass[order[position]];
            if (below + here >= target) {
                double previous = point[order[Math.max(0, position - 1)]];
                double share = here == 0 ? 1 : (target - below) / here;
                return previous + share * (point[order[position]] - previous);
            }
            below += here;
        }
        return point[order[order.length - 1]];
    }
}
