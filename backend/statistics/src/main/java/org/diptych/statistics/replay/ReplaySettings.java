package org.diptych.statistics.replay;

import java.util.List;
import java.util.function.Function;
import org.diptych.statistics.acquisition.AcquisitionPolicy;

/**
 * What a replay does.
 *
 * @param policies the arms; uniform is always among them
 * @param labelsPerPair how each arm spends its budget
 * @param batch labels between two fits; the first batch is random and shared by all arms
 * @param labels budget of each arm
 * @param splits random divisions into held-out and pool groups
 * @param heldOut groups (items, where items are groups of their own) held out in each
 * @param prior the prior of the model in all arms alike, from the features of the pool
 * @param keepTies whether ties are kept as labels that count half for each side; otherwise a label is a random strict
 *     opinion, and pairs whose majority is a tie leave the pool. They are never held out.
 * @param reliabilities simulated noise on top of the real raters: each label comes from an annotator with one of these
 *     reliabilities, who else gives one of the other verdicts; empty for none. The model weights a label by 2 r - 1, relative to the mean annotator.
 * @param seed the same seed replays the same
 */
public record ReplaySettings(
        List<AcquisitionPolicy> policies,
        LabelsPerPair labelsPerPair,
        int batch,
        int labels,
        int splits,
        int heldOut,
        Function<FeatureSpectrum, Prior> prior,
        boolean keepTies,
        List<Double> reliabilities,
        long seed) {
    /** Checks the numbers. */
    public ReplaySettings {
        policies = List.copyOf(policies);
        reliabilities = List.copyOf(reliabilities);
        if (batch < 1 || labels < batch || splits < 2 || heldOut < 1) {
            throw new IllegalArgumentException(
                    "batch >= 1, labels >= batch, splits >= 2 and held-out >= 1 are needed, not %d, %d, %d, %d"
                            .formatted(batch, labels, splits, heldOut));
        }
        for (double reliability : reliabilities) {
            if (!(reliability > .5 && reliability <= 1)) {
                throw new IllegalArgumentException("A reliability lies in (.5, 1], not " + reliability);
            }
        }
    }

    /** The benchmark of the documentation: 20 labels a batch, 420 in all, 40 splits, 50 held-out items, prior by evidence. */
    public static ReplaySettings standard(List<AcquisitionPolicy> policies) {
        return new ReplaySettings(
                policies, new LabelsPerPair.Fixed(1), 20, 420, 40, 50, Prior::evidence, true, List.of(), 0);
    }

    /** The same with another spending of the budget. */
    public ReplaySettings withLabelsPerPair(LabelsPerPair other) {
        return new ReplaySettings(
                policies, other, batch, labels, splits, heldOut, prior, keepTies, reliabilities, seed);
    }

    /** The same with another prior and another treatment of ties. */
    public ReplaySettings withPrior(Function<FeatureSpectrum, Prior> other, boolean ties) {
        return new ReplaySettings(
                policies, labelsPerPair, batch, labels, splits, heldOut, other, ties, reliabilities, seed);
    }

    /** The same with another number of splits. */
    public ReplaySettings withSplits(int other) {
        return new ReplaySettings(
                policies, labelsPerPair, batch, labels, other, heldOut, prior, keepTies, reliabilities, seed);
    }

    /** The same with simulated annotators. */
    public ReplaySettings withReliabilities(List<Double> others) {
        return new ReplaySettings(
                policies, labelsPerPair, batch, labels, splits, heldOut, prior, keepTies, others, seed);
    }
}
