package org.diptych.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/** A dataset of several files: unpacked beside its place, and put there when the last file has come. */
final class ExportedFolder {
    /** What the server writes last: without it the rest is not complete. */
    private static final String LAST = "croissant.json";

    private final Path folder;

    ExportedFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Unpacks the archive into the folder.
     *
     * @return the files without the pictures
     */
    List<String> unpack(InputStream archive) throws IOException {
        boolean isNew = !Files.exists(folder);
        Files.createDirectories(folder);
        Path draft = Files.createTempDirectory(folder, ".export-");
        boolean complete = false;
        try {
            List<String> names = write(archive, draft);
            if (names.isEmpty() || !names.getLast().equals(LAST)) {
                throw new IOException("the server's answer ended too early");
            }
            List<String> files = new ArrayList<>();
            for (String name : names) {
                Path target = folder.resolve(name);
                Files.createDirectories(Objects.requireNonNull(target.getParent()));
                Files.move(draft.resolve(name), target, StandardCopyOption.REPLACE_EXISTING);
                if (!name.startsWith("images/")) {
                    files.add(target.toString());
                }
            }
            complete = true;
            return files;
        } finally {
            delete(draft);
            if (isNew && !complete) {
                Files.deleteIfExists(folder);
            }
        }
    }

    private static List<String> write(InputStream archive, Path draft) throws IOException {
        List<String> names = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(archive, StandardCharsets.UTF_8)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path target = draft.resolve(entry.getName()).normalize();
                if (!target.startsWith(draft) || target.equals(draft)) {
                    throw CommandFailure.failed("The server named a file outside of the folder: " + entry.getName());
                }
                Files.createDirectories(Objects.requireNonNull(target.getParent()));
                Files.copy(zip, target);
                names.add(entry.getName());
            }
        }
        return names;
    }

    private static void delete(Path tree) throws IOException {
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
