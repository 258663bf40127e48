package org.diptych.statistics.acquisition;

import java.util.random.RandomGenerator;

/** The most uncertain answers first: Shannon entropy of the predicted verdict, in nats. */
final class Entropy implements AcquisitionPolicy {
    @Override
    public String name() {
        return "entropy";
    }

    @Override
    public Selection begin(Pool pool, Past past, RandomGenerator random) {
        return new Ranking("entropy", pool.size(), pair -> of(pool.first(pair), pool.tie(pair), pool.second(pair)));
    }

    static double of(double first, double tie, double second) {
        return term(first) + term(tie) + term(second);
    }

    private static double term(double probability) {
        return probability > 0 ? -probability * Math.log(probability) : 0;
    }
}
