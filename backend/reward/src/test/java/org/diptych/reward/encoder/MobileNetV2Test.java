package org.diptych.reward.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The reference values come from the weights' original framework. */
class MobileNetV2Test {

    private static final double TOLERANCE = 1e-4;
    private static MobileNetV2 network;

    @BeforeAll
    static void load() {
        network = new MobileNetV2(PyTorch.device());
    }

    @AfterAll
    static void release() {
        network.close();
    }

    @Test
    void agrees_with_the_reference_on_synthetic_input() throws IOException {
        assertTaps("synthetic", network.run(synthetic()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"src-coffee.jpg", "src-kodim19.jpg"})
    void agrees_with_the_reference_on_photos(String name) throws IOException {
        var image = ImageIO.read(Objects.requireNonNull(getClass()
                .getResource("/org/diptych/reward/backbone/reference-%s.png".formatted(name.replace(".jpg", "")))));
        assertTaps(name, network.run(Pixels.of(image).unitPlanes()));
    }

    @Test
    void weights_survive_garbage_collection() {
        float[] before = network.run(synthetic()).pooled();
        for (int i = 0; i < 3; i++) {
            System.gc();
            assertThat(network.run(synthetic()).pooled()).containsExactly(before);
        }
    }

    private static float[] synthetic() {
        int area = MobileNetV2.SIDE * MobileNetV2.SIDE;
        float[] planes = new float[3 * area];
        for (int pixel = 0; pixel < area; pixel++) {
            for (int channel = 0; channel < 3; channel++) {
                planes[channel * area + pixel] = (float) (((pixel * 3L + channel) * 7919) % 1000 / 1000.0);
            }
        }
        return planes;
    }

    private void assertTaps(String name, Taps taps) throws IOException {
        var reference = reference(name);
        assertMap(reference.get("block_2"), taps.block2());
        assertMap(reference.get("block_5"), taps.block5());
        assertMap(reference.get("block_10"), taps.block10());
        assertMap(reference.get("block_12"), taps.block12());
        assertMap(reference.get("pooled"), new Taps.Map(1280, 1, taps.pooled()));
    }

    private static void assertMap(JsonNode expected, Taps.Map map) {
        double largest = expected.get("max_abs").asDouble();
        var tolerance = within(TOLERANCE * largest);
        double mean = 0;
        double max = 0;
        for (float value : map.values()) {
            mean += value;
            max = Math.max(max, Math.abs(value));
        }
        assertThat(mean / map.values().length).isCloseTo(expected.get("mean").asDouble(), tolerance);
        assertThat(max).isCloseTo(largest, tolerance);
        var first = expected.get("first8_channels");
        int area = map.side() * map.side();
        for (int i = 0; i < first.size(); i++) {
            assertThat((double) map.values()[i * area]).isCloseTo(first.get(i).asDouble(), tolerance);
        }
        var row = expected.get("first8_chw");
        for (int i = 0; i < row.size(); i++) {
            assertThat((double) map.values()[i]).isCloseTo(row.get(i).asDouble(), tolerance);
        }
    }

    private JsonNode reference(String name) throws IOException {
        try (var stream = getClass().getResourceAsStream("/org/diptych/reward/backbone/reference.json")) {
            for (var node :
                    new JsonMapper().readTree(Objects.requireNonNull(stream)).get("cases")) {
                if (node.get("name").asString().equals(name)) {
                    return node.get("taps");
                }
            }
        }
        throw new IllegalArgumentException("no reference case " + name);
    }
}
