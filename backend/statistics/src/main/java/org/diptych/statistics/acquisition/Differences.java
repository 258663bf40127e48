package org.diptych.statistics.acquisition;

import java.util.Objects;

/** Pairs as differences of candidates' rows: eight bytes a pair however wide the features are. */
final class Differences implements PairFeatures {
    private final FeatureMatrix candidates;
    private final int[] first;
    private final int[] second;

    Differences(FeatureMatrix candidates, int[] first, int[] second) {
        if (first.length != second.length) {
            throw new IllegalArgumentException(
                    "Each pair needs two candidates: %d first, %d second".formatted(first.length, second.length));
        }
        for (int pair = 0; pair < first.length; pair++) {
            Objects.checkIndex(first[pair], candidates.size());
            Objects.checkIndex(second[pair], candidates.size());
        }
        this.candidates = candidates;
        this.first = first.clone();
        this.second = second.clone();
    }

    @Override
    public int size() {
        return first.length;
    }

    @Override
    public int width() {
        return candidates.width();
    }

    @Override
    public void read(int pair, float[] target) {
        candidates.read(first[pair], target);
        candidates.subtract(second[pair], target);
    }
}
