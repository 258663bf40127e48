package org.diptych.statistics.replay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.diptych.statistics.acquisition.FeatureMatrix;
import org.diptych.statistics.replay.ReplayTableReader.MalformedTableException;

/**
 * Reads a campaign's candidates, pairs and labels into a {@link ReplayTable}; the caller brings the file format. The
 * candidates come twice in the same order: once to {@link #learn}, once to {@link #candidate}, so that only their reduced
 * features are kept.
 *
 * <p>What is held out is a group (source image) with all its items. Accuracy is measured on pairs of the uniform stratum
 * where the campaign has any with labels, since chosen pairs are no fair sample.
 */
public final class CampaignTableReader {
    private final int width;
    private final FeatureReduction.Learner learner;
    private FeatureReduction reduction;
    private final List<float[]> candidates = new ArrayList<>();
    private final List<Integer> itemOfCandidate = new ArrayList<>();
    private final List<Integer> groupOfCandidate = new ArrayList<>();
    private final Map<String, Integer> items = new HashMap<>();
    private final Map<String, Integer> groups = new HashMap<>();
    private final Map<String, Integer> groupOfItem = new HashMap<>();
    private final List<int[]> pairs = new ArrayList<>();
    private final List<byte[]> verdicts = new ArrayList<>();
    private final List<Boolean> uniform = new ArrayList<>();
    private final Set<String> annotators = new HashSet<>();
    private final Set<List<Integer>> seen = new HashSet<>();

    /**
     * Starts.
     *
     * @param width features of a candidate
     */
    @SuppressWarnings("NullAway.Init") // the reduction is learnt when the first pass ends
    public CampaignTableReader(int width) {
        if (width < 1) {
            throw new MalformedTableException(1, "features: at least one is needed, not " + width);
        }
        this.width = width;
        learner = new FeatureReduction.Learner(width);
    }

    /**
     * First pass: a candidate's features.
     *
     * @param line its line in the file, for messages
     * @throws MalformedTableException when there are too many or too few, or one is not finite
     */
    public void learn(long line, float[] features) {
        if (features.length != width) {
            throw new MalformedTableException(
                    line, "features: %d numbers, but the first line says %d".formatted(features.length, width));
        }
        for (int column = 0; column < width; column++) {
            if (!Float.isFinite(features[column])) {
                throw new MalformedTableException(
                        line, "features: number %d is %s; it must be finite".formatted(column + 1, features[column]));
            }
        }
        learner.add(features);
    }

    /** Between the passes. */
    public void endOfFirstPass() {
        try {
            reduction = learner.learn();
        } catch (IllegalArgumentException constant) {
            throw new MalformedTableException(1, "features: " + constant.getMessage());
        }
    }

    /**
     * Second pass: a candidate, numbered 0, 1, … in the order of the file.
     *
     * @param group what must not be separated by a split: the digest of the source image
     * @throws MalformedTableException when one item is in two groups
     */
    public void candidate(long line, String item, String group, float[] features) {
        int groupNumber = groups.computeIfAbsent(group, _ -> groups.size());
        int before = groupOfItem.computeIfAbsent(item, _ -> groupNumber);
        if (before != groupNumber) {
            throw new MalformedTableException(line, "group: the item %s is in two groups".formatted(item));
        }
        itemOfCandidate.add(items.computeIfAbsent(item, _ -> items.size()));
        groupOfCandidate.add(groupNumber);
        candidates.add(reduction.reduce(features));
    }

    /** What an annotator said about a pair. */
    public enum Verdict {
        /** The first candidate is better. */
        FIRST(1),
        /** Neither is. */
        TIE(0),
        /** Neither is, and neither is acceptable; it counts as a tie. */
        BOTH_BAD(0),
        /** The second candidate is better. */
        SECOND(-1);

        private final byte sign;

        Verdict(int sign) {
            this.sign = (byte) sign;
        }
    }

    /**
     * An answer.
     *
     * @param annotator who gave it
     * @param verdict what it says overall
     */
    public record Label(String annotator, Verdict verdict) {}

    /**
     * A pair with its labels, in the order in which they were given.
     *
     * @param first number of its first candidate
     * @param second number of its second candidate
     * @param measured whether the pair was drawn at random, so that accuracy may be measured on it
     * @throws MalformedTableException when a candidate is unknown, the two are not of one item, or the pair came before
     */
    public void pair(long line, int first, int second, boolean measured, List<Label> labels) {
        requireCandidate(line, "first", first);
        requireCandidate(line, "second", second);
        if (first == second || !itemOfCandidate.get(first).equals(itemOfCandidate.get(second))) {
            throw new MalformedTableException(
                    line, "second: %d and %d are not two candidates of one item".formatted(first, second));
        }
        if (labels.isEmpty()) {
            throw new MalformedTableException(line, "labels: at least one is needed");
        }
        if (!seen.add(List.of(Math.min(first, second), Math.max(first, second)))) {
            throw new MalformedTableException(line, "A second line for the pair %d, %d".formatted(first, second));
        }
        var said = new byte[labels.size()];
        for (int label = 0; label < said.length; label++) {
            said[label] = labels.get(label).verdict().sign;
            annotators.add(labels.get(label).annotator());
        }
        pairs.add(new int[] {first, second});
        verdicts.add(said);
        uniform.add(measured);
    }

    private void requireCandidate(long line, String field, int number) {
        if (number < 0 || number >= candidates.size()) {
            throw new MalformedTableException(
                    line, "%s: there is no candidate %d before this line".formatted(field, number));
        }
    }

    /**
     * The table of everything added.
     *
     * @throws MalformedTableException when there is no pair
     */
    public ReplayTable table() {
        if (pairs.isEmpty()) {
            throw new MalformedTableException(1, "No pair has a label, so there is nothing to replay");
        }
        int[] first = pairs.stream().mapToInt(pair -> pair[0]).toArray();
        int[] second = pairs.stream().mapToInt(pair -> pair[1]).toArray();
        boolean any = uniform.contains(true);
        var measured = new boolean[pairs.size()];
        for (int pair = 0; pair < measured.length; pair++) {
            measured[pair] = !any || uniform.get(pair);
        }
        return new ReplayTable(
                FeatureMatrix.of(candidates),
                itemOfCandidate.stream().mapToInt(Integer::intValue).toArray(),
                first,
                second,
                Arrays.stream(first).map(groupOfCandidate::get).toArray(),
                verdicts.toArray(byte[][]::new),
                measured,
                annotators.size());
    }
}
