package org.diptych.reward.encoder;

/**
 * Feature maps of {@link MobileNetV2}, from fine to coarse, and the pooled vector of the whole image (1280).
 */
record Taps(Map block2, Map block5, Map block10, Map block12, float[] pooled) {

    /**
     * A square feature map in CHW order.
     *
     * @param channels number of channels
     * @param side rows and columns
     * @param values channels x side x side numbers
     */
    record Map(int channels, int side, float[] values) {}
}
