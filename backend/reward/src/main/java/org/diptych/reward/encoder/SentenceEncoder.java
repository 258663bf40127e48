package org.diptych.reward.encoder;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/**
 * The sentence encoder all-MiniLM-L6-v2 (quantised; Wang et al., NeurIPS 2020, arXiv 2002.10957): mean-pooled, unit length, 384
 * numbers.
 */
final class SentenceEncoder implements AutoCloseable {

    static final int DIMENSION = 384;

    static final String MODEL = "/all-minilm-l6-v2-q.onnx";

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final NativeResources opened = new NativeResources();
    private final HuggingFaceTokenizer tokenizer;
    private final OrtSession session;
    private final byte[] model;

    SentenceEncoder() {
        model = read(MODEL);
        try (var options = new OrtSession.SessionOptions()) {
            tokenizer = opened.add(HuggingFaceTokenizer.newInstance(
                    new ByteArrayInputStream(read("/all-minilm-l6-v2-q-tokenizer.json")),
                    Map.of("truncation", "true", "maxLength", "256", "padding", "false")));
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            session = opened.add(environment.createSession(model, options));
        } catch (IOException | OrtException e) {
            var failure = new EncodingException("the embedded sentence encoder cannot be loaded", e);
            opened.closeAfter(failure);
            throw failure;
        } catch (RuntimeException | Error e) {
            opened.closeAfter(e);
            throw e;
        }
    }

    /** The bytes of the model, for the encoder's digest. */
    byte[] file() {
        return model;
    }

    /** Embeds one sentence as a vector of length 1. */
    float[] embed(String sentence) {
        var encoding = tokenizer.encode(sentence.isBlank() ? "." : sentence.strip());
        long[] mask = encoding.getAttentionMask();
        var inputs = new HashMap<String, OnnxTensor>();
        try {
            for (var name : session.getInputNames()) {
                long[] values = switch (name) {
                    case "input_ids" -> encoding.getIds();
                    case "attention_mask" -> mask;
                    case "token_type_ids" -> encoding.getTypeIds();
                    default -> throw new EncodingException("the sentence encoder has an unknown input " + name);
                };
                inputs.put(name, OnnxTensor.createTensor(environment, new long[][] {values}));
            }
            try (var result = session.run(inputs)) {
                return pool((float[][][]) result.get(0).getValue(), mask);
            }
        } catch (OrtException e) {
            throw new EncodingException("the sentence encoder failed on: " + sentence, e);
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    private static float[] pool(float[][][] hidden, long[] mask) {
        float[] sum = new float[DIMENSION];
        for (int t = 0; t < mask.length; t++) {
            for (int i = 0; mask[t] != 0 && i < DIMENSION; i++) {
                sum[i] += hidden[0][t][i];
            }
        }
        double square = 0;
        for (float value : sum) {
            square += (double) value * value;
        }
        float length = (float) Math.sqrt(square);
        for (int i = 0; i < DIMENSION; i++) {
            sum[i] /= length;
        }
        return sum;
    }

    @Override
    public void close() {
        opened.close();
    }

    static byte[] read(String resource) {
        try (InputStream stream = SentenceEncoder.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new EncodingException("the resource " + resource + " is missing from the class path");
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new EncodingException("the resource " + resource + " cannot be read", e);
        }
    }
}
