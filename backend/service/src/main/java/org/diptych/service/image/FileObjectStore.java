package org.diptych.service.image;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;

/** Objects as files of one folder. An object is written beside its place, forced to the disk and moved there. */
final class FileObjectStore implements ObjectStore {
    private static final Pattern KEY = Pattern.compile("[0-9a-z]{2}/[0-9a-z]{2}/[0-9a-z]{4,}(\\.[a-z]+(-[0-9]+)?)?");

    private final Path folder;

    FileObjectStore(Path folder) {
        this.folder = folder;
    }

    @Override
    public void put(String key, Path file) throws IOException {
        var target = path(key);
        if (Files.exists(target)) {
            return;
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        var parent = createFolder(target);
        Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
        force(parent);
    }

    @Override
    public void put(String key, byte[] content) throws IOException {
        var target = path(key);
        if (Files.exists(target)) {
            return;
        }
        var temporary = createFolder(target).resolve("." + UUID.randomUUID());
        try {
            try (var channel = FileChannel.open(temporary, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
                var rest = ByteBuffer.wrap(content);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
            }
            put(key, temporary);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    @Override
    public Optional<Resource> find(String key) {
        var file = path(key);
        return Files.isRegularFile(file) ? Optional.of(new FileSystemResource(file)) : Optional.empty();
    }

    @Override
    public void delete(String key) throws IOException {
        Files.deleteIfExists(path(key));
    }

    @Override
    public List<String> family(String key) throws IOException {
        var file = path(key);
        var keys = new ArrayList<String>();
        var folder = Objects.requireNonNull(file.getParent());
        if (Files.isDirectory(folder)) {
            try (var files = Files.newDirectoryStream(folder, file.getFileName() + "*")) {
                for (var member : files) {
                    var name = String.valueOf(member.getFileName());
                    var found = key
                            + name.substring(String.valueOf(file.getFileName()).length());
                    if (KEY.matcher(found).matches()) {
                        keys.add(found);
                    }
                }
            }
        }
        keys.sort(null);
        return keys;
    }

    @Override
    public void forEachKey(Consumer<String> visitor) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var files = Files.walk(folder, 3)) {
            files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace(File.separatorChar, '/'))
                    .filter(key -> KEY.matcher(key).matches())
                    .forEach(visitor);
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
    }

    private Path path(String key) {
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException("not an object key: " + key);
        }
        return folder.resolve(key);
    }

    private static Path createFolder(Path target) throws IOException {
        var leaf = Objects.requireNonNull(target.getParent());
        create(leaf);
        return leaf;
    }

    /** Creates a folder whose own entry survives a crash, too. */
    private static void create(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            var above = folder.toAbsolutePath().getParent();
            if (above != null) {
                create(above);
                Files.createDirectories(folder);
                force(above);
            }
        }
    }

    private static void force(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
