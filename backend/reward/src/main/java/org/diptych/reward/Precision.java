package org.diptych.reward;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;

/**
 * Number format of the products with the features, which are nearly all of the work. Parameters, the optimizer's moments, sums and the
 * loss are always float32: the products read rounded copies, and gradients flow back to the float32 originals. Brain floats keep
 * float32's range, so the loss needs no scaling (Kalamkar et al., arXiv 1905.12322).
 */
enum Precision {
    /** What processors are good at. */
    FLOAT32("float32") {
        @Override
        NDArray product(NDArray x, NDArray weights) {
            return x.matMul(weights);
        }
    },
    /** What GPUs are good at. */
    BFLOAT16("bfloat16 products on float32 parameters") {
        @Override
        NDArray product(NDArray x, NDArray weights) {
            return x.toType(DataType.BFLOAT16, false)
                    .matMul(weights.toType(DataType.BFLOAT16, false))
                    .toType(DataType.FLOAT32, false);
        }
    };

    private final String description;

    Precision(String description) {
        this.description = description;
    }

    abstract NDArray product(NDArray x, NDArray weights);

    /** For the model card. */
    String description() {
        return description;
    }

    static Precision of(Device device) {
        return device.isGpu() ? BFLOAT16 : FLOAT32;
    }
}
