package org.diptych.reward;

import ai.djl.ndarray.NDList;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.diptych.reward.encoder.PyTorch;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A saved model: {@code parameters.safetensors}, {@code card.json} and, for people, {@code card.md}. */
final class ModelFolder {

    static final String PARAMETERS = "parameters.safetensors";
    static final String CARD = "card.json";
    static final String READABLE = "card.md";

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            // cards of earlier versions lack some settings
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private ModelFolder() {}

    /** Encodes parameters as safetensors. */
    static byte[] encode(ModelParameters parameters) {
        try (var manager = PyTorch.newManager(PyTorch.device());
                var arrays = parameters.arrays(manager)) {
            return arrays.encode(NDList.Encoding.SAFETENSORS);
        }
    }

    /** The parameter file goes first: a folder with a card is complete. */
    static void write(Path folder, byte[] parameters, ModelCard card) throws IOException {
        Files.createDirectories(folder);
        put(folder, PARAMETERS, parameters);
        put(folder, READABLE, CardText.of(card).getBytes(StandardCharsets.UTF_8));
        put(folder, CARD, MAPPER.writeValueAsBytes(card));
    }

    static RewardModel read(Path folder, String encoderId) throws IOException {
        var card = card(folder);
        if (!card.provenance().encoderId().equals(encoderId)) {
            throw new ModelFileException(
                    "the model in %s reads features of the encoder %s, not %s: encode the candidates again with its encoder, or train anew"
                            .formatted(folder, card.provenance().encoderId(), encoderId));
        }
        var file = folder.resolve(PARAMETERS);
        if (!Files.isRegularFile(file)) {
            throw new ModelFileException("%s is missing".formatted(file));
        }
        byte[] bytes = Files.readAllBytes(file);
        var digest = digest(bytes);
        if (!digest.equals(card.parametersDigest())) {
            throw new ModelFileException(
                    "%s has the digest %s, its card says %s: the file is damaged, restore or train anew"
                            .formatted(file, digest, card.parametersDigest()));
        }
        try (var manager = PyTorch.newManager(PyTorch.device());
                var arrays = NDList.decode(manager, new ByteArrayInputStream(bytes))) {
            return new RewardModel(card, ModelParameters.of(arrays, card));
        }
    }

    static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static ModelCard card(Path folder) throws IOException {
        var file = folder.resolve(CARD);
        if (!Files.isRegularFile(file)) {
            throw new ModelFileException("%s is missing: this is not a complete model".formatted(file));
        }
        try {
            var card = MAPPER.readValue(Files.readAllBytes(file), ModelCard.class);
            if (card.format() != ModelCard.FORMAT) {
                throw new ModelFileException(
                        "%s has format %d, this program reads %d".formatted(file, card.format(), ModelCard.FORMAT));
            }
            return card;
        } catch (JacksonException e) {
            throw new ModelFileException("%s is not a model card: %s".formatted(file, e.getOriginalMessage()), e);
        }
    }

    private static void put(Path folder, String name, byte[] bytes) throws IOException {
        var part = folder.resolve(name + ".part");
        Files.write(part, bytes);
        Files.move(part, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
