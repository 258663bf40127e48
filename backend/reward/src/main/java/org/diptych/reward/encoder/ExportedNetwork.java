package org.diptych.reward.encoder;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.Batchifier;
import ai.djl.translate.TranslateException;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A network in a file: arrays in, one vector out. */
public sealed interface ExportedNetwork extends AutoCloseable {

    /** An input, one of a batch of one. */
    sealed interface Input {

        /** This input as an array of the manager. */
        NDArray array(NDManager manager);

        /** Pixels, 1 x 3 x size x size. */
        record Pixels(float[] values, int size) implements Input {
            @Override
            public NDArray array(NDManager manager) {
                return manager.create(values, new Shape(1, 3, size, size));
            }
        }

        /** Token ids, 1 x n. */
        record Tokens(long[] values) implements Input {
            @Override
            public NDArray array(NDManager manager) {
                return manager.create(values, new Shape(1, values.length));
            }
        }
    }

    /**
     * Runs the network.
     *
     * @return its first output, flat
     * @throws EncodingException if the network refuses the inputs
     */
    float[] run(List<Input> inputs);

    @Override
    void close();

    /**
     * Opens a file by its ending.
     *
     * @param field the configuration's field that names it, for messages
     */
    static ExportedNetwork open(String field, Path file) {
        var name = file.getFileName().toString();
        var called = "\"%s\": %s".formatted(field, file);
        if (name.endsWith(".onnx")) {
            return new Onnx(file, called);
        }
        if (name.endsWith(".pt") || name.endsWith(".pth")) {
            return new TorchScript(file, called);
        }
        throw new EncodingException(called + " is neither ONNX (.onnx) nor TorchScript (.pt)");
    }

    /**
     * Refuses what is not one vector: hidden states of all positions would be stored as features otherwise.
     *
     * @param called the network, for the message
     * @param shape of its first output
     */
    private static void requireVector(String called, long[] shape) {
        boolean vector = shape.length == 1 || (shape.length == 2 && shape[0] == 1);
        if (!vector || shape[shape.length - 1] < 1) {
            throw new EncodingException(
                    "%s gives an output of shape %s, but one vector (n, or 1 x n) is needed: pool it before the export"
                            .formatted(called, Arrays.toString(shape)));
        }
    }

    /** ONNX Runtime; on a GPU when the runtime on the class path has one. */
    final class Onnx implements ExportedNetwork {

        private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
        private final OrtSession session;
        private final String called;

        private Onnx(Path file, String called) {
            this.called = called;
            try (var options = new OrtSession.SessionOptions()) {
                options.setIntraOpNumThreads(Integer.getInteger("ai.djl.pytorch.num_threads", 1));
                if (OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)) {
                    options.addCUDA(0);
                }
                session = environment.createSession(file.toString(), options);
            } catch (OrtException e) {
                throw new EncodingException("%s is not a usable ONNX file: %s".formatted(called, e.getMessage()), e);
            }
        }

        @Override
        public float[] run(List<Input> inputs) {
            var names = new ArrayList<>(session.getInputNames());
            if (names.size() != inputs.size()) {
                throw new EncodingException(
                        "%s has the inputs %s, but %d are given".formatted(called, names, inputs.size()));
            }
            var tensors = new LinkedHashMap<String, OnnxTensorLike>();
            try {
                for (int i = 0; i < inputs.size(); i++) {
                    tensors.put(names.get(i), tensor(inputs.get(i)));
                }
                try (var result = session.run(tensors)) {
                    if (!(result.get(0) instanceof OnnxTensor output)) {
                        throw new EncodingException("the first output of %s is not a tensor".formatted(called));
                    }
                    requireVector(called, output.getInfo().getShape());
                    var buffer = output.getFloatBuffer();
                    float[] values = new float[buffer.remaining()];
                    buffer.get(values);
                    return values;
                }
            } catch (OrtException e) {
                throw new EncodingException("%s refused its input: %s".formatted(called, e.getMessage()), e);
            } finally {
                tensors.values().forEach(OnnxTensorLike::close);
            }
        }

        private OnnxTensor tensor(Input input) throws OrtException {
            return switch (input) {
                case Input.Pixels(float[] values, int size) ->
                    OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), new long[] {1, 3, size, size});
                case Input.Tokens(long[] values) ->
                    OnnxTensor.createTensor(environment, LongBuffer.wrap(values), new long[] {1, values.length});
            };
        }

        @Override
        public void close() {
            try {
                session.close();
            } catch (OrtException e) {
                throw new EncodingException("%s could not be released".formatted(called), e);
            }
        }
    }

    /** DJL's PyTorch engine; on the GPU when there is one. */
    final class TorchScript implements ExportedNetwork {

        private final Model model;
        private final String called;

        private TorchScript(Path file, String called) {
            this.called = called;
            PyTorch.engine();
            model = Model.newInstance("exported", PyTorch.device(), "PyTorch");
            try {
                model.load(file.toAbsolutePath().getParent(), file.getFileName().toString());
            } catch (IOException | MalformedModelException | RuntimeException e) {
                model.close();
                throw new EncodingException(
                        "%s is not a usable TorchScript file: %s".formatted(called, e.getMessage()), e);
            }
        }

        @Override
        public float[] run(List<Input> inputs) {
            try (var predictor = model.newPredictor(new Inputs(called))) {
                return predictor.predict(inputs);
            } catch (TranslateException e) {
                if (e.getCause() instanceof EncodingException wrong) {
                    throw wrong;
                }
                throw new EncodingException("%s refused its input: %s".formatted(called, e.getMessage()), e);
            }
        }

        boolean hasParameters() {
            return !model.getBlock().getParameters().isEmpty();
        }

        @Override
        public void close() {
            model.close();
        }

        /** Arrays in, the first output out. */
        private record Inputs(String called) implements Translator<List<Input>, float[]> {

            @Override
            public NDList processInput(TranslatorContext context, List<Input> inputs) {
                var list = new NDList();
                for (var input : inputs) {
                    list.add(input.array(context.getNDManager()));
                }
                return list;
            }

            @Override
            public float[] processOutput(TranslatorContext context, NDList outputs) {
                requireVector(called, outputs.getFirst().getShape().getShape());
                return outputs.getFirst().toFloatArray();
            }

            @Override
            public @Nullable Batchifier getBatchifier() {
                return null;
            }
        }
    }
}
