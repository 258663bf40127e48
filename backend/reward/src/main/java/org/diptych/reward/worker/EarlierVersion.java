package org.diptych.reward.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.diptych.reward.ModelFileException;
import org.diptych.reward.RewardModel;
import org.diptych.reward.StartChoice;
import org.diptych.reward.TrainingStart;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The models of the version before, which a new one may start from; they own native memory until this is closed. */
final class EarlierVersion implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EarlierVersion.class);

    private final @Nullable RewardModel whole;
    private final Map<Integer, RewardModel> folds;

    private EarlierVersion(@Nullable RewardModel whole, Map<Integer, RewardModel> folds) {
        this.whole = whole;
        this.folds = folds;
    }

    /** Nothing to start from. */
    static EarlierVersion none() {
        return new EarlierVersion(null, Map.of());
    }

    /** Opens an unpacked version; a damaged one, or one of another encoder, is refused and counts as none. */
    static EarlierVersion open(Path folder, String encoderId) throws IOException {
        var opened = new EarlierVersion(null, new TreeMap<>());
        try {
            for (int fold = 0; fold < UniformEvaluation.FOLDS; fold++) {
                var path = UniformEvaluation.folder(folder, fold);
                if (Files.isDirectory(path)) {
                    opened.folds.put(fold, RewardModel.load(path, encoderId));
                }
            }
            return new EarlierVersion(RewardModel.load(folder.resolve("model"), encoderId), opened.folds);
        } catch (ModelFileException e) {
            log.warn("the version before cannot be started from: {}", e.getMessage());
            opened.close();
            return none();
        } catch (IOException | RuntimeException | Error e) {
            opened.close();
            throw e;
        }
    }

    /** From scratch or from the earlier model, by the labels of a fold that one of its fold models has never seen. */
    TrainingStart start() {
        if (whole == null || folds.isEmpty()) {
            return new TrainingStart.Scratch();
        }
        var first = folds.entrySet().iterator().next();
        int fold = first.getKey();
        return new TrainingStart.Validated(whole, first.getValue(), group -> UniformEvaluation.fold(group) == fold);
    }

    /** As the whole set's run decided, but from the model that has not seen the fold either. */
    TrainingStart startOf(int fold, @Nullable StartChoice choice) {
        var earlier = folds.get(fold);
        return earlier == null || choice == null || choice.kind() == StartChoice.Kind.SCRATCH
                ? new TrainingStart.Scratch()
                : new TrainingStart.AsChosen(earlier, choice);
    }

    @Override
    public void close() {
        if (whole != null) {
            whole.close();
        }
        folds.values().forEach(RewardModel::close);
    }
}
