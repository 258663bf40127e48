package org.diptych.statistics.acquisition;

import java.util.random.RandomGenerator;

/**
 * Greedy D-optimal design on {@code sqrt(information) x}: each pick adds most to the log determinant of the posterior
 * precision of the last layer, {@code log det(P + sum h x x')}, past labels included (Shen, Sun, Ton, "Reviving the
 * classics: active reward modeling", ICML 2025, arXiv 2502.04354, "PA D-opt"). The score is the expected information
 * about the weights in nats, ½ log(1 + h x' C x), with C the posterior covariance after all picks so far; so a second
 * pair like the first one is worth less.
 *
 * @param front most pairs that compete at full resolution; a longer front costs time, see {@link GreedyDesign}
 */
record DOptimal(int front) implements AcquisitionPolicy {
    @Override
    public String name() {
        return "d-optimal";
    }

    @Override
    public boolean designs() {
        return true;
    }

    @Override
    public Selection begin(Pool pool, Past past, RandomGenerator random) {
        return new GreedyDesign(pool, past, null, front);
    }
}
