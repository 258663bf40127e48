package org.diptych.statistics.acquisition;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Pools as campaigns really make them, and worse: without rank, without differences, on absurd scales. */
public enum DegeneratePool {
    EMPTY,
    ONE_PAIR,
    /** Every candidate has the same features. */
    NO_DIFFERENCES,
    /** All pairs differ in one direction only. */
    ONE_DIRECTION,
    /** Some features never differ. */
    CONSTANT_FEATURES,
    /** A handful of different pairs, each many times over. */
    DUPLICATES,
    /** Features that are sums of each other but for 1e-12. */
    COLLINEAR,
    HUGE,
    TINY,
    ABSURDLY_HUGE,
    ABSURDLY_TINY,
    /** Every feature on a scale of its own. */
    MIXED_SCALES,
    /** The model doubts nothing. */
    CERTAIN,
    /** The model knows nothing. */
    DOUBTFUL,
    /** Every answer is sure. */
    SURE,
    ORDINARY;

    static final int WIDTH = 9;

    /** A pool of this kind. */
    public Pool pool(long seed) {
        var random = new SplittableRandom(seed);
        int size = this == EMPTY ? 0 : this == ONE_PAIR ? 1 : 20 + random.nextInt(60);
        var features = FeatureMatrix.zeros(size, WIDTH);
        var items = new int[size];
        var groups = new int[size];
        var first = new float[size];
        var tie = new float[size];
        var epistemic = new float[size];
        for (int pair = 0; pair < size; pair++) {
            features.set(pair, row(random, features, pair));
            items[pair] = pair / 5;
            groups[pair] = pair / 10;
            tie[pair] = this == SURE ? 0 : (float) (random.nextDouble() * .4);
            first[pair] = this == SURE ? random.nextInt(2) : (float) (random.nextDouble() * (1 - tie[pair]));
            epistemic[pair] = switch (this) {
                case CERTAIN -> 0;
                case DOUBTFUL -> 1e15f * random.nextFloat();
                case ABSURDLY_TINY -> 1e-30f * random.nextFloat();
                case ABSURDLY_HUGE -> 1e30f * random.nextFloat();
                default -> random.nextFloat();
            };
        }
        return new Pool(features, items, groups, first, tie, epistemic);
    }

    private float[] row(SplittableRandom random, FeatureMatrix before, int pair) {
        var row = new float[WIDTH];
        if (this == NO_DIFFERENCES) {
            return row;
        }
        for (int column = 0; column < WIDTH; column++) {
            row[column] = (float) random.nextGaussian();
        }
        switch (this) {
            case ONE_DIRECTION -> {
                for (int column = 1; column < WIDTH; column++) {
                    row[column] = row[0] * (column - 4);
                }
            }
            case CONSTANT_FEATURES -> Arrays.fill(row, 3, WIDTH, 0);
            case DUPLICATES -> {
                if (pair >= 4) {
                    before.read(random.nextInt(4), row);
                }
            }
            case COLLINEAR -> {
                for (int column = 3; column < WIDTH; column++) {
                    row[column] = (float) (row[0] + row[1] + 1e-12 * random.nextGaussian());
                }
            }
            case HUGE -> scale(row, 1e9);
            case TINY -> scale(row, 1e-9);
            case ABSURDLY_HUGE -> scale(row, 1e35);
            case ABSURDLY_TINY -> scale(row, 1e-38);
            case MIXED_SCALES -> {
                for (int column = 0; column < WIDTH; column++) {
                    row[column] *= (float) Math.pow(10, 6 * (column - WIDTH / 2));
                }
            }
            default -> {
                // as drawn
            }
        }
        return row;
    }

    private static void scale(float[] row, double factor) {
        for (int column = 0; column < row.length; column++) {
            row[column] *= (float) factor;
        }
    }

    /** What labels of this pool's pairs have taught: none, a few, or all pairs many times over. */
    public static Past past(Pool pool, long seed) {
        var random = new SplittableRandom(seed);
        double strength = Math.pow(10, random.nextInt(-6, 7));
        int labels = pool.size() == 0 ? 0 : new int[] {0, 1, 5, pool.size(), 30 * pool.size()}[random.nextInt(5)];
        var pairs = new int[labels];
        var information = new double[labels];
        for (int label = 0; label < labels; label++) {
            pairs[label] = label < pool.size() ? label : random.nextInt(pool.size());
            information[label] = random.nextInt(4) == 0 ? 0 : random.nextDouble() * .25;
        }
        return Past.of(new Subset(pool.features(), pairs), information, strength);
    }
}
