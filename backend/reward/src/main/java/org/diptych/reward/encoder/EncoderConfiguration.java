package org.diptych.reward.encoder;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Which encoder to use, read from a JSON file; {@code "encoder"} names the kind. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "encoder")
@JsonSubTypes({
    @JsonSubTypes.Type(value = EncoderConfiguration.Embedded.class, name = "embedded"),
    @JsonSubTypes.Type(value = EncoderConfiguration.Exported.class, name = "exported"),
    @JsonSubTypes.Type(value = EncoderConfiguration.Served.class, name = "served")
})
public sealed interface EncoderConfiguration {

    /** Unknown fields are refused: a misspelt one would be left out in silence. */
    JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** The encoder that comes with the product. */
    record Embedded() implements EncoderConfiguration {}

    /**
     * A backbone that the user exported, as ONNX ({@code .onnx}) or TorchScript ({@code .pt}). Paths are relative to the configuration.
     *
     * @param image a network from one image (1 x 3 x size x size) to one vector; null for a joint network
     * @param joint a network from source, edit and, with a tokenizer, token ids to one vector; null for an image network
     * @param text a network from token ids (1 x n) to a vector of the image network's length (CLIP, SigLIP); may be null
     * @param tokenizer {@code tokenizer.json} of the text or joint network; may be null
     * @param size side of the square input, in pixels
     * @param mean subtracted from red, green and blue after division by 255; three numbers
     * @param deviation what the result is divided by; three numbers
     * @param sha256 digests that the files must have, by the field that names them; none are checked if null
     * @param fineTune how to train the image or joint network with the labels; null to leave it as it is
     * @param tunedFrom id of the encoder that this one was tuned from; written by the tuning, null otherwise
     */
    record Exported(
            @Nullable String image,
            @Nullable String joint,
            @Nullable String text,
            @Nullable String tokenizer,
            int size,
            List<Float> mean,
            List<Float> deviation,
            @Nullable Map<String, String> sha256,
            @JsonProperty("fine_tune") @Nullable FineTune fineTune,
            @JsonProperty("tuned_from") @Nullable String tunedFrom)
            implements EncoderConfiguration {

        public Exported {
            if ((image == null) == (joint == null)) {
                throw new IllegalArgumentException("name either an \"image\" or a \"joint\" network");
            }
            if (text != null && tokenizer == null) {
                throw new IllegalArgumentException("a \"text\" network needs its \"tokenizer\"");
            }
            if (size < 1 || mean == null || mean.size() != 3 || deviation == null || deviation.size() != 3) {
                throw new IllegalArgumentException(
                        "give the input \"size\", and three numbers as \"mean\" and \"deviation\"");
            }
            if (fineTune != null
                    && !String.valueOf(image != null ? image : joint).endsWith(".pt")) {
                throw new IllegalArgumentException("\"fine_tune\" needs a TorchScript network (.pt)");
            }
            mean = List.copyOf(mean);
            deviation = List.copyOf(deviation);
            sha256 = sha256 == null ? null : Map.copyOf(sha256);
        }

        /** The files by the fields that name them, in a fixed order. */
        SequencedMap<String, String> files() {
            var files = new LinkedHashMap<String, String>();
            put(files, "image", image);
            put(files, "joint", joint);
            put(files, "text", text);
            put(files, "tokenizer", tokenizer);
            return files;
        }

        private static void put(Map<String, String> files, String field, @Nullable String file) {
            if (file != null) {
                files.put(field, file);
            }
        }

        /** This configuration with a tuned network in the place of the one that it came from. */
        public Exported tuned(String network, String from) {
            return new Exported(
                    image == null ? null : network,
                    joint == null ? null : network,
                    text,
                    tokenizer,
                    size,
                    mean,
                    deviation,
                    null,
                    null,
                    from);
        }
    }

    /**
     * Training of the backbone itself.
     *
     * @param learningRate step size of the backbone's parameters
     * @param accumulate labels whose gradients are added up for one step
     * @param epochs how often every label is used
     */
    record FineTune(@JsonProperty("learning_rate") double learningRate, int accumulate, int epochs) {

