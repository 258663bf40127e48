package org.diptych.service.campaign;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Where pairs can come from: what somebody has sent, or folders of the server below the one that its administrator names
 * in {@code diptych.imports.folder}. Leads may read all that lies in it.
 */
@Component
public class PairSources {
    /** Folders three levels deep, and the manifests in the deepest. */
    private static final int DEPTH = 4;

    private static final int MOST_FOLDERS = 200;
    private static final int MOST_LOOKED_AT = 100_000;

    private final ImportLimits limits;
    private final @Nullable Path root;

    PairSources(ImportLimits limits, @Value("${diptych.imports.folder:}") String root) {
        this.limits = limits;
        this.root = root.isBlank() ? null : Path.of(root);
    }

    /** Whether pairs may come from folders of the server. */
    public boolean hasFolders() {
        return root != null;
    }

    /** Folders with {@value ManifestSource#MANIFEST}, relative to the one that is permitted; the first of many. */
    public List<String> folders() throws IOException {
        if (root == null || !Files.isDirectory(root)) {
            return List.of();
        }
        var top = root.toRealPath();
        var found = new TreeSet<String>();
        Files.walkFileTree(top, Set.of(), DEPTH, new SimpleFileVisitor<>() {
            private int lookedAt;

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && file.endsWith(ManifestSource.MANIFEST)) {
                    found.add(top.relativize(file.resolveSibling("")).toString());
                }
                return found.size() < MOST_FOLDERS && ++lookedAt < MOST_LOOKED_AT
                        ? FileVisitResult.CONTINUE
                        : FileVisitResult.TERMINATE;
            }

            /** What may not be read is not offered. */
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE;
            }
        });
        return List.copyOf(found);
    }

    /**
     * A folder with {@value ManifestSource#MANIFEST}.
     *
     * @throws Problem {@code unknown_folder} or {@code no_manifest}
     */
    public ManifestSource folder(String relative) throws IOException {
        var folder = real(relative);
        var manifest = folder.resolve(ManifestSource.MANIFEST);
        if (!Files.isRegularFile(manifest)) {
            throw Problem.invalid(
                    "no_manifest", "folder", "There is no " + ManifestSource.MANIFEST + " in folder " + relative + ".");
        }
        var real = manifest.toRealPath();
        if (root == null || !real.startsWith(root.toRealPath())) {
            throw Problem.invalid(
                    "no_manifest",
                    "folder",
                    "The " + ManifestSource.MANIFEST + " of folder " + relative
                            + " is a link that leaves the folder for imports. Put the file itself there.");
        }
        return new FolderSource(folder, real);
    }

    /**
     * A file that somebody has sent: an archive, or a manifest whose pictures lie in a folder of the server.
     *
     * @throws Problem {@code invalid_archive}, or {@code no_pictures} where it is no archive and nobody said where its
     *     pictures are
     */
    public ManifestSource upload(Path file, @Nullable String pictures) throws IOException {
        if (isArchive(file)) {
            return ArchiveSource.open(file, limits);
        }
        if (pictures == null) {
            throw Problem.invalid(
                    "no_pictures",
                    "body",
                    "This is no zip archive. Send one of a folder with " + ManifestSource.MANIFEST
                            + " and its pictures"
                            + (root == null ? "." : ", or name the folder of the server in which the pictures lie."));
        }
        return new FolderSource(real(pictures), file);
    }

    private static boolean isArchive(Path file) throws IOException {
        try (var input = Files.newInputStream(file)) {
            var head = input.readNBytes(2);
            return head.length == 2 && head[0] == 'P' && head[1] == 'K';
        }
    }

    private Path real(String relative) throws IOException {
        return Optional.ofNullable(root)
                .flatMap(permitted -> below(permitted, relative))
                .orElseThrow(() -> Problem.invalid(
                        "unknown_folder",
                        "folder",
                        root == null
                                ? "Pairs cannot come from folders of this server: its administrator has named none"
                                        + " (diptych.imports.folder)."
                                : "There is no folder " + relative + " below the one for imports."));
    }

    /** Whatever links there are, nothing outside is read. */
    private static Optional<Path> below(Path permitted, String relative) {
        try {
            var top = permitted.toRealPath();
            var folder = top.resolve(relative).toRealPath();
            return Optional.of(folder).filter(real -> real.startsWith(top) && Files.isDirectory(real));
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }
}
