package org.diptych.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.UUID;
import org.springframework.util.FileSystemUtils;

/**
 * Where pictures wait, checked and reduced, until it is certain that they are wanted. What has not been published when
 * it closes is gone. Threads may share it.
 */
public final class ImageStaging implements AutoCloseable {
    private static final int SHA256_LENGTH = 64;

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

    /** Moves every picture to the object store; they are durable when this returns. */
    public void publish() throws IOException {
        try (var files = files()) {
            for (var file : files) {
                var name = file.getFileName().toString();
                store.put(ObjectStore.keyOf(digest(file)) + name.substring(SHA256_LENGTH), file);
                Files.deleteIfExists(file);
            }
        }
    }

    private static String digest(Path file) {
        return file.getFileName().toString().substring(0, SHA256_LENGTH);
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
