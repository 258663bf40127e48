package org.diptych.reward.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.diptych.reward.Checkpoints;
import org.diptych.reward.ModelCard;
import org.diptych.reward.ModelFileException;
import org.diptych.reward.NotEnoughLabelsException;
import org.diptych.reward.NotFiniteException;
import org.diptych.reward.Provenance;
import org.diptych.reward.RewardModel;
import org.diptych.reward.RewardTrainer;
import org.diptych.reward.TrainingListener;
import org.diptych.reward.TrainingSet;
import org.diptych.reward.TrainingSettings;
import org.diptych.reward.TrainingStart;

/**
 * Fits the models of a version into the folder of its run: the one that scores, and one per fold of source images. What is finished stays
 * in the folder, and what is under way has a checkpoint there, so a run that is taken up again goes on where it broke off.
 */
final class VersionFits {
    private static final String CHECKPOINT = ".checkpoint";

    private final RewardTrainer trainer;
    private final TrainingSettings settings;
    private final Duration checkpointEvery;

    VersionFits(RewardTrainer trainer, TrainingSettings settings, Duration checkpointEvery) {
        this.trainer = trainer;
        this.settings = settings;
        this.checkpointEvery = checkpointEvery;
    }

    /** Follows the fits of a version. */
    interface Follower {
        /** Of the model that scores. */
        TrainingListener whole();

        /** Of the fold models. */
        TrainingListener fold();
    }

    /**
     * Fits all models of a version.
     *
     * @return the card of the model that scores
     * @throws NotFiniteException with places in the given set
     */
    ModelCard fit(TrainingSet set, Provenance provenance, Path folder, EarlierVersion earlier, Follower follower)
            throws IOException {
        var whole = fit(set, provenance, folder.resolve("model"), earlier.start(), follower.whole());
        for (int fold = 0; fold < UniformEvaluation.FOLDS; fold++) {
            if (!UniformEvaluation.mayJudge(fold, provenance.encoderId())) {
                continue;
            }
            int left = fold;
            var outside = IntStream.range(0, set.examples().size())
                    .filter(place ->
                            UniformEvaluation.fold(set.examples().get(place).group()) != left)
                    .boxed()
                    .toList();
            var start = earlier.startOf(fold, whole.start());
            try {
                fit(set.only(outside), provenance, UniformEvaluation.folder(folder, fold), start, follower.fold());
            } catch (NotEnoughLabelsException e) {
                // this fold cannot be judged yet; the evaluation says on how many pairs it rests
            } catch (NotFiniteException e) {
                throw inWholeSet(e, outside);
            }
        }
        return whole;
    }

    private ModelCard fit(
            TrainingSet set, Provenance provenance, Path folder, TrainingStart start, TrainingListener listener)
            throws IOException {
        var finished = finished(folder, provenance, set);
        if (finished.isPresent()) {
            return finished.get();
        }
        var checkpoints = Checkpoints.in(folder.resolveSibling(folder.getFileName() + CHECKPOINT), checkpointEvery);
        try (var trained = trainer.train(set, settings, provenance, listener, start, checkpoints)) {
            trained.save(folder);
            checkpoints.clear();
            return trained.card();
        }
    }

    private Optional<ModelCard> finished(Path folder, Provenance provenance, TrainingSet set) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (var model = RewardModel.load(folder, provenance.encoderId())) {
            var card = model.card();
            boolean same = card.provenance().equals(provenance)
                    && card.settings().equals(settings)
                    && card.labels() == set.examples().size();
            return same ? Optional.of(card) : Optional.empty();
        } catch (ModelFileException e) {
            return Optional.empty();
        }
    }

    private static NotFiniteException inWholeSet(NotFiniteException failure, List<Integer> places) {
        return failure.kind() == NotFiniteException.Kind.LABELS
                ? NotFiniteException.ofLabels(
                        failure.rows().stream().map(places::get).toList())
                : failure;
    }
}
