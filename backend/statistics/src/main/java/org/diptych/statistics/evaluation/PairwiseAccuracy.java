package org.diptych.statistics.evaluation;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The share of pairs on which a scalar model agrees with the human preference.
 *
 * <p>{@link #heldOut} or {@link #crossFitted} is the number to report. The methods whose names begin with
 * {@code editReward} compute what the EditReward evaluation code computes (arXiv 2509.26346,
 * {@code EditReward/evaluate/eval_bench.py}) so that published tables can be compared with; they choose the tie
 * threshold on the test set itself and therefore flatter every model.
 */
public final class PairwiseAccuracy {

    private static final String NO_PAIRS = "there are no pairs";
    private static final String ONLY_TIES = "every pair is a human tie";

    private PairwiseAccuracy() {}

    /** Three-way accuracy (first, second, tie) at a given threshold. */
    public static Accuracy withTies(ScoredPairs pairs, TieThreshold threshold) {
        int right = 0;
        for (int pair = 0; pair < pairs.size(); pair++) {
            if (threshold.isRight(pairs.human(pair), pairs.margin(pair))) {
                right++;
            }
        }
        return Accuracy.of(right, pairs.size(), pairs.majorityCount(), NO_PAIRS);
    }

    /** Two-way accuracy over the pairs with a human preference; a margin of exactly 0 is wrong. */
    public static Accuracy withoutTies(ScoredPairs pairs) {
        int[] strict = IntStream.range(0, pairs.size())
                .filter(pair -> pairs.human(pair) != 0)
                .toArray();
        Accuracy accuracy = withTies(pairs.select(strict), TieThreshold.NEVER);
        return Accuracy.of(
                accuracy.correct(), strict.length, pairs.select(strict).majorityCount(), ONLY_TIES);
    }

    /** Three-way accuracy on the test pairs with the threshold chosen on validation pairs. */
    public static Calibrated heldOut(ScoredPairs test, ScoredPairs validation) {
        Accuracy optimum = testSetOptimum(test);
        return TieThreshold.calibrate(validation)
                .map(threshold -> new Calibrated(withTies(test, threshold), Measure.of(threshold.epsilon()), optimum))
                .orElseGet(() -> {
                    String reason = "there are no validation pairs to choose the tie threshold on";
                    return new Calibrated(
                            new Accuracy(Measure.undefined(reason), optimum.majorityClass(), 0, test.size()),
                            Measure.undefined(reason),
                            optimum);
                });
    }

    /**
     * Three-way accuracy where no validation pairs are to be had: the threshold of each fold is chosen on the other
     * folds. Groups stay whole.
     */
    public static Calibrated crossFitted(ScoredPairs pairs, int folds, RandomGenerator random) {
        double[] correctness = crossFittedCorrectness(pairs, folds, random);
        int right = (int) Arrays.stream(correctness).sum();
        Accuracy accuracy = Accuracy.of(right, pairs.size(), pairs.majorityCount(), NO_PAIRS);
        Measure epsilon = TieThreshold.calibrate(pairs)
                .map(threshold -> Measure.of(threshold.epsilon()))
                .orElseGet(() -> Measure.undefined(NO_PAIRS));
        return new Calibrated(accuracy, epsilon, testSetOptimum(pairs));
    }

    /** One 1 (right) or 0 (wrong) per pair at a given threshold: what {@link GroupBootstrap} compares models on. */
    public static double[] correctness(ScoredPairs pairs, TieThreshold threshold) {
        return IntStream.range(0, pairs.size())
                .mapToDouble(pair -> threshold.isRight(pairs.human(pair), pairs.margin(pair)) ? 1 : 0)
                .toArray();
    }

    /** As {@link #correctness}, with the threshold of each fold chosen on the other folds. */
    public static double[] crossFittedCorrectness(ScoredPairs pairs, int folds, RandomGenerator random) {
        int[] foldOf = ScoredPairs.foldByGroup(pairs.groups(), folds, random);
        double[] correctness = new double[pairs.size()];
        for (int fold = 0; fold < folds; fold++) {
            int current = fold;
            int[] others = IntStream.range(0, pairs.size())
                    .filter(pair -> foldOf[pair] != current)
                    .toArray();
            TieThreshold threshold =
                    TieThreshold.calibrate(pairs.select(others)).orElse(TieThreshold.NEVER);
            for (int pair = 0; pair < pairs.size(); pair++) {
                if (foldOf[pair] == fold && threshold.isRight(pairs.human(pair), pairs.margin(pair))) {
                    correctness[pair] = 1;
                }
            }
        }
        return correctness;
    }

    /**
     * The best three-way accuracy that any threshold reaches on these very pairs. An upper bound, not an estimate:
     * show it beside the held-out accuracy under this name.
     */
    public static Accuracy testSetOptimum(ScoredPairs pairs) {
        return withTies(pairs, TieThreshold.calibrate(pairs).orElse(TieThreshold.NEVER));
    }

    /**
     * "Accuracy with ties" exactly as the EditReward code computes it, threshold calibrated on the test set:
     * {@code max over k = 1..N of (human ties among the k smallest margins + concordant pairs among the others) / N},
     * margins sorted by size, stably.
     *
     * <p>Known faults, kept on purpose: "no ties" (k = 0) is never tried; runs of equal margins are split, so the
     * result can exceed the true optimum and depends on the order of the input. The code's minus infinity for an empty
     * input is undefined here.
     */
    public static Accuracy editRewardWithTiesCalibratedOnTestSet(ScoredPairs pairs) {
        int[] order = pairs.bySizeOfMargin();
        int concordant =
                (int) Arrays.stream(correctness(pairs, TieThreshold.NEVER)).sum();
        int ties = 0;
        int best = 0;
        for (int pair : order) {
            if (pairs.human(pair) == 0) {
                ties++;
            } else if (pairs.human(pair) * pairs.margin(pair) > 0) {
                concordant--;
            }
            best = Math.max(best, ties + concordant);
        }
        return Accuracy.of(best, pairs.size(), pairs.majorityCount(), NO_PAIRS);
    }

    /** "Accuracy without ties" as the EditReward code computes it; its division by zero is undefined here. */
    public static Accuracy editRewardWithoutTies(ScoredPairs pairs) {
        return withoutTies(pairs);
    }

    /**
     * A three-way accuracy with an honestly chosen threshold, beside the optimum that the test set would allow.
     *
     * @param accuracy with the threshold chosen on other pairs
     * @param epsilon the threshold (negative = never ties); of a cross-fit, the one of all pairs together, to be used
     *     from now on
     * @param testSetOptimum see {@link PairwiseAccuracy#testSetOptimum}
     */
    public record Calibrated(Accuracy accuracy, Measure epsilon, Accuracy testSetOptimum) {}
}