        public FineTune {
            if (!(learningRate > 0) || accumulate < 1 || epochs < 1) {
                throw new IllegalArgumentException(
                        "\"fine_tune\" needs a positive \"learning_rate\", and \"accumulate\" and \"epochs\" of at least 1");
            }
        }
    }

    /**
     * A model behind an HTTP server with an OpenAI-compatible interface (vLLM and others).
     *
     * @param url base address, for example {@code http://localhost:8000/v1}
     * @param model the model's name on that server
     * @param revision whatever tells versions of the weights apart; part of the encoder's id, since a server does not tell
     * @param mode hidden states from {@code /embeddings}, or scores from {@code /chat/completions}
     * @param scores names of the scores that the chat is asked for; null or empty for embeddings
     * @param keyVariable environment variable that holds the API key; may be null
     * @param timeoutSeconds time for one request
     * @param retries further attempts after a failure that may pass (no connection, 408, 429, 5xx)
     * @param concurrency most requests at once
     * @param side longest side of the images sent, in pixels
     */
    record Served(
            String url,
            String model,
            String revision,
            Mode mode,
            @Nullable List<String> scores,
            @Nullable String keyVariable,
            int timeoutSeconds,
            int retries,
            int concurrency,
            int side)
            implements EncoderConfiguration {

        /** Names of the scores, none for embeddings. */
        List<String> scoreNames() {
            return scores == null ? List.of() : scores;
        }

        /** What is asked of the server. */
        public enum Mode {
            EMBEDDING,
            CHAT
        }

        public Served {
            scores = scores == null ? List.of() : List.copyOf(scores);
            if (url == null || model == null || revision == null || mode == null) {
                throw new IllegalArgumentException("give \"url\", \"model\", \"revision\" and \"mode\"");
            }
            if (mode == Mode.CHAT && scores.isEmpty()) {
                throw new IllegalArgumentException("name the \"scores\" that the chat is to give");
            }
            if (timeoutSeconds < 1 || retries < 0 || concurrency < 1 || side < 16) {
                throw new IllegalArgumentException(
                        "\"timeoutSeconds\" and \"concurrency\" must be at least 1, \"retries\" 0 and \"side\" 16");
            }
        }
    }

    /**
     * Reads a configuration and opens its encoder.
     *
     * @throws EncodingException if the file is missing or wrong, with what to do
     */
    static EditEncoder open(Path file) {
        return read(file).openIn(file.resolveSibling(""));
    }

    /**
     * Reads a configuration.
     *
     * @throws EncodingException if the file is missing or wrong
     */
    static EncoderConfiguration read(Path file) {
        try {
            var configuration = JSON.readValue(Files.readAllBytes(file), EncoderConfiguration.class);
            if (configuration == null) {
                throw new EncodingException(
                        "the encoder configuration %s is wrong: %s".formatted(file, ConfigurationFault.NO_OBJECT));
            }
            return configuration;
        } catch (IOException e) {
            throw new EncodingException(
                    "the encoder configuration %s cannot be read: correct the path or make the file".formatted(file),
                    e);
        } catch (JacksonException e) {
            throw new EncodingException(
                    "the encoder configuration %s is wrong%s".formatted(file, ConfigurationFault.of(e)));
        }
    }

    /** Writes this configuration to a file. */
    default void write(Path file) throws IOException {
        Files.writeString(file, JSON.writerFor(EncoderConfiguration.class).writeValueAsString(this));
    }

    /**
     * Opens the encoder.
     *
     * @param folder what paths are relative to
     * @throws EncodingException if a file is missing, has another digest than the configuration says, or does not fit
     */
    default EditEncoder openIn(Path folder) {
        return switch (this) {
            case Embedded ignored -> new EmbeddedEditEncoder();
            case Exported exported -> new ExportedEditEncoder(exported, folder);
            case Served served -> new ServedEditEncoder(served);
        };
    }

    /**
     * The id of the encoder that {@link #openIn} would give, from the files alone: no network is loaded.
     *
     * @throws EncodingException if a file cannot be read
     */
    default String encoderId(Path folder) {
        return switch (this) {
            case Embedded ignored -> EmbeddedEditEncoder.id();
            case Exported exported -> ExportedFiles.check(exported, folder).encoderId();
            case Served served -> ServedEditEncoder.id(served);
        };
    }
}
