package org.diptych.statistics.acquisition;

import java.util.ArrayList;
import java.util.List;

/**
 * A new pair or another opinion: fills a batch of labels with the pairs that a policy proposes, except where one more
 * label of an already labelled pair is expected to teach more for its cost.
 *
 * <p>The common currency is the expected information about the model's weights, ½ log(1 + i x'Cx) nats, with i the
 * information of the label about the margin under the {@link LabelInformation}: for a new pair that of its first label, for
 * a labelled one what the next label adds. A repeat has to beat the best new pair of the whole pool, not the one that the
 * policy happens to propose: the best of many repeats would often beat a random pair, and nothing would be learnt from
 * that about repeating.
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

    private final Pool fresh;
    private final Labelled labelled;
    private final LabelInformation annotators;
    private final LabelCost cost;
    private final GreedyDesign design;
    private final Eligible eligible;
    private final int[] asked;
    private final double[] variances;
    private final List<Request> requests = new ArrayList<>();

    private NextOpinions(Pool fresh, Labelled labelled, Past past, LabelInformation annotators, LabelCost cost) {
        this.fresh = fresh;
        this.labelled = labelled;
        this.annotators = annotators;
        this.cost = cost;
        design = new GreedyDesign(fresh, past, null, GreedyDesign.FRONT, this::firstLabel);
        eligible = new Eligible(fresh, Caps.NONE);
        asked = labelled.labels().clone();
        variances = new Variances(past.root()).of(labelled.pool().features());
    }

    /**
     * Plans labels: new pairs in the order of the proposals, repeats between them.
     *
     * @param size labels wanted
     * @param proposals what the policy chose from the fresh pool, in order
     * @param fresh pairs without a label
     * @param labelled pairs with labels
     * @param past the posterior of the weights
     * @param annotators how much a label can be trusted
     * @param cost what labels cost
     */
    public static List<Request> plan(
            int size,
            Batch proposals,
            Pool fresh,
            Labelled labelled,
            Past past,
            LabelInformation annotators,
            LabelCost cost) {
        return new NextOpinions(fresh, labelled, past, annotators, cost).plan(size, proposals.pairs());
    }

    private List<Request> plan(int size, int[] proposals) {
        int next = 0;
        while (requests.size() < size) {
            int repeat = bestRepeat();
            boolean open = next < proposals.length;
            double firstGain = open ? design.gain(design.next(eligible)) / cost.first() : 0;
            if (repeat >= 0 && repeatGain(repeat) / cost.next() > firstGain) {
                again(repeat);
            } else if (open) {
                first(proposals[next++]);
            } else {
                break;
            }
        }
        return requests;
    }

    private int bestRepeat() {
        int best = -1;
        double highest = 0;
        for (int pair = 0; pair < asked.length; pair++) {
            if (asked[pair] < labelled.most() && repeatGain(pair) > highest) {
                highest = repeatGain(pair);
                best = pair;
            }
        }
        return best;
    }

    private double firstLabel(int pair) {
        return annotators.information(fresh.win(pair), 1);
    }

    private double nextLabel(int pair) {
        return annotators.nextLabel(labelled.pool().win(pair), asked[pair]);
    }

    private double repeatGain(int pair) {
        return Math.log1p(nextLabel(pair) * variances[pair]) / 2;
    }

    private void first(int pair) {
        requests.add(new Request(false, pair, design.gain(pair)));
        eligible.take(pair);
        var row = new float[fresh.features().width()];
        fresh.features().read(pair, row);
        learn(row, firstLabel(pair));
    }

    private void again(int pair) {
        requests.add(new Request(true, pair, repeatGain(pair)));
        var row = new float[fresh.features().width()];
        labelled.pool().features().read(pair, row);
        double information = nextLabel(pair);
        asked[pair]++;
        learn(row, information);
    }

    private void learn(float[] taken, double information) {
        var update = design.take(taken, information);
        var row = new float[taken.length];
        for (int pair = 0; pair < variances.length; pair++) {
            labelled.pool().features().read(pair, row);
            variances[pair] = update.variance(row, variances[pair]);
        }
    }
}
