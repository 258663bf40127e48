package org.diptych.statistics.replay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.diptych.statistics.acquisition.FeatureMatrix;
import org.diptych.statistics.acquisition.PairFeatures;

/**
 * Real ratings with features, as pairs: what {@link Replay} replays.
 *
 * <p>Either all pairs of edits of one item, a rater's verdict on a pair being the sign of the difference of the rater's
 * summed scores; or the pairs that a campaign labelled. The majority is the sign of the sum of the verdicts.
 */
public final class ReplayTable {
    /** A rater who scored only one of the two edits, or none. */
    static final byte NO_VERDICT = Byte.MIN_VALUE;

    private final int edits;
    private final PairFeatures pairs;
    private final FeatureMatrix items;
    private final int[] itemOfPair;
    private final int[] groupOfPair;
    private final byte[][] verdicts;
    private final byte[] majority;
    private final boolean[] measured;
    private final int raters;

    /**
     * Pairs up the edits of each item; items are groups of their own.
     *
     * @param features one row per edit, complete and standardised
     * @param itemOfEdit item number of each edit, 0 … without gaps
     * @param scores summed scores of each edit by each rater, {@code [edit][rater]}; NaN where there is none
     */
    static ReplayTable ofScores(FeatureMatrix features, int[] itemOfEdit, double[][] scores) {
        var first = IntStream.builder();
        var second = IntStream.builder();
        var groups = IntStream.builder();
        var verdicts = new ArrayList<byte[]>();
        for (int left = 0; left < itemOfEdit.length; left++) {
            for (int right = left + 1; right < itemOfEdit.length; right++) {
                if (itemOfEdit[left] == itemOfEdit[right]) {
                    first.add(left);
                    second.add(right);
                    groups.add(itemOfEdit[left]);
                    verdicts.add(verdicts(scores[left], scores[right]));
                }
            }
        }
        var all = new boolean[verdicts.size()];
        Arrays.fill(all, true);
        return new ReplayTable(
                features,
                itemOfEdit,
                first.build().toArray(),
                second.build().toArray(),
                groups.build().toArray(),
                verdicts.toArray(byte[][]::new),
                all,
                scores.length == 0 ? 0 : scores[0].length);
    }

    /**
     * The given pairs.
     *
     * @param features one row per edit
     * @param itemOfEdit item number of each edit, 0 … without gaps
     * @param first edit of each pair
     * @param second the other one, of the same item
     * @param groupOfPair number of what a split must not separate, 0 … without gaps
     * @param verdicts what each rater says of each pair
     * @param measured whether accuracy may be measured on the pair
     * @param raters how many different raters there are
     */
    ReplayTable(
            FeatureMatrix features,
            int[] itemOfEdit,
            int[] first,
            int[] second,
            int[] groupOfPair,
            byte[][] verdicts,
            boolean[] measured,
            int raters) {
        edits = features.size();
        pairs = PairFeatures.differences(features, first, second);
        items = itemMeans(features, itemOfEdit, Arrays.stream(itemOfEdit).max().orElse(-1) + 1);
        itemOfPair = Arrays.stream(first).map(edit -> itemOfEdit[edit]).toArray();
        this.groupOfPair = groupOfPair;
        this.verdicts = verdicts;
        this.measured = measured;
        this.raters = raters;
        majority = new byte[verdicts.length];
        for (int pair = 0; pair < majority.length; pair++) {
            majority[pair] = majority(verdicts[pair]);
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
        return edits;
    }

    /** Number of pairs. */
    public int pairs() {
        return itemOfPair.length;
    }

    /** Number of items. */
    public int items() {
        return items.size();
    }

    /** Number of groups: what is held out, or not, as a whole. */
    public int groups() {
        return Arrays.stream(groupOfPair).max().orElse(-1) + 1;
    }

    /** Number of labels. */
    public int labels() {
        int labels = 0;
        for (byte[] said : verdicts) {
            for (byte verdict : said) {
                labels += verdict == NO_VERDICT ? 0 : 1;
            }
        }
        return labels;
    }

    /** Number of raters. */
    public int raters() {
        return raters;
    }

    /** Number of features in use. */
    public int width() {
        return pairs.width();
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

    int group(int pair) {
        return groupOfPair[pair];
    }

    /** Whether accuracy may be measured on the pair. */
    boolean measured(int pair) {
        return measured[pair];
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
