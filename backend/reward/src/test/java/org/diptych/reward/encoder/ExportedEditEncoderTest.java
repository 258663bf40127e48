package org.diptych.reward.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tiny networks average each colour over the image; the tiny text network averages the token ids. */
class ExportedEditEncoderTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"image.onnx", "image.pt"})
    void runs_an_exported_image_network(String file) throws IOException {
        copy(file);
        try (var encoder = EncoderConfiguration.open(write("""
                {"encoder": "exported", "image": "%s", "size": 8, "mean": [0.5, 0.5, 0.5], "deviation": [0.5, 0.5, 0.5]}""".formatted(file)))) {
            float[] features = encoder.encode(plain(Color.BLACK), plain(Color.WHITE), "Make it white.");
            assertThat(features).hasSize(7);
            assertThat(encoder.layout().blocks())
                    .extracting(FeatureBlock::name)
                    .containsExactly("edit", "shift", "likeness");
            assertThat(features[0]).isCloseTo(1, within(1e-5f));
            assertThat(features[3]).isCloseTo(2, within(1e-5f));
            assertThat(encoder.encoderId()).startsWith("exported-1-");
        }
    }

    @Test
    void runs_a_joint_network() throws IOException {
        copy("joint.pt");
        try (var encoder = EncoderConfiguration.open(write("""
                {"encoder": "exported", "joint": "joint.pt", "size": 8, "mean": [0, 0, 0], "deviation": [1, 1, 1]}"""))) {
            assertThat(encoder.encode(plain(Color.RED), plain(Color.BLUE), "")).containsExactly(1, 0, 0, 0, 0, 1);
        }
    }

    @Test
    void compares_with_the_instruction_when_there_is_a_text_network() throws IOException {
        copy("image.onnx");
        copy("text.onnx");
        try (var stream = getClass().getResourceAsStream("/all-minilm-l6-v2-q-tokenizer.json")) {
            Files.copy(Objects.requireNonNull(stream), folder.resolve("tokenizer.json"));
        }
        try (var encoder = EncoderConfiguration.open(write("""
                {"encoder": "exported", "image": "image.onnx", "text": "text.onnx", "tokenizer": "tokenizer.json",
                 "size": 8, "mean": [0, 0, 0], "deviation": [1, 1, 1]}"""))) {
            float[] features = encoder.encode(plain(Color.BLACK), plain(Color.WHITE), "Make it white.");
            assertThat(features[encoder.layout().offset("match")]).isCloseTo(1, within(1e-5f));
        }
    }

    @Test
    void a_missing_file_is_named() throws IOException {
        var file = write("""
                {"encoder": "exported", "image": "gone.onnx", "size": 8, "mean": [0, 0, 0], "deviation": [1, 1, 1]}""");
        assertThatThrownBy(() -> EncoderConfiguration.open(file))
                .isInstanceOf(EncodingException.class)
                .hasMessageContainingAll("\"image\"", "gone.onnx is missing");
    }

    @Test
    void a_wrong_input_size_shows_when_the_encoder_is_opened() throws IOException {
        copy("image.onnx");
        var file = write("""
                {"encoder": "exported", "image": "image.onnx", "size": 16, "mean": [0, 0, 0], "deviation": [1, 1, 1]}""");
        assertThatThrownBy(() -> EncoderConfiguration.open(file))
                .isInstanceOf(EncodingException.class)
                .hasMessageContainingAll("\"image\"", "image.onnx", "refused its input");
    }

    @Test
    void an_output_that_is_no_vector_is_refused() throws IOException {
        copy("positions.pt");
        var file = write("""
                {"encoder": "exported", "image": "positions.pt", "size": 8, "mean": [0, 0, 0], "deviation": [1, 1, 1]}""");
        assertThatThrownBy(() -> EncoderConfiguration.open(file))
                .isInstanceOf(EncodingException.class)
                .hasMessageContainingAll("\"image\"", "positions.pt", "[1, 3, 64]", "one vector");
    }

    @Test
    void a_file_with_another_digest_is_refused() throws IOException {
        copy("image.pt");
        var right = HexFormat.of().formatHex(sha256().digest(Files.readAllBytes(folder.resolve("image.pt"))));
        var configuration = """
                {"encoder": "exported", "image": "image.pt", "size": 8, "mean": [0, 0, 0], "deviation": [1, 1, 1],
                 "sha256": {"%s": "%s"}}""";
        EncoderConfiguration.open(write(configuration.formatted("image", right)))
                .close();
        var wrong = write(configuration.formatted("image", right.replace(right.charAt(0), 'x')));
        assertThatThrownBy(() -> EncoderConfiguration.open(wrong))
                .isInstanceOf(EncodingException.class)
                .hasMessageContainingAll("\"image\"", "image.pt", right, "sha256");
        var unnamed = write(configuration.formatted("text", right));
        assertThatThrownBy(() -> EncoderConfiguration.open(unnamed))
                .isInstanceOf(EncodingException.class)
                .hasMessageContaining("\"text\"");
    }

    @Test
    void a_field_that_is_not_known_is_refused() throws IOException {
        var file = write("{\"encoder\": \"embedded\", \"sise\": 8}");
        assertThatThrownBy(() -> EncoderConfiguration.open(file))
                .isInstanceOf(EncodingException.class)
                .hasMessageContainingAll("encoder.json", "sise");
    }

    @Test
    void the_id_is_known_without_opening_the_network() throws IOException {
        copy("image.pt");
        var file = write("""
                {"encoder": "exported", "image": "image.pt", "size": 8, "mean": [0, 0, 0], "deviation": [1, 1, 1]}""");
        try (var encoder = EncoderConfiguration.open(file)) {
            assertThat(EncoderConfiguration.read(file).encoderId(folder)).isEqualTo(encoder.encoderId());
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_file_that_is_no_network_is_refused() throws IOException {
        Files.writeString(folder.resolve("bad.pt"), "nothing");
        var file = write("""
                {"encoder": "exported", "image": "bad.pt", "size": 8, "mean": [0, 0, 0], "deviation": [1, 1, 1]}""");
        assertThatThrownBy(() -> EncoderConfiguration.open(file))
                .isInstanceOf(EncodingException.class)
                .hasMessageContaining("bad.pt");
    }

    @Test
    void an_incomplete_configuration_says_what_is_missing() throws IOException {
        var file = write("{\"encoder\": \"exported\", \"size\": 8}");
        assertThatThrownBy(() -> EncoderConfiguration.open(file))
                .isInstanceOf(EncodingException.class)
                .hasMessageContaining("\"image\" or a \"joint\"");
    }

    private void copy(String name) throws IOException {
        try (var stream = getClass().getResourceAsStream(name)) {
            Files.copy(Objects.requireNonNull(stream), folder.resolve(name));
        }
    }

    private Path write(String configuration) throws IOException {
        return Files.writeString(folder.resolve("encoder.json"), configuration);
    }

    private static BufferedImage plain(Color color) {
        var image = new BufferedImage(20, 12, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        graphics.setColor(color);
        graphics.fillRect(0, 0, 20, 12);
        graphics.dispose();
        return image;
    }
}
