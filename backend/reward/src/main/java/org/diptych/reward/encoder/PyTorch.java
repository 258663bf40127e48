package org.diptych.reward.encoder;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The one place that starts DJL's PyTorch engine, with settings that must stand before its first use.
 *
 * <p>One thread by default: on a shared machine two threads of the engine spin against each other and fall far behind one;
 * encoding gains more from two callers. Set {@code ai.djl.pytorch.num_threads} on a machine that the worker owns.
 */
public final class PyTorch {

    static {
        defaultTo("ai.djl.pytorch.num_threads", "1");
        defaultTo("ai.djl.pytorch.num_interop_threads", "1");
        // the profiling executor recompiles kernels at the first calls: slow, and results differ between runs
        defaultTo("ai.djl.pytorch.graph_optimizer", "false");
        defaultTo("OPT_OUT_TRACKING", "true");
    }

    /** Held by whoever trains: the engine records the gradients of one thread at a time in a process. */
    public static final ReentrantLock TRAINING = new ReentrantLock();

    private PyTorch() {}

    /** The engine, started on first use (its native library is unpacked once into DJL's cache folder). */
    public static Engine engine() {
        return Engine.getEngine("PyTorch");
    }

    /** The device that models run on: the first GPU if the engine sees one, else the CPU. */
    public static Device device() {
        return engine().defaultDevice();
    }

    /**
     * A manager that owns native memory until it is closed, for the calling thread. The engine records gradients by
     * default in every thread but its first; from here on this one records only inside of a gradient collector, as in-place
     * updates of parameters require.
     */
    public static NDManager newManager(Device device) {
        var engine = engine();
        JniUtils.setGradMode(false);
        return engine.newBaseManager(device);
    }

    /** Sets the gradient of a parameter to zero, whatever it holds; does nothing before its first gradient. */
    public static void zeroGradient(NDArray parameter) {
        JniUtils.zeroGrad((PtNDArray) parameter);
    }

    private static void defaultTo(String key, String value) {
        if (System.getProperty(key) == null) {
            System.setProperty(key, value);
        }
    }
}
