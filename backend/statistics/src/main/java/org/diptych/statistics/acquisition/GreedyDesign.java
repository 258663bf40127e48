package org.diptych.statistics.acquisition;

import java.util.Arrays;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Greedy maximisation of what a batch is expected to teach, lazily: the common part of {@link DOptimal} and {@link
 * VOptimal}.
 *
 * <p>Gains fall while pairs are taken, so the gain of a pair at the start is an upper bound (strictly for D-optimality,
 * which is submodular; nearly always for V-optimality). Only the pairs whose bound still reaches the best gain have to
 * be looked at: they form the front, which grows down the list of bounds as the best gain falls. As long as the front
 * stays within its limit the batch is that of the exact greedy rule; beyond the limit, pairs outside the front are left
 * out, and {@link #worstLoss} says by how much a pick may have been beaten.
 */
final class GreedyDesign implements Selection {
    /** The usual limit of the front: a few seconds for a batch of 500 with 256 features. */
    static final int FRONT = 20_000;

    private static final int GROWTH = 64;
    /** The bounds are computed in single precision; this much more makes them bounds again. */
    private static final double SLACK = 1 + 1e-4;

    private final Pool pool;
    private final IntToDoubleFunction information;
    private final GreedyState state;
    /** Bounds of the gains as shares of {@link #unit}: gains themselves may be out of single precision's range. */
    private final float[] bounds;

    private final double unit;
    private final long[] order;
    private final int limit;
    private final float[] row;

    private float[][] rows = new float[GROWTH][];
    private double[] variances = new double[GROWTH];
    private double[] targeted = new double[GROWTH];
    private int front;
    private double worstLoss;

    /**
     * Starts a batch.
     *
     * @param targets second moments of the pairs that the model will have to decide, weighted (V-optimality); null for
     *     D-optimality
     * @param limit most pairs in the front
     */
    GreedyDesign(Pool pool, Past past, @Nullable DMatrixRMaj targets, int limit) {
        this(pool, past, targets, limit, pool::information);
    }

    /** Starts a batch in which a label of a pair carries another information about its margin. */
    GreedyDesign(Pool pool, Past past, @Nullable DMatrixRMaj targets, int limit, IntToDoubleFunction information) {
        this.pool = pool;
        this.information = information;
        this.limit = limit;
        state = new GreedyState(past.root(), targets);
        row = new float[past.width()];
        double[] gains = gains();
        double highest = Arrays.stream(gains).max().orElse(0);
        unit = highest > 0 ? highest : 1;
        bounds = new float[gains.length];
        for (int pair = 0; pair < gains.length; pair++) {
            bounds[pair] = (float) (gains[pair] / unit);
        }
        order = Ranking.descending(bounds);
    }

    private double[] gains() {
        double[] first = state.variances().of(pool.features());
        var targeted = state.targeted();
        double[] second = targeted == null ? first : targeted.of(pool.features());
        var gains = new double[first.length];
        IntStream.range(0, gains.length)
                .parallel()
                .forEach(pair -> gains[pair] = state.gain(information.applyAsDouble(pair), first[pair], second[pair]));
        return gains;
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
                    double gain = state.gain(information.applyAsDouble(pair), variances[position], targeted[position]);
                    if (gain > highest || (gain == highest && pair < best)) {
                        highest = gain;
                        best = pair;
                    }
                }
            }
            double bound = front < bounds.length ? bounds[(int) order[front]] * unit * SLACK : 0;
            if (best >= 0 && (front == bounds.length || bound < highest)) {
                return best;
            }
            if (best >= 0 && front >= limit) {
                worstLoss = Math.max(worstLoss, bound - highest);
                return best;
            }
            if (front == bounds.length) {
                throw new IllegalStateException("No pair is eligible");
            }
            grow();
        }
    }

    private void grow() {
        int end = Math.min(bounds.length, front + Math.max(GROWTH, front / 4));
        if (end > rows.length) {
            int capacity = Math.min(bounds.length, Math.max(end, rows.length * 2));
            rows = Arrays.copyOf(rows, capacity);
            variances = Arrays.copyOf(variances, capacity);
            targeted = Arrays.copyOf(targeted, capacity);
        }
        var work = IntStream.range(front, end);
        if ((long) (end - front) * row.length * row.length > 1 << 20) {
            work = work.parallel();
        }
        work.forEach(position -> {
            rows[position] = new float[row.length];
            pool.features().read((int) order[position], rows[position]);
            var forms = state.forms(rows[position]);
            variances[position] = forms.variance();
            targeted[position] = forms.targeted();
        });
        front = end;
    }

    @Override
    public double probability(int pair, int wanted, Eligible eligible) {
        return pair == wanted ? 1 : 0;
    }

    @Override
    public Map<String, Double> scores(int pair) {
        pool.features().read(pair, row);
        var forms = state.forms(row);
        double value = information.applyAsDouble(pair);
        return Map.of(
                "information",
                value,
                "variance",
                forms.variance(),
                "gain",
                state.gain(value, forms.variance(), forms.targeted()));
    }

    /** What the pair would teach now. */
    double gain(int pair) {
        pool.features().read(pair, row);
        var forms = state.forms(row);
        return state.gain(information.applyAsDouble(pair), forms.variance(), forms.targeted());
    }

    @Override
    public void take(int pair) {
        var taken = new float[row.length];
        pool.features().read(pair, taken);
        take(taken, information.applyAsDouble(pair));
    }

    /** Takes a label of any pair, in the pool or not. */
    GreedyState.Update take(float[] taken, double informationOfLabel) {
        var update = state.take(taken, informationOfLabel);
        var work = IntStream.range(0, front);
        if ((long) front * row.length > 1 << 18) {
            work = work.parallel();
        }
        work.forEach(position -> {
            variances[position] = update.variance(rows[position], variances[position]);
            targeted[position] = update.targeted(rows[position], targeted[position]);
        });
        return update;
    }

    /** Upper bound of the gain that any single pick so far lost against exact greedy; 0 when the batch is exact. */
    double worstLoss() {
        return worstLoss;
    }
}
