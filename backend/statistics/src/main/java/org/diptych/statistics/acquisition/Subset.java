package org.diptych.statistics.acquisition;

/** Some of the pairs, in the given order, without copying their features. */
public record Subset(PairFeatures features, int[] pairs) implements PairFeatures {
    @Override
    public int size() {
        return pairs.length;
    }

    @Override
    public int width() {
        return features.width();
    }

    @Override
    public void read(int pair, float[] target) {
        features.read(pairs[pair], target);
    }
}
