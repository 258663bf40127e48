package org.diptych.reward;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much of a batch is computed at once. A step adds up the gradients of its pieces, so halving the pieces changes the memory of a step
 * and not what it learns. The pieces start as whole batches and are halved whenever the device's memory is exhausted, for the rest of the
 * run.
 */
final class DeviceMemory {

    private static final Logger log = LoggerFactory.getLogger(DeviceMemory.class);

    /** Hears of every piece before it is computed; the engine's own memory in tests. */
    @FunctionalInterface
    interface Boundary {
        /** @throws EngineException as the engine does when so many labels do not fit */
        void reserve(int labels);
    }

    private final Device device;
    private final Boundary boundary;
    private int pieces = 1;

    DeviceMemory(Device device, Boundary boundary) {
        this.device = device;
        this.boundary = boundary;
    }

    /** Into how many pieces batches are cut now. */
    int pieces() {
        return pieces;
    }

    /** To be called before a piece is computed. */
    void reserve(int labels) {
        boundary.reserve(labels);
    }

    /**
     * Halves the pieces after a failure.
     *
     * @param labels of the batch that failed
     * @throws EngineException the failure, if memory was not its cause
     * @throws TrainingException if single labels do not fit either
     */
    void halve(EngineException failure, int labels) {
        if (!exhausted(failure)) {
            throw failure;
        }
        if (pieces >= labels) {
            throw new TrainingException(
                    "the memory of %s does not hold the computation for a single label; free it or train on another device"
                            .formatted(device));
        }
        pieces *= 2;
        if (device.isGpu()) {
            JniUtils.emptyCudaCache();
        }
        log.warn("the memory of {} is exhausted; going on with batches in {} pieces", device, pieces);
    }

    /** Whether the engine says that memory is exhausted: its GPU and CPU allocators, cuBLAS and cuDNN say it in different words. */
    static boolean exhausted(EngineException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            var message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
            if (message.contains("out of memory")
                    || message.contains("cublas_status_alloc_failed")
                    || message.contains("cudnn_status_alloc_failed")
                    || message.contains("can't allocate memory")
                    || message.contains("not enough memory")) {
                return true;
            }
        }
        return false;
    }
}
