package org.diptych.acquisition;

import java.util.ArrayList;
import java.util.List;

/**
 * A new pair or another opinion: fills a batch of labels with the pairs that a policy proposes, except where one more
 * label of an already labelled pair is expected to teach more.
 *
 * <p>The common currency is the expected information about the model's weights, ½ log(1 + i x'Cx) nats, with i the
 * information of the label about the margin under the {@link AnnotatorModel}: for a new pair that of its first label, for
 * a labelled one what the next label adds. A repeat must beat the best of the proposals, not their average: choosing the
 * best of many repeats against one random pair would favour repeats by luck.
 */
public final class NextOpinions {
    /**
     * One label to ask for.
     *
     * @param repeat whether {@code pair} is an index into the labelled pool; otherwise into the fresh one
     * @param pair index of the pair
     * @param nats expected information
     */
    public record Request(boolean repeat, int pair, double nats) {}

    /**
     * Labelled pairs that may be asked again.
     *
     * @param pool the pairs under the current model
     * @param labels labels so far of each
     * @param most labels that a pair may get in all
     */
    public record Labelled(Pool pool, int[] labels, int most) {
        /** Checks the lengths. */
        public Labelled {
            if (labels.length != pool.size()) {
                throw new IllegalArgumentException("%d pairs, %d counts".formatted(pool.size(), labels.length));
            }
        }
    }

    private final AnnotatorModel annotators;
    private final GreedyState state;
    private final float[] row;

    private NextOpinions(Past past, AnnotatorModel annotators) {
        this.annotators = annotators;
        state = new GreedyState(past.covariance(), null);
        row = new float[past.width()];
    }

    /**
     * Plans as many labels as there are proposals.
     *
     * @param proposals what the policy chose from the fresh pool, in order
     * @param fresh pairs without a label
     * @param labelled pairs with labels
     * @param past the posterior of the weights
     * @param annotators how much a label can be trusted
     */
    public static List<Request> plan(
            Batch proposals, Pool fresh, Labelled labelled, Past past, AnnotatorModel annotators) {
        return new NextOpinions(past, annotators).plan(proposals.pairs(), fresh, labelled);
    }

    private List<Request> plan(int[] proposals, Pool fresh, Labelled labelled) {
        var requests = new ArrayList<Request>(proposals.length);
        var asked = labelled.labels().clone();
        int next = 0;
        while (requests.size() < proposals.length) {
            double bestFresh = 0;
            for (int rank = next; rank < proposals.length; rank++) {
                double information = annotators.information(fresh.win(proposals[rank]), 1);
                bestFresh = Math.max(bestFresh, gain(fresh, proposals[rank], information));
            }
            int repeat = -1;
            double bestRepeat = bestFresh;
            for (int pair = 0; pair < asked.length; pair++) {
                if (asked[pair] < labelled.most()) {
                    double information = annotators.nextLabel(labelled.pool().win(pair), asked[pair]);
                    double gain = gain(labelled.pool(), pair, information);
                    if (gain > bestRepeat) {
                        bestRepeat = gain;
                        repeat = pair;
                    }
                }
            }
            if (repeat >= 0) {
                double information = annotators.nextLabel(labelled.pool().win(repeat), asked[repeat]);
                requests.add(new Request(true, repeat, take(labelled.pool(), repeat, information)));
                asked[repeat]++;
            } else {
                int pair = proposals[next++];
                double information = annotators.information(fresh.win(pair), 1);
                requests.add(new Request(false, pair, take(fresh, pair, information)));
            }
        }
        return requests;
    }

    private double gain(Pool pool, int pair, double information) {
        pool.features().read(pair, row);
        state.point(row);
        return state.gain(information, state.variance(), 0);
    }

    private double take(Pool pool, int pair, double information) {
        double gain = gain(pool, pair, information);
        state.take(information);
        return gain;
    }
}
