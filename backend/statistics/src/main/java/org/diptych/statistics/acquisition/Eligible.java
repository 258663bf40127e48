package org.diptych.statistics.acquisition;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The pairs that may still enter the batch: not chosen yet, and neither their item nor their group has reached its cap.
 * Counted exactly, because the selection probabilities need the count.
 */
public final class Eligible {
    private final boolean[] open;
    private final Membership items;
    private final Membership groups;
    private int count;

    Eligible(Pool pool, Caps caps) {
        open = new boolean[pool.size()];
        Arrays.fill(open, true);
        count = open.length;
        items = new Membership(open.length, pool::item, caps.perItem());
        groups = new Membership(open.length, pool::group, caps.perGroup());
    }

    /** Whether the pair may be chosen. */
    public boolean contains(int pair) {
        return open[pair];
    }

    /** Number of pairs that may be chosen. */
    public int count() {
        return count;
    }

    /** One of them, each with the same probability. */
    int draw(RandomGenerator random) {
        // while most pairs are eligible a few trials find one
        for (int trial = 0; trial < 64; trial++) {
            int pair = random.nextInt(open.length);
            if (open[pair]) {
                return pair;
            }
        }
        int wanted = random.nextInt(count);
        for (int pair = 0; pair < open.length; pair++) {
            if (open[pair] && wanted-- == 0) {
                return pair;
            }
        }
        throw new IllegalStateException("No pair is eligible");
    }

    /** Sum of the eligible pairs' weights. */
    double sum(double[] weights) {
        double sum = 0;
        for (int pair = 0; pair < open.length; pair++) {
            if (open[pair]) {
                sum += weights[pair];
            }
        }
        return sum;
    }

    void take(int pair) {
        close(pair);
        items.take(pair, this::close);
        groups.take(pair, this::close);
    }

    private void close(int pair) {
        if (open[pair]) {
            open[pair] = false;
            count--;
        }
    }
}
