package org.diptych.reward.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.diptych.reward.NotFiniteException;
import org.diptych.reward.RewardModel;
import org.diptych.reward.RewardTrainer;
import org.diptych.reward.TrainingCancelledException;
import org.diptych.reward.TrainingExample;
import org.diptych.reward.TrainingListener;
import org.diptych.reward.TrainingProgress;
import org.diptych.reward.TrainingSet;
import org.diptych.reward.TrainingSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldModelsTest {
    private static final TrainingSettings SETTINGS =
            TrainingSettings.defaults().withMembers(3).withFolds(2).withSteps(60);
    private static final SyntheticCampaign CAMPAIGN = new SyntheticCampaign(120, 0, 0, 1);

    @TempDir
    private Path folder;

    @Test
    void a_run_that_broke_off_goes_on_and_makes_the_same_models() throws IOException {
        var whole = Files.createDirectory(folder.resolve("whole"));
        fit(whole, TrainingListener.SILENT, TrainingListener.SILENT);

        var broken = Files.createDirectory(folder.resolve("broken"));
        // the model that scores and one fold model are done; the next breaks off while it is fitted
        var before = new Searches();
        TrainingListener inTheSecondFold = progress -> {
            before.progressed(progress);
            if (before.count == 2 && progress.phase() == TrainingProgress.Phase.FITTING) {
                throw new TrainingCancelledException("the worker dies");
            }
        };
        assertThatThrownBy(() -> fit(broken, TrainingListener.SILENT, inTheSecondFold))
                .isInstanceOf(TrainingCancelledException.class);
        assertThat(broken.resolve("fold-0/card.json")).exists();
        assertThat(broken.resolve("fold-1")).doesNotExist();

        var after = new Searches();
        fit(
                broken,
                _ -> {
                    throw new AssertionError("the model that scores was finished");
                },
                after);
        assertThat(after.count).as("only the last two folds are fitted").isEqualTo(2);
        assertThat(digests(broken)).isEqualTo(digests(whole));
        try (var files = Files.list(broken)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("model", "fold-0", "fold-1", "fold-2");
        }
    }

    @Test
    void a_damaged_model_in_the_folder_is_fitted_again() throws IOException {
        fit(folder, TrainingListener.SILENT, TrainingListener.SILENT);
        var before = digests(folder);
        var file = folder.resolve("fold-1/parameters.safetensors");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
        fit(folder, TrainingListener.SILENT, TrainingListener.SILENT);
        assertThat(digests(folder)).isEqualTo(before);
    }

    @Test
    void the_models_of_other_labels_are_fitted_again() throws IOException {
        fit(folder, TrainingListener.SILENT, TrainingListener.SILENT);
        var fewer = CAMPAIGN.set.only(IntStream.range(0, 90).boxed().toList());
        var search = new Searches();
        var card = new RewardTrainer()
                .trainInto(folder.resolve("model"), fewer, SETTINGS, SyntheticCampaign.PROVENANCE, search);
        assertThat(search.count).isOne();
        assertThat(card.labels()).isEqualTo(90);
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
        var trainer = new RewardTrainer();
        names17(() -> trainer.trainInto(
                folder.resolve("model"), set, SETTINGS, SyntheticCampaign.PROVENANCE, TrainingListener.SILENT));
        // a fold model has only some of the labels: the place is still that in the whole set
        names17(() -> FoldModels.train(
                trainer, folder, set, SETTINGS, SyntheticCampaign.PROVENANCE, TrainingListener.SILENT));
        assertThat(folder.resolve("model")).doesNotExist();
    }

    private static void names17(ThrowingCallable training) {
        assertThatThrownBy(training).isInstanceOfSatisfying(NotFiniteException.class, failure -> {
            assertThat(failure.kind()).isEqualTo(NotFiniteException.Kind.LABELS);
            assertThat(failure.rows()).containsExactly(17);
        });
    }

    /** Counts the fits that begin with the search for priors. */
    private static final class Searches implements TrainingListener {
        private int count;
        private boolean searching;

        @Override
        public void progressed(TrainingProgress progress) {
            boolean now = progress.phase() == TrainingProgress.Phase.SELECTING;
            count += now && !searching ? 1 : 0;
            searching = now;
        }
    }

    private static void fit(Path into, TrainingListener whole, TrainingListener fold) throws IOException {
        var trainer = new RewardTrainer();
        trainer.trainInto(into.resolve("model"), CAMPAIGN.set, SETTINGS, SyntheticCampaign.PROVENANCE, whole);
        FoldModels.train(trainer, into, CAMPAIGN.set, SETTINGS, SyntheticCampaign.PROVENANCE, fold);
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
}
