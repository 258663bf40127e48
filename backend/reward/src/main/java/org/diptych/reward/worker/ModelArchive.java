package org.diptych.reward.worker;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.zip.ZipException;
import org.diptych.reward.ModelFileException;
import org.diptych.service.image.ObjectStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Keeps trained models in the object store, one archive per version: {@code model} is the one that scores,
 * {@code fold-0} … are trained without the source images of one fold and judge those; {@code encoder} is there when the
 * version reads the features of an encoder of its own. Unpacked copies are a cache.
 */
@Component
class ModelArchive {
    private static final Logger log = LoggerFactory.getLogger(ModelArchive.class);
    /** Folder in an archive for the model that scores. */
    static final String MODEL = "model";

    private static final String SUFFIX = ".model";
    private static final String RUN = "run-";
    private static final String NEW = "new-";
    private static final String PACK = "pack-";
    private static final String GONE = "gone-";
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    /** Longer than anything that a living process makes takes. */
    private static final Duration ABANDONED_AFTER = Duration.ofDays(7);

    private static final int MOST_COPIES = 8;
    private static final long MOST_BYTES = 4L << 30;

    private final ObjectStore store;
    private final Path cache;
    private final int mostCopies;
    private final long mostBytes;
    /** How often each unpacked model is in use; also the lock of what lies in the folder. */
    private final Map<String, Integer> inUse = new HashMap<>();

    @Autowired
    ModelArchive(ObjectStore store, @Value("${diptych.data-dir:data}") Path dataFolder) {
        this(store, dataFolder, MOST_COPIES, MOST_BYTES);
    }

    /**
     * Keeps as many unpacked copies as are allowed, and those in use.
     *
     * @param mostBytes of all copies together
     */
    ModelArchive(ObjectStore store, Path dataFolder, int mostCopies, long mostBytes) {
        this.mostCopies = mostCopies;
        this.mostBytes = mostBytes;
        this.store = store;
        this.cache = dataFolder.resolve("models");
    }

    Path newFolder() throws IOException {
        Files.createDirectories(cache);
        return Files.createTempDirectory(cache, NEW);
    }

    /** The folder of a training run, where it keeps what it has done so far; it is there again after the process died. */
    Path runFolder(UUID run) throws IOException {
        return Files.createDirectories(cache.resolve(RUN + run));
    }

    /** Deletes the folders of runs of which nobody will want them any more, and what died processes left half done. */
    void discardRuns(Predicate<UUID> ended) throws IOException {
        if (!Files.isDirectory(cache)) {
            return;
        }
        try (var entries = Files.newDirectoryStream(cache)) {
            for (var entry : entries) {
                if (ended(entry, ended) || abandoned(entry)) {
                    tryToDiscard(entry);
                }
            }
        }
    }

    private static boolean ended(Path entry, Predicate<UUID> ended) {
        var name = String.valueOf(entry.getFileName());
        try {
            return name.startsWith(RUN) && ended.test(UUID.fromString(name.substring(RUN.length())));
        } catch (IllegalArgumentException e) {
            // no folder of ours
            return false;
        }
    }

    private static boolean abandoned(Path entry) throws IOException {
        var name = String.valueOf(entry.getFileName());
        return (name.startsWith(NEW) || name.startsWith(PACK) || name.startsWith(GONE))
                && Files.getLastModifiedTime(entry)
                        .toInstant()
                        .isBefore(Instant.now().minus(ABANDONED_AFTER));
    }

    private void tryToDiscard(Path entry) {
        try {
            discard(entry);
        } catch (IOException | UncheckedIOException e) {
            log.warn("{} stays for now", entry, e);
        }
    }

