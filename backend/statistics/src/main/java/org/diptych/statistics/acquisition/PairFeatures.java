package org.diptych.statistics.acquisition;

/**
 * Feature vectors of pairs, read one at a time: the feature vector of the first candidate minus that of the second, in
 * the space in which the preference is (nearly) linear, e.g. the last layer of a reward model.
 *
 * <p>An interface rather than an array, because the vectors of a million pairs are either stored ({@link
 * FeatureMatrix}) or, far smaller, computed from the candidates ({@link #differences}).
 */
public interface PairFeatures {
    /** Number of pairs. */
    int size();

    /** Number of features of a pair. */
    int width();

    /**
     * Copies the feature vector of one pair.
     *
     * @param pair 0 … size - 1
     * @param target receives the first {@link #width()} elements
     */
    void read(int pair, float[] target);

    /**
     * The pairs of some candidates, stored as two indices a pair.
     *
     * @param candidates one row per candidate
     * @param first row of the first candidate of each pair
     * @param second row of the second candidate of each pair
     * @throws IllegalArgumentException when the two lists differ in length or name a row that is not there
     */
    static PairFeatures differences(FeatureMatrix candidates, int[] first, int[] second) {
        return new Differences(candidates, first, second);
    }

    /** No pair at all. */
    static PairFeatures none(int width) {
        return FeatureMatrix.zeros(0, width);
    }
}
