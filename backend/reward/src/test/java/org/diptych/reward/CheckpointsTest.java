package org.diptych.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {

    private static final Provenance PROVENANCE =
            new Provenance("snapshot", "protocol", "revision", 7, "synthetic", "cpu");
    private static final TrainingSettings SETTINGS = TrainingSettings.defaults()
            .withMembers(4)
            .withFolds(2)
            .withSteps(80)
            .withBatchSize(50);
    private static final SyntheticLabels LABELS = new SyntheticLabels(1);
    private static final TrainingSet SET = LABELS.set(LABELS.ratings());
    private static String uninterrupted;

    @TempDir
    private Path folder;

    private Path file;

    @BeforeAll
    static void trainWithoutABreak() {
        uninterrupted = digest(Checkpoints.NONE, TrainingListener.SILENT);
    }

    @BeforeEach
    void choose() {
        file = folder.resolve("model.checkpoint");
    }

    @Test
    void a_run_that_broke_off_while_fitting_ends_with_the_same_parameters() {
        var broken = new ArrayList<TrainingProgress>();
        breakOff(progress -> {
            broken.add(progress);
            return progress.phase() != TrainingProgress.Phase.FITTING;
        });
        var resumed = new ArrayList<TrainingProgress>();
        assertThat(digest(always(), resumed::add)).isEqualTo(uninterrupted);
        assertThat(resumed)
                .allMatch(progress -> progress.phase() == TrainingProgress.Phase.FITTING
                        && progress.step() > broken.getLast().step());
    }

    @Test
    void a_run_that_broke_off_while_choosing_priors_ends_with_the_same_parameters() {
        breakOff(progress -> progress.step() < 40);
        var resumed = new ArrayList<TrainingProgress>();
        assertThat(digest(always(), resumed::add)).isEqualTo(uninterrupted);
        assertThat(resumed.getFirst().step()).isEqualTo(50);
    }

    @Test
    void one_state_is_kept_however_long_the_run() throws IOException {
        digest(always(), TrainingListener.SILENT);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
        always().clear();
        assertThat(file).doesNotExist();
    }

    @Test
    void a_damaged_state_is_not_used() throws IOException {
        breakOff(progress -> progress.phase() != TrainingProgress.Phase.FITTING);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
        assertThat(always().load()).isEmpty();
        assertThat(digest(always(), TrainingListener.SILENT)).isEqualTo(uninterrupted);
    }

    @Test
    void a_state_of_other_labels_is_not_used() {
        breakOff(progress -> progress.phase() != TrainingProgress.Phase.FITTING);
        var fewer = LABELS.set(SET.examples().subList(0, 100));
        var heard = new int[1];
        TrainingListener listener = progress -> {
            heard[0] += progress.phase() == TrainingProgress.Phase.SELECTING ? 1 : 0;
            return true;
        };
        new RewardTrainer()
                .train(fewer, SETTINGS, PROVENANCE, listener, new TrainingStart.Scratch(), always())
                .close();
        assertThat(heard[0]).isPositive();
    }

    private Checkpoints always() {
        return Checkpoints.in(file, Duration.ZERO);
    }

    private void breakOff(TrainingListener listener) {
        assertThatThrownBy(() -> digest(always(), listener)).isInstanceOf(TrainingCancelledException.class);
        assertThat(file).exists();
    }

    private static String digest(Checkpoints checkpoints, TrainingListener listener) {
        try (var trained = new RewardTrainer()
                .train(SET, SETTINGS, PROVENANCE, listener, new TrainingStart.Scratch(), checkpoints)) {
            return trained.card().parametersDigest();
        }
    }
}