    /** Stores a complete folder under the digest of its model. */
    void store(String digest, Path folder) throws IOException {
        var archive = Files.createTempFile(cache, PACK, ".zip");
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

    /**
     * Unpacks a stored model, unless it is unpacked already; a copy that is damaged or not whole is made anew. The copies
     * used longest ago go when there are too many, or too much of them.
     *
     * @return its folder, which stays at least until it is closed
     * @throws NoSuchFileException if the object store has no such model
     * @throws ModelFileException if the stored archive is damaged
     */
    Unpacked open(String digest) throws IOException {
        var folder = cache.resolve(digest);
        synchronized (inUse) {
            if (!UnpackedFiles.areWhole(folder)) {
                setAside(folder);
                unpack(digest, folder);
                evict(digest);
            }
            Files.setLastModifiedTime(folder, FileTime.from(Instant.now()));
            inUse.merge(digest, 1, Integer::sum);
        }
        return new Unpacked(folder, () -> release(digest));
    }

    private void release(String digest) {
        synchronized (inUse) {
            inUse.computeIfPresent(digest, (_, uses) -> uses == 1 ? null : uses - 1);
        }
    }

    private void unpack(String digest, Path folder) throws IOException {
        var stored = store.find(key(digest))
                .orElseThrow(() -> new NoSuchFileException("model " + digest + " is not in the object store"));
        var unpacking = newFolder();
        try {
            var archive = unpacking.resolve("archive.zip");
            try (var input = stored.getInputStream()) {
                Files.copy(input, archive);
            }
            unzip(digest, archive, unpacking);
            Files.delete(archive);
            UnpackedFiles.seal(unpacking);
            try {
                Files.move(unpacking, folder, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                // another process unpacked the same model meanwhile: theirs is as good
                if (!UnpackedFiles.areWhole(folder)) {
                    throw e;
                }
            }
        } finally {
            tryToDiscard(unpacking);
        }
    }

    private static void unzip(String digest, Path archive, Path into) throws IOException {
        try (var zip = FileSystems.newFileSystem(archive)) {
            var root = zip.getPath("/");
            try (var files = Files.walk(root)) {
                for (var file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                    var target = into.resolve(root.relativize(file).toString());
                    Files.createDirectories(java.util.Objects.requireNonNull(target.getParent()));
                    Files.copy(file, target);
                }
            }
        } catch (ZipException | EOFException e) {
            throw new ModelFileException(
                    "the stored archive of model %s is damaged: restore the object, or train anew".formatted(digest),
                    e);
        }
    }

    /** Away by its name first: what breaks off half deleted is never taken for a whole copy. */
    private void setAside(Path folder) throws IOException {
        if (Files.exists(folder)) {
            var gone = Files.move(folder, cache.resolve(GONE + UUID.randomUUID()), StandardCopyOption.ATOMIC_MOVE);
            tryToDiscard(gone);
        }
    }

    private void evict(String fresh) throws IOException {
        var copies = new ArrayList<Copy>();
        try (var folders = Files.newDirectoryStream(
                cache,
                entry -> DIGEST.matcher(String.valueOf(entry.getFileName())).matches())) {
            for (var folder : folders) {
                copies.add(Copy.of(folder));
            }
        }
        copies.sort(Comparator.comparing(Copy::used));
        int count = copies.size();
        long bytes = copies.stream().mapToLong(Copy::bytes).sum();
        for (var copy : copies) {
            if (count <= mostCopies && bytes <= mostBytes) {
                return;
            }
            var digest = String.valueOf(copy.folder().getFileName());
            if (!digest.equals(fresh) && !inUse.containsKey(digest)) {
                setAside(copy.folder());
                count--;
                bytes -= copy.bytes();
            }
        }
    }

    /** Deletes a folder in the making, or a file. */
    void discard(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                Files.deleteIfExists(file);
            }
        }
    }

    /**
     * An unpacked model in use.
     *
     * @param folder nobody deletes it until this is closed
     * @param release run on closing
     */
    record Unpacked(Path folder, Runnable release) implements AutoCloseable {
        @Override
        public void close() {
            release.run();
        }
    }

    private record Copy(Path folder, FileTime used, long bytes) {
        static Copy of(Path folder) throws IOException {
            try (var files = Files.walk(folder)) {
                long bytes = 0;
                for (var file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                    bytes += Files.size(file);
                }
                return new Copy(folder, Files.getLastModifiedTime(folder), bytes);
            }
        }
    }

    private static String key(String digest) {
        return ObjectStore.keyOf(digest) + SUFFIX;
    }
}
