package org.diptych.reward.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.BaseNDManager;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.diptych.reward.ModelFileException;
import org.diptych.reward.NotFiniteException;
import org.diptych.reward.RewardModel;
import org.diptych.reward.RewardTrainer;
import org.diptych.reward.StartChoice;
import org.diptych.reward.TrainingCancelledException;
import org.diptych.reward.TrainingExample;
import org.diptych.reward.TrainingListener;
import org.diptych.reward.TrainingProgress;
import org.diptych.reward.TrainingSet;
import org.diptych.reward.TrainingSettings;
import org.diptych.reward.encoder.PyTorch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionFitsTest {
    private static final TrainingSettings SETTINGS =
            TrainingSettings.defaults().withMembers(3).withFolds(2).withSteps(60);
    private static final SyntheticCampaign CAMPAIGN = new SyntheticCampaign(120, 0, 0, 1);

    @TempDir
    private Path folder;

    @Test
    void a_run_that_broke_off_goes_on_and_makes_the_same_models() throws IOException {
        var whole = Files.createDirectory(folder.resolve("whole"));
        fit(whole, EarlierVersion.none(), listening(_ -> true, _ -> true));

        var broken = Files.createDirectory(folder.resolve("broken"));
        // the model that scores and one fold model are done; the next breaks off while it is fitted
        var before = new Searches();
        TrainingListener inTheSecondFold = progress -> {
            before.progressed(progress);
            return !(before.count == 2 && progress.phase() == TrainingProgress.Phase.FITTING);
        };
        assertThatThrownBy(() -> fit(broken, EarlierVersion.none(), listening(_ -> true, inTheSecondFold)))
                .isInstanceOf(TrainingCancelledException.class);
        assertThat(broken.resolve("fold-0/card.json")).exists();
        assertThat(broken.resolve("fold-1.checkpoint")).exists();

        var after = new Searches();
        fit(
                broken,
                EarlierVersion.none(),
                listening(
                        _ -> {
                            throw new AssertionError("the model that scores was finished");
                        },
                        after));
        assertThat(after.count).as("only the last fold began at its beginning").isOne();
        assertThat(digests(broken)).isEqualTo(digests(whole));
        try (var files = Files.list(broken)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("model", "fold-0", "fold-1", "fold-2");
        }
    }

    @Test
    void a_damaged_model_in_the_folder_is_fitted_again() throws IOException {
        fit(folder, EarlierVersion.none(), listening(_ -> true, _ -> true));
        var before = digests(folder);
        var file = folder.resolve("fold-1/parameters.safetensors");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
        fit(folder, EarlierVersion.none(), listening(_ -> true, _ -> true));
        assertThat(digests(folder)).isEqualTo(before);
    }

    @Test
    void the_version_before_is_validated_on_labels_it_has_not_seen() throws IOException {
        var before = Files.createDirectory(folder.resolve("before"));
        fit(before, EarlierVersion.none(), listening(_ -> true, _ -> true));
        var after = Files.createDirectory(folder.resolve("after"));
        try (var earlier = EarlierVersion.open(before, "synthetic")) {
            fit(after, earlier, listening(_ -> true, _ -> true));
        }
        try (var model = RewardModel.load(after.resolve("model"), "synthetic");
                var fold = RewardModel.load(after.resolve("fold-2"), "synthetic")) {
            var start = Objects.requireNonNull(model.card().start());
            assertThat(start.earlier()).isEqualTo(digests(before).getFirst());
            assertThat(start.labels()).isEqualTo((int) CAMPAIGN.labels.stream()
                    .filter(label -> UniformEvaluation.fold(label.group()) == 0)
                    .count());
            assertThat(Objects.requireNonNull(fold.card().start()).kind()).isEqualTo(start.kind());
        }
    }

    @Test
    void a_damaged_version_before_is_refused() throws IOException {
        var before = Files.createDirectory(folder.resolve("before"));
        fit(before, EarlierVersion.none(), listening(_ -> true, _ -> true));
        Files.writeString(before.resolve("model/parameters.safetensors"), "damaged");
        var after = Files.createDirectory(folder.resolve("after"));
        try (var earlier = EarlierVersion.open(before, "synthetic")) {
            fit(after, earlier, listening(_ -> true, _ -> true));
        }
        try (var model = RewardModel.load(after.resolve("model"), "synthetic")) {
            var start = Objects.requireNonNull(model.card().start());
            assertThat(start.kind()).isEqualTo(StartChoice.Kind.SCRATCH);
            assertThat(start.earlier()).isNull();
        }
    }

    /** The last file to be read breaks, after all other models were opened. */
    @Test
    void models_that_were_opened_before_a_failure_are_released() throws Exception {
        var before = Files.createDirectory(folder.resolve("before"));
        fit(before, EarlierVersion.none(), listening(_ -> true, _ -> true));
        var parameters = before.resolve("model/parameters.safetensors");
        byte[] bytes = "no parameters".getBytes(StandardCharsets.UTF_8);
        Files.write(parameters, bytes);
        var card = before.resolve("model/card.json");
        var digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        Files.writeString(
                card, Files.readString(card).replaceFirst("(?<=\"parametersDigest\" : \")[0-9a-f]{64}", digest));
        int managers = openManagers();
        assertThatThrownBy(() -> EarlierVersion.open(before, "synthetic").close())
                .isNotInstanceOf(ModelFileException.class);
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
    void a_loss_that_is_not_finite_names_its_label_and_makes_no_model() {
        var examples = new ArrayList<>(CAMPAIGN.set.examples());
        var e = examples.get(17);
        examples.set(
                17,
                new TrainingExample(
                        e.first(),
                        e.second(),
                        e.group(),
                        e.instruction(),
                        e.annotator(),
                        1e300,
                        e.firstOnLeft(),
                        e.answers()));
        var set = new TrainingSet(
                CAMPAIGN.set.dimensions(),
                CAMPAIGN.set.levels(),
                CAMPAIGN.set.encoderId(),
                CAMPAIGN.set.layout(),
                CAMPAIGN.set.features(),
                examples);
        assertThatThrownBy(() -> fits().fit(
                                set,
                                SyntheticCampaign.PROVENANCE,
                                folder,
                                EarlierVersion.none(),
                                listening(_ -> true, _ -> true)))
                .isInstanceOfSatisfying(NotFiniteException.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(NotFiniteException.Kind.LABELS);
                    assertThat(failure.rows()).containsExactly(17);
                });
        assertThat(folder.resolve("model")).doesNotExist();
    }

    /** Counts the fits that begin with the search for priors. */
    private static final class Searches implements TrainingListener {
        private int count;
        private boolean searching;

        @Override
        public boolean progressed(TrainingProgress progress) {
            boolean now = progress.phase() == TrainingProgress.Phase.SELECTING;
            count += now && !searching ? 1 : 0;
            searching = now;
            return true;
        }
    }

    private static VersionFits fits() {
        return new VersionFits(new RewardTrainer(), SETTINGS, Duration.ZERO);
    }

    private static void fit(Path into, EarlierVersion earlier, VersionFits.Follower follower) throws IOException {
        fits().fit(CAMPAIGN.set, SyntheticCampaign.PROVENANCE, into, earlier, follower);
    }

    private static List<String> digests(Path version) throws IOException {
        var digests = new ArrayList<String>();
        for (var name : List.of("model", "fold-0", "fold-1", "fold-2")) {
            try (var model = RewardModel.load(version.resolve(name), "synthetic")) {
                digests.add(model.card().parametersDigest());
            }
        }
        return digests;
    }

    private static VersionFits.Follower listening(TrainingListener whole, TrainingListener fold) {
        return new VersionFits.Follower() {
            @Override
            public TrainingListener whole() {
                return whole;
            }

            @Override
            public TrainingListener fold() {
                return fold;
            }
        };
    }
}
