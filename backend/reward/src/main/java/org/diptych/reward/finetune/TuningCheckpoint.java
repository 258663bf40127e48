package org.diptych.reward.finetune;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Where a tuning stands, in a folder of its own: the module, the head with the optimizer's moments, and the number of steps.
 * It appears whole or not at all.
 */
final class TuningCheckpoint {

    private static final String PREFIX = "checkpoint-";
    private static final String MODULE = "backbone.pt";
    private static final String STATE = "state.safetensors";

    private final Path folder;

    private TuningCheckpoint(Path folder) {
        this.folder = folder;
    }

    /** The newest checkpoint in a folder. */
    static Optional<TuningCheckpoint> newest(Path parent) throws IOException {
        return all(parent).stream()
                .max(Comparator.comparingInt(TuningCheckpoint::steps))
                .map(folder -> new TuningCheckpoint(folder));
    }

    /** Writes a checkpoint and forgets the ones before it. */
    static void write(Path parent, Backbone backbone, TuningOptimizer optimizer) throws IOException {
        var before = all(parent);
        var making = Files.createTempDirectory(parent, "new-");
        backbone.save(making.resolve(MODULE));
        try (var stream = Files.newOutputStream(making.resolve(STATE))) {
            var state = optimizer.state();
            for (int i = 0; i < state.size(); i++) {
                state.get(i).setName("%05d".formatted(i));
            }
            state.encode(stream, NDList.Encoding.SAFETENSORS);
        }
        Files.move(making, parent.resolve(PREFIX + optimizer.steps()), StandardCopyOption.ATOMIC_MOVE);
        for (var old : before) {
            delete(old);
        }
    }

    Path module() {
        return folder.resolve(MODULE);
    }

    /** Puts head and moments back. */
    void restore(NDManager manager, TuningOptimizer optimizer) throws IOException {
        try (var local = manager.newSubManager();
                var stream = Files.newInputStream(folder.resolve(STATE))) {
            var decoded = NDList.decode(local, stream);
            optimizer.restore(
                    decoded.stream()
                            .sorted(Comparator.comparing(array -> String.valueOf(array.getName())))
                            .toList(),
                    steps(folder));
        }
    }

    private static int steps(Path folder) {
        return Integer.parseInt(folder.getFileName().toString().substring(PREFIX.length()));
    }

    private static List<Path> all(Path parent) throws IOException {
        try (var folders = Files.list(parent)) {
            return folders.filter(folder -> folder.getFileName().toString().startsWith(PREFIX))
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(file);
            }
        }
    }
}
