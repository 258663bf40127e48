package org.diptych.statistics.evaluation;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Scores against human preferences between two edits, ties among them (GenAI-Bench and AURORA-Bench as EditReward reads
 * them, arXiv 2509.26346).
 *
 * @param withTies three answers. Published: the tie threshold is chosen on the test set. Corrected: it is chosen on other
 *     source images
 * @param withoutTies two answers, pairs with a human preference alone
 * @param epsilon the threshold that all pairs together would choose (negative: never a tie), to be used from now on
 * @param testSetOptimum the best three-way accuracy that any threshold reaches on these very pairs: an upper bound
 */
public record PairBenchmark(SideBySide withTies, SideBySide withoutTies, Measure epsilon, Measure testSetOptimum) {

    private static final String NO_PAIRS = "there are no pairs";
    private static final String ONE_SOURCE = "a tie threshold is chosen on other source images, and there is only one";

    public static PairBenchmark of(ScoredPairs pairs, Resampling resampling) {
        int[] strict = IntStream.range(0, pairs.size())
                .filter(pair -> pairs.human(pair) != 0)
                .toArray();
        ScoredPairs preferred = pairs.select(strict);
        Accuracy twoWay = PairwiseAccuracy.editRewardWithoutTies(pairs);
        return new PairBenchmark(
                withTies(pairs, resampling),
                resampling.mean(
                        twoWay.value(),
                        PairwiseAccuracy.correctness(preferred, TieThreshold.NEVER),
                        preferred.groups(),
                        twoWay.majorityClass(),
                        Measure.of(1 / 2.0),
                        "every pair is a human tie"),
                TieThreshold.calibrate(pairs)
                        .map(threshold -> Measure.of(threshold.epsilon()))
                        .orElseGet(() -> Measure.undefined(NO_PAIRS)),
                PairwiseAccuracy.testSetOptimum(pairs).value());
    }

    static SideBySide withTies(ScoredPairs pairs, Resampling resampling) {
        Accuracy published = PairwiseAccuracy.editRewardWithTiesCalibratedOnTestSet(pairs);
        Measure chance = Measure.of(1 / 3.0);
        if (resampling.folds(pairs.groups()) < 2) {
            return undefined(
                    published.value(),
                    pairs.size() == 0 ? NO_PAIRS : ONE_SOURCE,
                    published.majorityClass(),
                    chance,
                    pairs.groups());
        }
        return resampling.mean(
                published.value(),
                crossFitted(pairs, resampling),
                pairs.groups(),
                published.majorityClass(),
                chance,
                NO_PAIRS);
    }

    private static SideBySide undefined(
            Measure published, String reason, Measure majority, Measure chance, int[] groups) {
        return new SideBySide(
                published,
                Measure.undefined(reason),
                new Estimate.Undefined(reason),
                majority,
                chance,
                groups.length,
                Resampling.distinct(groups));
    }

    private static double[] crossFitted(ScoredPairs pairs, Resampling resampling) {
        return PairwiseAccuracy.crossFittedCorrectness(pairs, resampling.folds(pairs.groups()), resampling.random());
    }

    /**
     * Four answers (first, second, tie, both bad), of which one score an edit can give three: it says how far apart two edits
     * are, not whether both are bad. Pairs that people call bad are counted and wrong.
     *
     * @param pairs those that people did not call both bad
     * @param bothBad source images of the others
     */
    public static SideBySide fourWay(ScoredPairs pairs, int[] bothBad, Resampling resampling) {
        int all = pairs.size() + bothBad.length;
        int[] groups = Arrays.copyOf(pairs.groups(), all);
        System.arraycopy(bothBad, 0, groups, pairs.size(), bothBad.length);
        Accuracy best = PairwiseAccuracy.editRewardWithTiesCalibratedOnTestSet(pairs);
        Measure published = Measure.share(best.correct(), all, NO_PAIRS);
        Measure majority = Measure.share(Math.max(pairs.majorityCount(), bothBad.length), all, NO_PAIRS);
        Measure chance = Measure.of(1 / 4.0);
        if (resampling.folds(pairs.groups()) == 1) {
            return undefined(published, ONE_SOURCE, majority, chance, groups);
        }
        double[] correctness = pairs.size() == 0 ? new double[all] : Arrays.copyOf(crossFitted(pairs, resampling), all);
        return resampling.mean(published, correctness, groups, majority, chance, NO_PAIRS);
    }
}
