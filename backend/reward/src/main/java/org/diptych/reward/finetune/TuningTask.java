package org.diptych.reward.finetune;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.diptych.reward.TrainingException;
import org.diptych.reward.encoder.EncoderConfiguration;
import org.diptych.reward.encoder.EncodingException;
import org.diptych.reward.encoder.PyTorch;
import org.jspecify.annotations.Nullable;

/**
 * What to tune, on what, and where.
 *
 * @param configuration the encoder to start from, with {@code fine_tune}
 * @param folder what its paths are relative to
 * @param encoderId its id
 * @param pairs the labels
 * @param dimensions verdicts of a label
 * @param pictures where pictures come from
 * @param seed of everything that is random
 * @param work folder for checkpoints; the same folder again resumes
 */
public record TuningTask(
        EncoderConfiguration.Exported configuration,
        Path folder,
        String encoderId,
        List<TuningPair> pairs,
        int dimensions,
        Pictures pictures,
        long seed,
        Path work) {

    /** The file name of the configuration of a tuned encoder. */
    public static final String CONFIGURATION = "encoder.json";

    private static final String NETWORK = "backbone.pt";

    /** Whether an encoder of that id was tuned: its id is that of the encoder it came from, a plus sign, and its own. */
    public static boolean isTuned(String encoderId) {
        return encoderId.startsWith("exported-") && encoderId.contains("+");
    }

    /** Leaves out labels without any verdict. */
    public TuningTask {
        pairs = pairs.stream()
                .filter(pair -> pair.verdicts().stream().anyMatch(Objects::nonNull))
                .toList();
    }

    /**
     * Trains the backbone and writes the new encoder: its configuration, the tuned network, and copies of the files that it
     * shares with the encoder it came from. The engine trains one thing at a time, so a second caller waits.
     *
     * @param target an existing folder
     * @throws TrainingException if there are no labels, or a loss is not finite
     * @throws EncodingException if the network cannot be trained
     */
    public void run(Path target, TuningListener listener) throws IOException {
        if (pairs.isEmpty()) {
            throw new TrainingException("there are no labels to tune the backbone with: label pairs first");
        }
        Files.createDirectories(work);
        PyTorch.TRAINING.lock();
        try (var manager = PyTorch.newManager(PyTorch.device());
                var tuner = new FineTuner(this, manager)) {
            tuner.run(listener);
            tuner.backbone().save(target.resolve(NETWORK));
        } finally {
            PyTorch.TRAINING.unlock();
        }
        copy(configuration.text(), target);
        copy(configuration.tokenizer(), target);
        configuration.tuned(NETWORK, encoderId).write(target.resolve(CONFIGURATION));
    }

    EncoderConfiguration.FineTune settings() {
        return Objects.requireNonNull(configuration.fineTune(), "the configuration says how to tune");
    }

    Path network() {
        return folder.resolve(
                Objects.requireNonNull(configuration.image() != null ? configuration.image() : configuration.joint()));
    }

    private void copy(@Nullable String name, Path target) throws IOException {
        if (name != null) {
            var copy = target.resolve(name);
            Files.createDirectories(Objects.requireNonNull(copy.getParent()));
            Files.copy(folder.resolve(name), copy);
        }
    }
}
