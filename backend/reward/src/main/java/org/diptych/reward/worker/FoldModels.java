package org.diptych.reward.worker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.diptych.reward.NotEnoughLabelsException;
import org.diptych.reward.NotFiniteException;
import org.diptych.reward.Provenance;
import org.diptych.reward.RewardTrainer;
import org.diptych.reward.TrainingListener;
import org.diptych.reward.TrainingSet;
import org.diptych.reward.TrainingSettings;
import org.diptych.reward.finetune.TuningTask;

/**
 * The models that judge a version. Source images are dealt into a few folds by their digest, for ever; every version comes
 * with one model per fold that was trained as the version was, but without that fold's images.
 */
final class FoldModels {
    static final int FOLDS = 3;
    /** A tuned encoder never learns from this fold, and is judged by no other. */
    static final int UNSEEN_BY_ENCODERS = 0;

    private static final int DIGITS = 8;
    private static final int HEXADECIMAL = 16;

    private FoldModels() {}

    /** The fold of a source image. */
    static int fold(String group) {
        return (int) (Long.parseLong(group.substring(0, DIGITS), HEXADECIMAL) % FOLDS);
    }

    static Path folder(Path version, int fold) {
        return version.resolve("fold-" + fold);
    }

    /** Whether a fold may judge heads on the features of an encoder: a tuned one has learned from all folds but one. */
    private static boolean mayJudge(int fold, String encoderId) {
        return fold == UNSEEN_BY_ENCODERS || !TuningTask.isTuned(encoderId);
    }

    /**
     * Trains them into a version's folder, but for folds outside of which are too few labels.
     *
     * @throws NotFiniteException with places in the given set
     */
    static void train(
            RewardTrainer trainer,
            Path version,
            TrainingSet set,
            TrainingSettings settings,
            Provenance provenance,
            TrainingListener listener)
            throws IOException {
        for (int fold = 0; fold < FOLDS; fold++) {
            if (!mayJudge(fold, provenance.encoderId())) {
                continue;
            }
            int left = fold;
            var outside = IntStream.range(0, set.examples().size())
                    .filter(place -> fold(set.examples().get(place).group()) != left)
                    .boxed()
                    .toList();
            try {
                trainer.trainInto(folder(version, fold), set.only(outside), settings, provenance, listener);
            } catch (NotEnoughLabelsException e) {
                // this fold cannot be judged yet; the evaluation says on how many pairs it rests
            } catch (NotFiniteException e) {
                throw inWholeSet(e, outside);
            }
        }
    }

    private static NotFiniteException inWholeSet(NotFiniteException failure, List<Integer> places) {
        return failure.kind() == NotFiniteException.Kind.LABELS
                ? NotFiniteException.ofLabels(
                        failure.rows().stream().map(places::get).toList())
                : failure;
    }
}
