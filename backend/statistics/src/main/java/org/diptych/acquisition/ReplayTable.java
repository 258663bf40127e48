package org.diptych.acquisition;

import java.util.Arrays;

/**
 * Real ratings with features, as pairs: what {@link Replay} replays.
 *
 * <p>Pairs are all pairs of edits of one item. A rater's verdict on a pair is the sign of the difference of the rater's
 * summed scores; the majority is the sign of the sum of the verdicts.
 */
public final class ReplayTable {
    /** A rater who scored only one of the two edits, or none. */
    static final byte NO_VERDICT = Byte.MIN_VALUE;

    private final FeatureMatrix edits;
    private final FeatureMatrix pairs;
    private final FeatureMatrix items;
    private final int[] itemOfPair;
    private final byte[][] verdicts;
    private final byte[] majority;
    private final int width;

    /**
     * Pairs up the edits.
     *
     * @param features one row per edit, complete and standardised
     * @param itemOfEdit item number of each edit, 0 … without gaps
     * @param scores summed scores of each edit by each rater, {@code [edit][rater]}; NaN where there is none
     */
    ReplayTable(FeatureMatrix features, int[] itemOfEdit, double[][] scores) {
        edits = features;
        width = features.width();
        int itemCount = Arrays.stream(itemOfEdit).max().orElse(-1) + 1;
        items = itemMeans(features, itemOfEdit, itemCount);
        int count = 0;
        for (int left = 0; left < itemOfEdit.length; left++) {
            for (int right = left + 1; right < itemOfEdit.length; right++) {
                count += itemOfEdit[left] == itemOfEdit[right] ? 1 : 0;
            }
        }
        pairs = FeatureMatrix.zeros(count, width);
        itemOfPair = new int[count];
        verdicts = new byte[count][];
        majority = new byte[count];
        int pair = 0;
        var row = new float[width];
        for (int left = 0; left < itemOfEdit.length; left++) {
            for (int right = left + 1; right < itemOfEdit.length; right++) {
                if (itemOfEdit[left] == itemOfEdit[right]) {
                    features.read(left, row);
                    features.subtract(right, row);
                    pairs.set(pair, row);
                    itemOfPair[pair] = itemOfEdit[left];
                    verdicts[pair] = verdicts(scores[left], scores[right]);
                    majority[pair] = majority(verdicts[pair]);
                    pair++;
                }
            }
        }
    }

    private static FeatureMatrix itemMeans(FeatureMatrix features, int[] itemOfEdit, int itemCount) {
        var sums = new float[itemCount][features.width()];
        var counts = new int[itemCount];
        var row = new float[features.width()];
        for (int edit = 0; edit < itemOfEdit.length; edit++) {
            features.read(edit, row);
            counts[itemOfEdit[edit]]++;
            for (int column = 0; column < row.length; column++) {
                sums[itemOfEdit[edit]][column] += row[column];
            }
        }
        var means = FeatureMatrix.zeros(itemCount, features.width());
        for (int item = 0; item < itemCount; item++) {
            for (int column = 0; column < row.length; column++) {
                sums[item][column] /= counts[item];
            }
            means.set(item, sums[item]);
        }
        return means;
    }

    private static byte[] verdicts(double[] left, double[] right) {
        var verdicts = new byte[left.length];
        for (int rater = 0; rater < left.length; rater++) {
            double difference = left[rater] - right[rater];
            verdicts[rater] = Double.isNaN(difference) ? NO_VERDICT : (byte) Math.signum(difference);
        }
        return verdicts;
    }

    private static byte majority(byte[] verdicts) {
        int sum = 0;
        for (byte verdict : verdicts) {
            sum += verdict == NO_VERDICT ? 0 : verdict;
        }
        return (byte) Integer.signum(sum);
    }

    /** Number of edits that take part. */
    public int edits() {
        return edits.size();
    }

    /** Number of pairs. */
    public int pairs() {
        return itemOfPair.length;
    }

    /** Number of items. */
    public int items() {
        return items.size();
    }

    /** Number of raters. */
    public int raters() {
        return verdicts.length == 0 ? 0 : verdicts[0].length;
    }

    /** Number of features in use. */
    public int width() {
        return width;
    }

    /** Number of pairs whose majority sees no difference. */
    public int majorityTies() {
        int ties = 0;
        for (byte verdict : majority) {
            ties += verdict == 0 ? 1 : 0;
        }
        return ties;
    }

    PairFeatures features() {
        return pairs;
    }

    /** Mean features of each item's edits: what the table has in place of instruction features. */
    FeatureMatrix itemFeatures() {
        return items;
    }

    int item(int pair) {
        return itemOfPair[pair];
    }

    /** +1 first, 0 tie, -1 second, per rater. */
    byte[] verdicts(int pair) {
        return verdicts[pair];
    }

    /** +1 first, 0 tie, -1 second. */
    int majority(int pair) {
        return majority[pair];
    }
}
