package org.diptych.reward.encoder;

import ai.djl.MalformedModelException;
import ai.djl.Model;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A network in a file: arrays in, one vector out. */
sealed interface ExportedNetwork extends AutoCloseable {

    /** An input, one of a batch of one. */
    sealed interface Input {

        /** Pixels, 1 x 3 x size x size. */
        record Pixels(float[] values, int size) implements Input {}

        /** Token ids, 1 x n. */
        record Tokens(long[] values) implements Input {}
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

    /** Opens a file by its ending. */
    static ExportedNetwork open(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new EncodingException(
                    "the exported network %s is missing: export it again or correct the path".formatted(file));
        }
        var name = file.getFileName().toString();
        if (name.endsWith(".onnx")) {
            return new Onnx(file);
        }
        if (name.endsWith(".pt") || name.endsWith(".pth")) {
            return new TorchScript(file);
        }
        throw new EncodingException("%s is neither ONNX (.onnx) nor TorchScript (.pt)".formatted(file));
    }

    /** ONNX Runtime; on a GPU when the runtime on the class path has one. */
    final class Onnx implements ExportedNetwork {

        private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
        private final OrtSession session;
        private final Path file;

        private Onnx(Path file) {
            this.file = file;
            try (var options = new OrtSession.SessionOptions()) {
                options.setIntraOpNumThreads(Integer.getInteger("ai.djl.pytorch.num_threads", 1));
                if (OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)) {
                    options.addCUDA(0);
                }
                session = environment.createSession(file.toString(), options);
            } catch (OrtException e) {
                throw new EncodingException("%s is not a usable ONNX file: %s".formatted(file, e.getMessage()), e);
            }
        }

        @Override
        public float[] run(List<Input> inputs) {
            var names = new ArrayList<>(session.getInputNames());
            if (names.size() != inputs.size()) {
                throw new EncodingException(
                        "%s has the inputs %s, but %d are given".formatted(file, names, inputs.size()));
            }
            var tensors = new LinkedHashMap<String, OnnxTensorLike>();
            try {
                for (int i = 0; i < inputs.size(); i++) {
                    tensors.put(names.get(i), tensor(inputs.get(i)));
                }
                try (var result = session.run(tensors)) {
                    if (!(result.get(0) instanceof OnnxTensor output)) {
                        throw new EncodingException("the first output of %s is not a tensor".formatted(file));
                    }
                    var buffer = output.getFloatBuffer();
                    float[] values = new float[buffer.remaining()];
                    buffer.get(values);
                    return values;
                }
            } catch (OrtException e) {
                throw new EncodingException("%s refused its input: %s".formatted(file, e.getMessage()), e);
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
                throw new EncodingException("%s could not be released".formatted(file), e);
            }
        }
    }

    /** DJL's PyTorch engine; on the GPU when there is one. */
    final class TorchScript implements ExportedNetwork {

        private final Model model;
        private final Path file;

        private TorchScript(Path file) {
            this.file = file;
            PyTorch.engine();
            model = Model.newInstance("exported", PyTorch.device(), "PyTorch");
            try {
                model.load(file.toAbsolutePath().getParent(), file.getFileName().toString());
            } catch (IOException | MalformedModelException | RuntimeException e) {
                model.close();
                throw new EncodingException(
                        "%s is not a usable TorchScript file: %s".formatted(file, e.getMessage()), e);
            }
        }

        @Override
        public float[] run(List<Input> inputs) {
            try (var predictor = model.newPredictor(new Inputs())) {
                return predictor.predict(inputs);
            } catch (TranslateException e) {
                throw new EncodingException("%s refused its input: %s".formatted(file, e.getMessage()), e);
            }
        }

        @Override
        public void close() {
            model.close();
        }

        /** Arrays in, the first output out. */
        private static final class Inputs implements Translator<List<Input>, float[]> {

            @Override
            public NDList processInput(TranslatorContext context, List<Input> inputs) {
                NDManager manager = context.getNDManager();
                var list = new NDList();
                for (var input : inputs) {
                    switch (input) {
                        case Input.Pixels(float[] values, int size) ->
                            list.add(manager.create(values, new Shape(1, 3, size, size)));
                        case Input.Tokens(long[] values) ->
                            list.add(manager.create(values, new Shape(1, values.length)));
                    }
                }
                return list;
            }

            @Override
            public float[] processOutput(TranslatorContext context, NDList outputs) {
                return outputs.getFirst().toFloatArray();
            }

            @Override
            public @Nullable Batchifier getBatchifier() {
                return null;
            }
        }
    }
}
