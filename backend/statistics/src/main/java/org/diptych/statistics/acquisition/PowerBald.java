package org.diptych.statistics.acquisition;

import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * BALD with noise against redundant batches: pairs drawn without replacement with probability proportional to their
 * mutual information to the power of {@code power}, by the Gumbel top-k trick (Kirsch et al., arXiv 2106.12059). Its
 * selection probabilities are smooth, which suits unbiased estimation.
 *
 * @param power 1 in the paper; larger is greedier
 */
record PowerBald(double power) implements AcquisitionPolicy {
    @Override
    public String name() {
        return "power-bald";
    }

    @Override
    public Selection begin(Pool pool, Past past, RandomGenerator random) {
        int size = pool.size();
        var information = new double[size];
        IntStream.range(0, size)
                .parallel()
                .forEach(pair -> information[pair] = Bald.of(pool.margin(pair), pool.epistemic(pair)));
        // every weight stays positive, so that every pair keeps a positive probability
        var weights = new double[size];
        var keys = new double[size];
        for (int pair = 0; pair < size; pair++) {
            double logWeight = power * Math.log(Math.max(information[pair], 1e-12));
            weights[pair] = Math.exp(logWeight);
            keys[pair] = logWeight - Math.log(-Math.log(1 - random.nextDouble()));
        }
        return new Gumbel(information, weights, new Ranking("key", size, pair -> keys[pair]));
    }

    /** Sequential view of the Gumbel top-k: the highest key among the rest is a draw in proportion to the weights. */
    private record Gumbel(double[] information, double[] weights, Ranking ranking) implements Selection {
        @Override
        public int next(Eligible eligible) {
            return ranking.next(eligible);
        }

        @Override
        public double probability(int pair, int wanted, Eligible eligible) {
            return weights[pair] / eligible.sum(weights);
        }

        @Override
        public Map<String, Double> scores(int pair) {
            return Map.of("mutualInformation", information[pair]);
        }

        @Override
        public void take(int pair) {
            // the keys stay
        }
    }
}
