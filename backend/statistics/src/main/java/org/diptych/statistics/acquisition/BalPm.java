package org.diptych.statistics.acquisition;

import java.util.Arrays;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * In the manner of BAL-PM (Melo et al., "Deep Bayesian active learning for preference modeling in large language
 * models", NeurIPS 2024, arXiv 2406.10023): mutual information plus a weighted k-nearest-neighbour estimate of what the
 * pair's instruction adds to the entropy of all labelled instructions, log of the distance to the k-th nearest labelled
 * one. So batches spread over instructions that nobody labelled yet. Pools without instruction features are chosen from
 * by mutual information alone.
 *
 * @param neighbours k
 * @param weight of the entropy part
 */
record BalPm(int neighbours, double weight) implements AcquisitionPolicy {
    /** As in the authors' experiments. */
    static final int NEIGHBOURS = 13;
    /** As in the authors' experiments. */
    static final double WEIGHT = .01;
    /** Most past labels that are looked at, an even sample of more. */
    private static final int MOST_LABELLED = 2_000;

    @Override
    public String name() {
        return "bal-pm";
    }

    @Override
    public Selection begin(Pool pool, Past past, RandomGenerator random) {
        var information = new float[pool.size()];
        IntStream.range(0, pool.size())
                .parallel()
                .forEach(pair -> information[pair] = (float) Bald.of(pool.margin(pair), pool.epistemic(pair)));
        var instructions = pool.instructions();
        if (instructions == null) {
            return new Ranking("mutualInformation", pool.size(), pair -> information[pair]);
        }
        var spread = new Spread(pool, instructions.features(), information);
        int[] labelled = instructions.labelled();
        int stride = Math.max(1, Math.ceilDiv(labelled.length, MOST_LABELLED));
        for (int label = 0; label < labelled.length; label += stride) {
            spread.add(labelled[label]);
        }
        return spread;
    }

    /** Distances of every item to its nearest labelled ones, kept up to date while the batch grows. */
    private final class Spread implements Selection {
        private final Pool pool;
        private final FeatureMatrix features;
        private final float[] information;
        /** Squared distances, rising, {@code neighbours} per item. */
        private final float[] nearest;

        Spread(Pool pool, FeatureMatrix features, float[] information) {
            this.pool = pool;
            this.features = features;
            this.information = information;
            nearest = new float[features.size() * neighbours];
            Arrays.fill(nearest, Float.POSITIVE_INFINITY);
        }

        private void add(int labelledItem) {
            var centre = new float[features.width()];
            features.read(labelledItem, centre);
            IntStream.range(0, features.size()).parallel().forEach(item -> {
                var row = new float[centre.length];
                features.read(item, row);
                float squared = 0;
                for (int column = 0; column < row.length; column++) {
                    float difference = row[column] - centre[column];
                    squared += difference * difference;
                }
                insert(item * neighbours, squared);
            });
        }

        private void insert(int start, float squared) {
            int position = start + neighbours - 1;
            if (squared >= nearest[position]) {
                return;
            }
            while (position > start && nearest[position - 1] > squared) {
                nearest[position] = nearest[position - 1];
                position--;
            }
            nearest[position] = squared;
        }

        /** Log of the distance to the k-th nearest labelled item, or to the farthest one while there are fewer than k. */
        private double logDistance(int item) {
            for (int rank = neighbours - 1; rank >= 0; rank--) {
                float squared = nearest[item * neighbours + rank];
                if (squared < Float.POSITIVE_INFINITY) {
                    return Math.log(squared + 1e-6) / 2;
                }
            }
            return 0;
        }

        @Override
        public int next(Eligible eligible) {
            var entropies = new double[features.size()];
            Arrays.setAll(entropies, this::logDistance);
            int best = -1;
            double highest = Double.NEGATIVE_INFINITY;
            for (int pair = 0; pair < information.length; pair++) {
                if (eligible.contains(pair)) {
                    double score = information[pair] + weight * entropies[pool.item(pair)];
                    if (score > highest) {
                        highest = score;
                        best = pair;
                    }
                }
            }
            return best;
        }

        @Override
        public double probability(int pair, int wanted, Eligible eligible) {
            return pair == wanted ? 1 : 0;
        }

        @Override
        public Map<String, Double> scores(int pair) {
            return Map.of(
                    "mutualInformation",
                    (double) information[pair],
                    "logInstructionDistance",
                    logDistance(pool.item(pair)));
        }

        @Override
        public void take(int pair) {
            add(pool.item(pair));
        }
    }
}
