package org.diptych.service.image;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * Where pictures wait, checked and reduced, until it is certain that they are wanted. What has not been published when
 * it closes is gone. Threads may share it.
 */
public final class ImageStaging implements AutoCloseable {
    private static final int SHA256_LENGTH = 64;
    /** Writing waits for the disk, not for the processor. */
    private static final int WRITERS = 16;

    private static final int ROUND = 1000;

    private final Path folder;
    private final ObjectStore store;

    ImageStaging(Path folder, ObjectStore store) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.store = store;
    }

    /** Adds an object; its key is {@link ObjectStore#keyOf} of the given digest with the given suffix. */
    void add(String sha256, String suffix, byte[] content) throws IOException {
        var temporary = folder.resolve("." + UUID.randomUUID());
        Files.write(temporary, content);
        Files.move(temporary, folder.resolve(sha256 + suffix), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Forgets all pictures. */
    public void keepNone() throws IOException {
        keepOnly(Set.of());
    }

    /** Forgets all pictures but those with the given digests. */
    public void keepOnly(Set<String> wanted) throws IOException {
        try (var files = files()) {
            for (var file : files) {
                if (!wanted.contains(digest(file))) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /**
     * Forgets all pictures but those that something refers to.
     *
     * @param referred those of the given digests that something refers to; asked with some at a time
     */
    public void keepReferred(UnaryOperator<Set<String>> referred) throws IOException {
        try (var files = files()) {
            var round = new ArrayList<Path>(ROUND);
            for (var rest = files.iterator(); rest.hasNext(); ) {
                round.add(rest.next());
                if (round.size() == ROUND || !rest.hasNext()) {
                    var kept = referred.apply(
                            round.stream().map(ImageStaging::digest).collect(Collectors.toSet()));
                    for (var file : round) {
                        if (!kept.contains(digest(file))) {
                            Files.deleteIfExists(file);
                        }
                    }
                    round.clear();
                }
            }
        }
    }

    /** Moves every picture to the object store; they are durable when this returns. */
    public void publish() throws IOException {
        try (var files = files();
                var threads = Executors.newFixedThreadPool(WRITERS)) {
            var round = new ArrayList<Callable<@Nullable Void>>(ROUND);
            for (var rest = files.iterator(); rest.hasNext(); ) {
                var file = rest.next();
                round.add(() -> publish(file));
                if (round.size() == ROUND || !rest.hasNext()) {
                    for (var published : threads.invokeAll(round)) {
                        published.get();
                    }
                    round.clear();
                }
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted while storing pictures").initCause(e);
        }
    }

    private @Nullable Void publish(Path file) throws IOException {
        store.put(ObjectStore.keyOf(digest(file)) + name(file).substring(SHA256_LENGTH), file);
        Files.deleteIfExists(file);
        return null;
    }

    private static String digest(Path file) {
        return name(file).substring(0, SHA256_LENGTH);
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private DirectoryStream<Path> files() throws IOException {
        return Files.newDirectoryStream(folder, "[0-9a-f]*");
    }

    @Override
    public void close() {
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (NoSuchFileException e) {
            // nothing is left to delete
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
