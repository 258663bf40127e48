package org.diptych.reward.finetune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.diptych.protocol.Verdict;
import org.diptych.reward.TrainingException;
import org.diptych.reward.encoder.EncoderConfiguration;
import org.diptych.reward.encoder.EncoderConfiguration.FineTune;
import org.diptych.reward.encoder.EncodingException;
import org.diptych.reward.encoder.PyTorch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The tiny networks convolve the picture (or source and edit, one upon the other), average, and mix the six channels into
 * four numbers. The labels prefer the redder edit.
 */
class FineTunerTest {

    private static final int LABELS = 24;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"image", "joint"})
    void the_backbone_learns_and_becomes_an_encoder_of_its_own(String kind) throws IOException {
        var task = task(kind, new FineTune(0.01, 4, 12), "work");
        var losses = new ArrayList<Double>();
        var target = Files.createDirectory(folder.resolve("tuned"));
        task.run(target, (step, steps, loss) -> {
            losses.add(loss);
            assertThat(steps).isEqualTo(12 * LABELS / 4);
        });
        assertThat(losses).hasSize(12 * LABELS / 4);
        assertThat(mean(losses.subList(66, 72))).isLessThan(0.6 * mean(losses.subList(0, 6)));

        var before = Files.writeString(folder.resolve("before.json"), configuration(kind, ""));
        try (var original = EncoderConfiguration.open(before);
                var tuned = EncoderConfiguration.open(target.resolve(TuningTask.CONFIGURATION))) {
            assertThat(tuned.encoderId()).startsWith(original.encoderId() + "+");
            assertThat(tuned.layout()).isEqualTo(original.layout());
            var source = picture("source");
            assertThat(tuned.encode(source, picture("a-1"), ""))
                    .isNotEqualTo(original.encode(source, picture("a-1"), ""));
            assertThat(EncoderConfiguration.read(target.resolve(TuningTask.CONFIGURATION))
                            .encoderId(target))
                    .isEqualTo(tuned.encoderId());
        }
    }

    @Test
    void gradients_of_single_labels_add_up_to_those_of_the_batch() throws IOException {
        var settings = new FineTune(0.01, 4, 1);
        try (var manager = PyTorch.newManager(PyTorch.device());
                var one = new FineTuner(task("image", settings, "one"), manager);
                var many = new FineTuner(task("image", settings, "many"), manager)) {
            assertSame(one.backbone().parameters(), many.backbone().parameters(), 0);
            for (int step = 0; step < 3; step++) {
                var batch = pairs().subList(4 * step, 4 * step + 4);
                double atOnce = one.step(List.of(batch));
                double inTurn = many.step(batch.stream().map(List::of).toList());
                assertThat(inTurn).isCloseTo(atOnce, within(1e-5));
            }
            assertSame(one.backbone().parameters(), many.backbone().parameters(), 1e-5f);
        }
    }

    @Test
    void a_tuning_that_was_stopped_resumes_to_the_same_encoder() throws IOException {
        var settings = new FineTune(0.01, 4, 4);
        var straight = Files.createDirectory(folder.resolve("straight"));
        task("image", settings, "a").run(straight, TuningListener.SILENT);

        var resumed = Files.createDirectory(folder.resolve("resumed"));
        var task = task("image", settings, "b");
        assertThatThrownBy(() -> task.run(resumed, (step, steps, loss) -> {
                    if (step == 15) {
                        throw new IllegalStateException("the power went");
                    }
                }))
                .hasMessage("the power went");
        var seen = new ArrayList<Integer>();
        task.run(resumed, (step, steps, loss) -> seen.add(step));

        assertThat(seen.getFirst()).isEqualTo(13);
        assertThat(id(resumed)).isEqualTo(id(straight));
    }

    @Test
    void a_loss_that_is_not_finite_names_its_pictures() throws IOException {
        var task = task("image", new FineTune(1e37, 1, 2), "work");
        assertThatThrownBy(() -> task.run(folder, TuningListener.SILENT))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("not finite")
                .hasMessageContainingAll("a-", " against b-", "learning_rate");
    }

    @Test
    void a_network_without_parameters_is_refused_when_it_is_opened() throws IOException {
        copy("image.pt");
        var file = Files.writeString(folder.resolve("frozen.json"), """
                {"encoder": "exported", "image": "image.pt", "size": 8, "mean": [0, 0, 0], "deviation": [1, 1, 1],
                 "fine_tune": {"learning_rate": 0.01, "accumulate": 4, "epochs": 1}}""");
        assertThatThrownBy(() -> EncoderConfiguration.open(file))
                .isInstanceOf(EncodingException.class)
                .hasMessageContainingAll("fine_tune", "image.pt", "no parameters");
    }

    @Test
    void nothing_to_learn_from_is_said() throws IOException {
        var task = task("image", new FineTune(0.01, 4, 1), "work");
        var empty = new TuningTask(
                task.configuration(),
                folder,
                "id",
                List.of(new TuningPair("s", "a", "b", "", java.util.Collections.singletonList(null))),
                1,
                FineTunerTest::picture,
                1,
                folder.resolve("work"));
        assertThatThrownBy(() -> empty.run(folder, TuningListener.SILENT))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("no labels");
    }

    private TuningTask task(String kind, FineTune settings, String work) throws IOException {
        copy("trainable.pt");
        copy("trainable-joint.pt");
        var file = Files.writeString(folder.resolve("encoder.json"), configuration(kind, """
                        , "fine_tune": {"learning_rate": %s, "accumulate": %d, "epochs": %d}""".formatted(
                        settings.learningRate(), settings.accumulate(), settings.epochs())));
        var configuration = (EncoderConfiguration.Exported) EncoderConfiguration.read(file);
        return new TuningTask(
                configuration,
                folder,
                configuration.encoderId(folder),
                pairs(),
                1,
                FineTunerTest::picture,
                7,
                folder.resolve(work));
    }

    private static String configuration(String kind, String more) {
        var network = kind.equals("image") ? "trainable.pt" : "trainable-joint.pt";
        return """
                {"encoder": "exported", "%s": "%s", "size": 8, "mean": [0.5, 0.5, 0.5], "deviation": [0.5, 0.5, 0.5]%s}""".formatted(kind, network, more);
    }

    private static List<TuningPair> pairs() {
        var pairs = new ArrayList<TuningPair>();
        for (int i = 0; i < LABELS; i++) {
            pairs.add(new TuningPair(
                    "source",
                    "a-" + i,
                    "b-" + i,
                    "Make it redder.",
                    List.of(red("a-" + i) > red("b-" + i) ? Verdict.FIRST : Verdict.SECOND)));
        }
        return pairs;
    }

    private static int red(String name) {
        return new Random(name.hashCode() * 31L).nextInt(256);
    }

    private static BufferedImage picture(String name) {
        var random = new Random(name.hashCode());
        var image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 64; i++) {
            image.setRGB(i % 8, i / 8, new Color(red(name), random.nextInt(256), random.nextInt(256)).getRGB());
        }
        return image;
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    private static String id(Path tuned) {
        return EncoderConfiguration.read(tuned.resolve(TuningTask.CONFIGURATION))
                .encoderId(tuned);
    }

    private static void assertSame(List<NDArray> one, List<NDArray> other, float tolerance) {
        assertThat(one).hasSameSizeAs(other).isNotEmpty();
        for (int i = 0; i < one.size(); i++) {
            float[] expected = one.get(i).toFloatArray();
            float[] actual = other.get(i).toFloatArray();
            for (int k = 0; k < expected.length; k++) {
                assertThat(actual[k]).isCloseTo(expected[k], within(tolerance));
            }
        }
    }

    private void copy(String name) throws IOException {
        try (var stream = EncoderConfiguration.class.getResourceAsStream(name)) {
            Files.write(
                    folder.resolve(name), Objects.requireNonNull(stream, name).readAllBytes());
        }
    }
}
