package org.diptych.reward.encoder;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/**
 * MobileNetV2 (Sandler et al., CVPR 2018, arXiv 1801.04381; width 1.0, 224 x 224), batch norms folded, run for its inner feature
 * maps. Weights: {@code backbone/mobilenet-v2.safetensors}, MIT licence beside it.
 */
final class MobileNetV2 implements AutoCloseable {

    /** Side of the square input. */
    static final int SIDE = 224;

    static final String WEIGHTS = "/org/diptych/reward/backbone/mobilenet-v2.safetensors";

    private static final int[] STRIDES = {1, 2, 1, 2, 1, 1, 2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1};
    private static final boolean[] RESIDUAL = {
        false, false, true, false, true, true, false, true, true, true, false, true, true, false, true, true, false
    };

    private final NDManager manager;
    private final Map<String, NDArray> weights = new HashMap<>();
    private final byte[] file;

    MobileNetV2(Device device) {
        file = read(WEIGHTS);
        manager = PyTorch.newManager(device);
        try (var decoded = NDList.decode(manager, new ByteArrayInputStream(file))) {
            for (var array : decoded) {
                // decoded arrays are views of a Java buffer that the collector may free: own memory, not a cast
                var owned = array.duplicate();
                owned.attach(manager);
                weights.put(array.getName(), owned);
            }
        } catch (RuntimeException e) {
            manager.close();
            throw new EncodingException("the embedded backbone's weights cannot be read", e);
        }
    }

    /** The bytes of the weights, for the encoder's digest. */
    byte[] file() {
        return file;
    }

    /**
     * Runs one image through the network.
     *
     * @param planes RGB / 255 in CHW order, 3 x 224 x 224
     */
    Taps run(float[] planes) {
        try (var scope = new NDScope();
                var local = manager.newSubManager()) {
            scope.suppressNotUsedWarning();
            var x = local.create(planes, new Shape(1, 3, SIDE, SIDE));
            x = convolve(x, "stem", 2, 1).clip(0, 6);
            float[] block2 = {};
            float[] block5 = {};
            float[] block10 = {};
            float[] block12 = {};
            for (int n = 0; n < STRIDES.length; n++) {
                x = block(x, n);
                switch (n) {
                    case 2 -> block2 = x.toFloatArray();
                    case 5 -> block5 = x.toFloatArray();
                    case 10 -> block10 = x.toFloatArray();
                    case 12 -> block12 = x.toFloatArray();
                    default -> {}
                }
            }
            var head = convolve(x, "head", 1, 1).clip(0, 6);
            var pooled = head.mean(new int[] {3}).mean(new int[] {2}).toFloatArray();
            return new Taps(
                    new Taps.Map(24, 56, block2),
                    new Taps.Map(32, 28, block5),
                    new Taps.Map(96, 14, block10),
                    new Taps.Map(96, 14, block12),
                    pooled);
        }
    }

    private NDArray block(NDArray input, int n) {
        var name = "block_" + n;
        var x = n == 0 ? input : convolve(input, name + ".expand", 1, 1).clip(0, 6);
        int channels = (int) x.getShape().get(1);
        x = convolve(x, name + ".depthwise", STRIDES[n], channels).clip(0, 6);
        x = convolve(x, name + ".project", 1, 1);
        return RESIDUAL[n] ? x.add(input) : x;
    }

    private NDArray convolve(NDArray input, String name, int stride, int groups) {
        var weight = weight(name + ".weight");
        boolean pointwise = weight.getShape().get(2) == 1;
        // "same" padding of the original framework: even sizes with stride 2 get one row and column at the far end only
        var padded = stride == 2 ? input.pad(new Shape(0, 1, 0, 1), 0) : input;
        var padding = pointwise || stride == 2 ? new Shape(0, 0) : new Shape(1, 1);
        return Conv2d.conv2d(
                        padded,
                        weight,
                        weight(name + ".bias"),
                        new Shape(stride, stride),
                        padding,
                        new Shape(1, 1),
                        groups)
                .singletonOrThrow();
    }

    private NDArray weight(String name) {
        var weight = weights.get(name);
        if (weight == null) {
            throw new EncodingException("the embedded backbone lacks the tensor " + name);
        }
        return weight;
    }

    @Override
    public void close() {
        manager.close();
    }

    static byte[] read(String resource) {
        try (InputStream stream = MobileNetV2.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new EncodingException("the resource " + resource + " is missing from the class path");
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new EncodingException("the resource " + resource + " cannot be read", e);
        }
    }
}
