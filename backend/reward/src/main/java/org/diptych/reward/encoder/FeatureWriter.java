package org.diptych.reward.encoder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Collects the features of one edit block by block; the layout follows from what was written. */
final class FeatureWriter {

    private final List<FeatureBlock> blocks = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private float[] values = new float[1024];
    private int size;

    /** Writes one block. */
    void block(String name, FeatureBlock.Kind kind, Runnable content) {
        int start = size;
        content.run();
        blocks.add(new FeatureBlock(name, kind, size - start));
    }

    /**
     * Adds one feature.
     *
     * @throws EncodingException if the value is not finite
     */
    void add(String name, double value) {
        if (!Double.isFinite(value)) {
            throw new EncodingException("the feature %s is %s".formatted(name, value));
        }
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
        }
        names.add(name);
        values[size++] = (float) value;
    }

    void addAll(String name, float[] more) {
        for (int i = 0; i < more.length; i++) {
            add(name + "." + i, more[i]);
        }
    }

    FeatureLayout layout() {
        return new FeatureLayout(blocks);
    }

    /** One name per feature, for reports. */
    List<String> names() {
        return List.copyOf(names);
    }

    float[] values() {
        return Arrays.copyOf(values, size);
    }
}
