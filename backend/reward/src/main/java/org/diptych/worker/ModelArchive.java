package org.diptych.worker;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.diptych.image.ObjectStore;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Keeps trained models in the object store, one archive per version: {@code model} is the one that scores,
 * {@code fold-0} … are trained without the source images of one fold and judge those; {@code encoder} is there when the
 * version reads the features of an encoder of its own. Unpacked copies are a cache.
 */
@Component
class ModelArchive {
    private static final String SUFFIX = ".model";
    private static final String RUN = "run-";

    private final ObjectStore store;
    private final Path cache;

    ModelArchive(ObjectStore store, @Value("${diptych.data-dir:data}") Path dataFolder) {
        this.store = store;
        this.cache = dataFolder.resolve("models");
    }

    Path newFolder() throws IOException {
        Files.createDirectories(cache);
        return Files.createTempDirectory(cache, "new-");
    }

    /** The folder of a training run, where it keeps what it has done so far; it is there again after the process died. */
    Path runFolder(UUID run) throws IOException {
        return Files.createDirectories(cache.resolve(RUN + run));
    }

    /** Deletes the folders of runs of which nobody will want them any more. */
    void discardRuns(Predicate<UUID> ended) throws IOException {
        if (!Files.isDirectory(cache)) {
            return;
        }
        try (var folders = Files.newDirectoryStream(cache, RUN + "*")) {
            for (var folder : folders) {
                var name = String.valueOf(folder.getFileName());
                if (ended.test(UUID.fromString(name.substring(RUN.length())))) {
                    discard(folder);
                }
            }
        }
    }

    /** Stores a complete folder under the digest of its model. */
    void store(String digest, Path folder) throws IOException {
        var archive = Files.createTempFile(cache, "pack-", ".zip");
        Files.delete(archive);
        try {
            try (var zip = FileSystems.newFileSystem(archive, Map.of("create", "true"));
                    var files = Files.walk(folder)) {
                for (var file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                    var target =
                            zip.getPath("/").resolve(folder.relativize(file).toString());
                    Files.createDirectories(java.util.Objects.requireNonNull(target.getParent()));
                    Files.copy(file, target);
                }
            }
            store.put(key(digest), archive);
        } finally {
            Files.deleteIfExists(archive);
        }
    }

    /** The unpacked folder of a stored model. */
    Path open(String digest) throws IOException {
        var folder = cache.resolve(digest);
        if (Files.isDirectory(folder)) {
            return folder;
        }
        var stored = store.find(key(digest))
                .orElseThrow(() -> new NoSuchFileException("model " + digest + " is not in the object store"));
        var unpacking = newFolder();
        var archive = unpacking.resolve("archive.zip");
        try (var input = stored.getInputStream()) {
            Files.copy(input, archive);
        }
        try (var zip = FileSystems.newFileSystem(archive)) {
            var root = zip.getPath("/");
            try (var files = Files.walk(root)) {
                for (var file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                    var target = unpacking.resolve(root.relativize(file).toString());
                    Files.createDirectories(java.util.Objects.requireNonNull(target.getParent()));
                    Files.copy(file, target);
                }
            }
        }
        Files.delete(archive);
        try {
            Files.move(unpacking, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // another thread or process unpacked the same model meanwhile: theirs is as good
            discard(unpacking);
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
        return folder;
    }

    /** Deletes a folder in the making. */
    void discard(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(file);
            }
        }
    }

    private static String key(String digest) {
        return ObjectStore.keyOf(digest) + SUFFIX;
    }
}
