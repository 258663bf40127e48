package org.diptych.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
}
