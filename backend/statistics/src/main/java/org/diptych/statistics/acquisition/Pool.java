package org.diptych.statistics.acquisition;

import java.util.Arrays;

/**
 * The open pairs that a policy chooses from, stored by column: about 20 bytes a pair beside its features.
 *
 * <p>A pair is known by its index; the caller keeps the list of identifiers. All probabilities are the model's
 * predictive ones, i.e. its uncertainty about its own parameters is already averaged in.
 */
public final class Pool {
    private final PairFeatures features;
    private final int[] items;
    private final int[] groups;
    private final float[] first;
    private final float[] tie;
    private final float[] epistemic;
    private final LabelInformation annotators;

    /**
     * A pool; the arrays are not copied and must not change while it is in use.
     *
     * @param features feature difference of each pair
     * @param items number of the item that each pair belongs to, 0 … (small integers)
     * @param groups number of the group (source image) of each pair, 0 …; an item never spans two groups
     * @param first P(first candidate is preferred)
     * @param tie P(tie)
     * @param epistemic standard deviation of the margin (log-odds of first against second) that more labels could
     *     remove: from the posterior of the weights, or the spread of an ensemble
     * @throws IllegalArgumentException when the columns differ in length or a value is out of range, with its index
     */
    public Pool(PairFeatures features, int[] items, int[] groups, float[] first, float[] tie, float[] epistemic) {
        this(features, items, groups, first, tie, epistemic, LabelInformation.CAREFUL);
    }

    private Pool(
            PairFeatures features,
            int[] items,
            int[] groups,
            float[] first,
            float[] tie,
            float[] epistemic,
            LabelInformation annotators) {
        this.features = features;
        this.items = items;
        this.groups = groups;
        this.first = first;
        this.tie = tie;
        this.epistemic = epistemic;
        this.annotators = annotators;
        check();
    }

    private void check() {
        int size = features.size();
        if (items.length != size
                || groups.length != size
                || first.length != size
                || tie.length != size
                || epistemic.length != size) {
            throw new IllegalArgumentException(
                    "Every column of a pool of %d pairs must have that length".formatted(size));
        }
        for (int pair = 0; pair < size; pair++) {
            if (items[pair] < 0 || groups[pair] < 0) {
                throw new IllegalArgumentException("Pair %d has a negative item or group number".formatted(pair));
            }
            if (!(first[pair] >= 0 && tie[pair] >= 0 && first[pair] + tie[pair] <= 1.00001f)) {
                throw new IllegalArgumentException("Pair %d has P(first) = %s, P(tie) = %s: no probabilities"
                        .formatted(pair, first[pair], tie[pair]));
            }
            if (!(epistemic[pair] >= 0 && epistemic[pair] < Float.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "Pair %d has the epistemic deviation %s".formatted(pair, epistemic[pair]));
            }
        }
    }

    /**
     * A pool before the first model: every outcome equally likely, so that only the design (the features) speaks.
     *
     * @param epistemic prior standard deviation of every pair's margin
     */
    public static Pool withoutModel(PairFeatures features, int[] items, int[] groups, float epistemic) {
        var third = new float[features.size()];
        var deviation = new float[features.size()];
        Arrays.fill(third, 1f / 3);
        Arrays.fill(deviation, epistemic);
        return new Pool(features, items, groups, third, third, deviation);
    }

    /** The same pairs with labels by annotators who err, so that {@link #information} is what their labels are worth. */
    public Pool withAnnotators(LabelInformation other) {
        return new Pool(features, items, groups, first, tie, epistemic, other);
    }

    /** Number of pairs. */
    public int size() {
        return items.length;
    }

    /** Feature difference of each pair. */
    public PairFeatures features() {
        return features;
    }

    /** Number of the pair's item. */
    public int item(int pair) {
        return items[pair];
    }

    /** Number of the pair's group. */
    public int group(int pair) {
        return groups[pair];
    }

    /** P(first preferred). */
    public double first(int pair) {
        return first[pair];
    }

    /** P(tie). */
    public double tie(int pair) {
        return tie[pair];
    }

    /** P(second preferred). */
    public double second(int pair) {
        return Math.max(0, 1 - (double) first[pair] - tie[pair]);
    }

    /** Standard deviation of the margin that labels could remove. */
    public double epistemic(int pair) {
        return epistemic[pair];
    }

    /**
     * P(first preferred), a tie counting half for each side; kept off 0 and 1 by what single precision can tell.
     */
    public double win(int pair) {
        return Math.clamp(first[pair] + tie[pair] / 2.0, 1e-7, 1 - 1e-7);
    }

    /**
     * Fisher information about the margin in one label of this pair: p (1 - p) at the posterior mean of the {@link
     * #margin} for careful annotators, as in Shen, Sun, Ton (ICML 2025), less for others ({@link #withAnnotators}). At
     * the mean rather than averaged, since averaging makes every pair that the model knows little about look like a coin
     * flip.
     */
    public double information(int pair) {
        return annotators.information(Logistic.sigmoid(margin(pair)), 1);
    }

    /**
     * Posterior mean of the margin: the one whose sigmoid, averaged over the epistemic deviation (MacKay 1992), is
     * {@link #win}.
     */
    public double margin(int pair) {
        double win = win(pair);
        double variance = (double) epistemic[pair] * epistemic[pair];
        return Math.log(win / (1 - win)) * Math.sqrt(1 + Math.PI * variance / 8);
    }
}
