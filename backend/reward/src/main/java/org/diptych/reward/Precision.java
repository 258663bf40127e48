package org.diptych.reward;

import ai.djl.Device;

/**
 * Number format of the products with the features, which are nearly all of the work. Parameters, the optimizer's moments, sums and the
 * loss are always float32.
 */
enum Precision {
    /** What processors are good at. */
    FLOAT32("float32"),
    /** What GPUs are good at: {@link HalfProducts}. */
    FLOAT16("float16 products on float32 parameters");

    private final String description;

    Precision(String description) {
        this.description = description;
    }

    /** For the model card. */
    String description() {
        return description;
    }

    static Precision of(Device device) {
        return device.isGpu() ? FLOAT16 : FLOAT32;
    }
}
