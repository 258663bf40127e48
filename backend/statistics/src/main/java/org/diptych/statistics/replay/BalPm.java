package org.diptych.statistics.replay;

import java.util.Arrays;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.diptych.statistics.acquisition.AcquisitionPolicy;
import org.diptych.statistics.acquisition.Bald;
import org.diptych.statistics.acquisition.Eligible;
import org.diptych.statistics.acquisition.FeatureMatrix;
import org.diptych.statistics.acquisition.Past;
import org.diptych.statistics.acquisition.Pool;
import org.diptych.statistics.acquisition.Selection;
import org.jspecify.annotations.Nullable;

/**
 * In the manner of BAL-PM (Melo et al., "Deep Bayesian active learning for preference modeling in large language
 * models", NeurIPS 2024, arXiv 2406.10023): mutual information plus a weighted k-nearest-neighbour estimate of what the
 * pair's instruction adds to the entropy of all labelled instructions, log of the distance to the k-th nearest labelled
 * one. So batches spread over instructions that nobody labelled yet. A campaign's pool has no features of instructions to
 * measure distances in, so this is a policy of replays alone.
 *
 * @param neighbours k
 * @param weight of the entropy part
 * @param instructions what is known of the items; null until there is something to choose from
 */
record BalPm(int neighbours, double weight, @Nullable Instructions instructions) implements AcquisitionPolicy {
    private static final int NEIGHBOURS = 13;
    private static final double WEIGHT = .01;
    /** Most past labels that are looked at, an even sample of more. */
    private static final int MOST_LABELLED = 2_000;

    /** As in the authors' experiments. */
    BalPm() {
        this(NEIGHBOURS, WEIGHT, null);
    }

    /**
     * The same policy for a pool whose items are these.
     *
     * @param features one row per item: an embedding of the instruction
     * @param labelled items of the past labels, an item once per label
     */
    BalPm knowing(FeatureMatrix features, int[] labelled) {
        return new BalPm(neighbours, weight, new Instructions(features, labelled));
    }

    @Override
    public String name() {
        return "bal-pm";
    }

    @Override
    public Selection begin(Pool pool, Past past, RandomGenerator random) {
        if (instructions == null) {
            throw new IllegalStateException("bal-pm has not been told the instructions of the pool");
        }
        var information = new float[pool.size()];
        IntStream.range(0, pool.size())
                .parallel()
                .forEach(pair -> information[pair] = (float) Bald.of(pool.margin(pair), pool.epistemic(pair)));
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
