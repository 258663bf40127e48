package org.diptych.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.BaseNDManager;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.diptych.reward.encoder.PyTorch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class RewardModelTest {

    private static final SyntheticLabels LABELS = new SyntheticLabels(1);
    private static TrainedReward trained;

    @TempDir
    private Path folder;

    @BeforeAll
    static void train() {
        trained = new RewardTrainer()
                .train(
                        LABELS.set(LABELS.ratings()),
                        TrainingSettings.defaults(),
                        new Provenance("snapshot", "protocol", "revision", 3, "synthetic", "cpu"),
                        TrainingListener.SILENT);
    }

    @AfterAll
    static void release() {
        trained.close();
    }

    @Test
    void a_saved_model_scores_as_before() throws IOException {
        trained.save(folder);
        try (var loaded = RewardModel.load(folder, "synthetic")) {
            assertThat(loaded.card()).isEqualTo(trained.card());
            assertThat(loaded.score(LABELS.features)).isEqualTo(trained.model().score(LABELS.features));
            System.gc();
            assertThat(loaded.score(LABELS.features)).isEqualTo(trained.model().score(LABELS.features));
        }
        assertThat(folder.resolve("card.md")).content().contains("snapshot").contains("following");
    }

    @Test
    void a_damaged_file_is_refused() throws IOException {
        trained.save(folder);
        var file = folder.resolve("parameters.safetensors");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
        assertThatThrownBy(() -> RewardModel.load(folder, "synthetic"))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("damaged");
    }

    @Test
    void a_model_of_another_encoder_is_refused() throws IOException {
        trained.save(folder);
        assertThatThrownBy(() -> RewardModel.load(folder, "another"))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("encode the candidates again");
    }

    @Test
    void a_folder_without_a_card_is_refused() {
        assertThatThrownBy(() -> RewardModel.load(folder, "synthetic"))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("card.json");
    }

    @Test
    void features_of_the_wrong_length_are_refused() {
        assertThatThrownBy(() -> trained.model().score(new float[][] {{1, 2}}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 features");
    }

    @Test
    void a_card_of_the_earliest_form_is_still_read() throws IOException {
        trained.save(folder);
        var file = folder.resolve("card.json");
        var mapper = new JsonMapper();
        var card = (ObjectNode) mapper.readTree(Files.readAllBytes(file));
        card.remove("annotators");
        ((ObjectNode) card.path("settings")).remove("annotatorWeights");
        Files.write(file, mapper.writeValueAsBytes(card));
        try (var loaded = RewardModel.load(folder, "synthetic")) {
            assertThat(loaded.card().annotators()).isEmpty();
            assertThat(CardText.of(loaded.card())).contains("snapshot");
        }
    }

    /** What cards said while a fit could start from an earlier model, in half precision, with settings that nobody changed. */
    @Test
    void a_card_that_says_more_than_is_known_now_is_still_read() throws IOException {
        trained.save(folder);
        var file = folder.resolve("card.json");
        var mapper = new JsonMapper();
        var card = (ObjectNode) mapper.readTree(Files.readAllBytes(file));
        card.put("precision", "float16 products on float32 parameters");
        card.set("start", mapper.readTree("""
                {"kind": "WARM", "earlier": "3f", "labels": 40, "scratchLoss": 1.2, "warmLoss": 1.1, "stop": 0.5}"""));
        ((ObjectNode) card.path("settings"))
                .put("epochs", 30)
                .put("learningRate", 0.03)
                .put("disentangleTies", false)
                .put("minimumLabels", 20);
        Files.write(file, mapper.writeValueAsBytes(card));
        try (var loaded = RewardModel.load(folder, "synthetic")) {
            assertThat(loaded.card()).isEqualTo(trained.card());
            assertThat(loaded.score(LABELS.features)).isEqualTo(trained.model().score(LABELS.features));
        }
    }

    /** The digest is right, so that the file is read: what was opened before it broke is released. */
    @Test
    void a_file_that_holds_no_parameters_leaves_no_native_memory() throws Exception {
        trained.save(folder);
        byte[] bytes = "no parameters".getBytes(StandardCharsets.UTF_8);
        Files.write(folder.resolve("parameters.safetensors"), bytes);
        var card = folder.resolve("card.json");
        Files.writeString(
                card,
                Files.readString(card)
                        .replaceFirst("(?<=\"parametersDigest\" : \")[0-9a-f]{64}", ModelFolder.digest(bytes)));
        int managers = openManagers();
        assertThatThrownBy(() -> RewardModel.load(folder, "synthetic")).isNotInstanceOf(ModelFileException.class);
        assertThat(openManagers()).isEqualTo(managers);
    }

    /** Managers that own native memory; the engine's root manager remembers them until they are closed. */
    private static int openManagers() throws ReflectiveOperationException {
        try (var manager = PyTorch.newManager(PyTorch.device())) {
            var resources = BaseNDManager.class.getDeclaredField("resources");
            resources.setAccessible(true);
            return ((Map<?, ?>) resources.get(manager.getParentManager())).size();
        }
    }

    @Test
    void the_card_reports_calibration_for_every_head() throws IOException {
        trained.save(folder);
        var card = trained.card();
        assertThat(card.heads()).allSatisfy(head -> {
            assertThat(head.calibration().calibrationError()).isBetween(0.0, 0.3);
            assertThat(head.calibration().brier()).isBetween(0.0, 0.25);
            assertThat(head.calibration().curve()).isNotEmpty();
        });
        assertThat(folder.resolve("card.md"))
                .content()
                .contains("calibration error", "Brier")
                .contains("## Reliability, overall", "## Reliability, following", "## Reliability, quality");
    }
}
