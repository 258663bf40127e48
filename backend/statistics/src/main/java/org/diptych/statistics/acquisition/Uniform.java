package org.diptych.statistics.acquisition;

import java.util.Map;
import java.util.random.RandomGenerator;

/** Every eligible pair with the same probability: the baseline, and what measurement needs. */
final class Uniform implements AcquisitionPolicy {
    @Override
    public String name() {
        return "uniform";
    }

    @Override
    public Selection begin(Pool pool, Past past, RandomGenerator random) {
        return new Selection() {
            @Override
            public int next(Eligible eligible) {
                return eligible.draw(random);
            }

            @Override
            public double probability(int pair, int wanted, Eligible eligible) {
                return 1.0 / eligible.count();
            }

            @Override
            public Map<String, Double> scores(int pair) {
                return Map.of();
            }

            @Override
            public void take(int pair) {
                // the next draw needs only the eligible pairs
            }
        };
    }
}
