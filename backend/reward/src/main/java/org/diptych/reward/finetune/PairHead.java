package org.diptych.reward.finetune;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.diptych.protocol.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * A small head that lets labels reach the backbone: one hidden layer, one score per dimension, and the probability of
 * verdicts with ties (Rao and Kupper, JASA 62, 1967). It is thrown away afterwards: the heads that score are trained on
 * the tuned features.
 */
final class PairHead {

    private static final int HIDDEN = 64;
    private static final float LEAST_THRESHOLD = 0.05f;

    private final NDArray first;
    private final NDArray bias;
    private final NDArray last;
    private final NDArray thresholds;

    /**
     * Makes a head with random weights.
     *
     * @param features length of the feature vector
     * @param dimensions number of scores
     */
    PairHead(NDManager manager, int features, int dimensions, long seed) {
        var random = new Random(seed);
        first = weights(manager, features, HIDDEN, random);
        bias = manager.zeros(new Shape(1, HIDDEN));
        last = weights(manager, HIDDEN, dimensions, random);
        thresholds = manager.zeros(new Shape(1, dimensions));
        parameters().forEach(parameter -> parameter.setRequiresGradient(true));
    }

    List<NDArray> parameters() {
        return List.of(first, bias, last, thresholds);
    }

    /** Scores of one edit, 1 x dimensions. */
    private NDArray score(NDArray features) {
        return features.matMul(first).add(bias).tanh().matMul(last);
    }

    /**
     * Minus the log probability of the verdicts, summed over the dimensions that have one.
     *
     * @param one features of the first edit, 1 x features
     * @param other features of the second
     */
    NDArray loss(NDArray one, NDArray other, List<@Nullable Verdict> verdicts) {
        var difference = score(one).sub(score(other));
        var threshold = Activation.softPlus(thresholds).add(LEAST_THRESHOLD);
        // log-sigmoid by softplus: stable for differences of any size
        var firstWins = Activation.softPlus(threshold.sub(difference)).neg();
        var secondWins = Activation.softPlus(threshold.add(difference)).neg();
        var tie = firstWins.add(secondWins).add(threshold.mul(2).exp().sub(1).log());
        var terms = new ArrayList<NDArray>();
        for (int d = 0; d < verdicts.size(); d++) {
            var column = ":, %d".formatted(d);
            switch (verdicts.get(d)) {
                case null -> {}
                case FIRST -> terms.add(firstWins.get(column));
                case SECOND -> terms.add(secondWins.get(column));
                case TIE, BOTH_BAD -> terms.add(tie.get(column));
            }
        }
        var sum = terms.getFirst();
        for (var term : terms.subList(1, terms.size())) {
            sum = sum.add(term);
        }
        return sum.sum().neg();
    }

    private static NDArray weights(NDManager manager, int inputs, int outputs, Random random) {
        float[] values = new float[inputs * outputs];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextGaussian() / Math.sqrt(inputs));
        }
        return manager.create(values, new Shape(inputs, outputs));
    }
}
