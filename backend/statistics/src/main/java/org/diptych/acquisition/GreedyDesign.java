package org.diptych.acquisition;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * Greedy maximisation of the expected information, lazily.
 *
 * <p>The gain of a pair can only fall while others are taken (submodularity), so its gain at the start is an upper
 * bound for ever. Only the pairs whose bound still reaches the best gain have to be looked at: they form the front,
 * which grows down the list of bounds as the best gain falls. As long as the front stays within its limit the batch is
 * that of the exact greedy rule; beyond the limit, pairs outside the front are left out, and {@link #worstLoss} says by
 * how much a pick may have been beaten.
 */
final class GreedyDesign implements Selection {
    private static final int GROWTH = 64;
    /** The bounds are computed in single precision; this much more makes them bounds again. */
    private static final double SLACK = 1 + 1e-4;

    private final Pool pool;
    private final DMatrixRMaj covariance;
    private final float[] bounds;
    private final long[] order;
    private final int limit;
    private final double[] product;
    private final float[] taken;

    private float[][] rows = new float[GROWTH][];
    private double[] variances = new double[GROWTH];
    private int front;
    private double worstLoss;

    GreedyDesign(Pool pool, Past past, int shortlist) {
        this.pool = pool;
        covariance = past.covariance();
        limit = Math.min(pool.size(), shortlist);
        bounds = new Variances(past).weighted(pool);
        order = Ranking.descending(bounds);
        product = new double[past.width()];
        taken = new float[past.width()];
    }

    @Override
    public int next(Eligible eligible) {
        int best = -1;
        double highest = Double.NEGATIVE_INFINITY;
        int position = 0;
        while (true) {
            for (; position < front; position++) {
                int pair = (int) order[position];
                if (eligible.contains(pair)) {
                    double gain = pool.information(pair) * variances[position];
                    if (gain > highest || (gain == highest && pair < best)) {
                        highest = gain;
                        best = pair;
                    }
                }
            }
            double bound = front < bounds.length ? bounds[(int) order[front]] * SLACK : 0;
            if (best >= 0 && (front == bounds.length || bound < highest)) {
                return best;
            }
            if (front >= limit && best >= 0) {
                worstLoss = Math.max(worstLoss, nats(bound) - nats(highest));
                return best;
            }
            grow();
        }
    }

    private void grow() {
        int end = Math.min(bounds.length, front + GROWTH);
        if (end > rows.length) {
            int capacity = Math.min(bounds.length, Math.max(end, rows.length * 2));
            rows = Arrays.copyOf(rows, capacity);
            variances = Arrays.copyOf(variances, capacity);
        }
        for (int position = front; position < end; position++) {
            var row = new float[taken.length];
            pool.features().read((int) order[position], row);
            rows[position] = row;
            SymmetricMatrices.multiply(covariance, row, product);
            variances[position] = SymmetricMatrices.dot(product, row);
        }
        front = end;
    }

    @Override
    public double probability(int pair, int wanted, Eligible eligible) {
        return pair == wanted ? 1 : 0;
    }

    @Override
    public Map<String, Double> scores(int pair) {
        double variance = currentVariance(pair);
        double information = pool.information(pair);
        return Map.of(
                "information", information, "variance", variance, "expectedInformation", nats(information * variance));
    }

    private double currentVariance(int pair) {
        pool.features().read(pair, taken);
        SymmetricMatrices.multiply(covariance, taken, product);
        return SymmetricMatrices.dot(product, taken);
    }

    @Override
    public void take(int pair) {
        double variance = currentVariance(pair);
        double information = pool.information(pair);
        double shrink = information / (1 + information * variance);
        // Sherman-Morrison; every variance in the front follows by one dot product
        SymmetricMatrices.downdate(covariance, shrink, product);
        var work = IntStream.range(0, front);
        if ((long) front * product.length > 1 << 18) {
            work = work.parallel();
        }
        work.forEach(position -> {
            double covarianceWithTaken = SymmetricMatrices.dot(product, rows[position]);
            variances[position] = Math.max(0, variances[position] - shrink * covarianceWithTaken * covarianceWithTaken);
        });
    }

    /** Expected information about the weights, in nats. */
    private static double nats(double gain) {
        return Math.log1p(gain) / 2;
    }

    /** Upper bound in nats of what any single pick so far lost against exact greedy; 0 when the batch is exact. */
    double worstLoss() {
        return worstLoss;
    }
}
