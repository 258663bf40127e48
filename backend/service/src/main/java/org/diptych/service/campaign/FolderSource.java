package org.diptych.service.campaign;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.stream.Stream;
import org.diptych.service.problem.Problem;

/**
 * A manifest in a folder.
 *
 * @param folder its real path: no file outside is read, whatever links there are
 */
record FolderSource(Path folder, Path manifestFile) implements ManifestSource {
    static FolderSource open(Path folderOrManifest) throws IOException {
        var manifest = Files.isDirectory(folderOrManifest) ? manifestIn(folderOrManifest) : folderOrManifest;
        if (!Files.isRegularFile(manifest)) {
            throw Problem.invalid("no_manifest", "manifest", "There is no file " + manifest + ".");
        }
        var folder = manifest.toAbsolutePath().resolveSibling(".").toRealPath();
        return new FolderSource(folder, folder.resolve(manifest.getFileName()));
    }

    private static Path manifestIn(Path folder) throws IOException {
        var usual = folder.resolve(MANIFEST);
        if (Files.exists(usual)) {
            return usual;
        }
        try (var files = Files.list(folder)) {
            var others = files.filter(file -> String.valueOf(file.getFileName()).equalsIgnoreCase(MANIFEST))
                    .toList();
            return others.size() == 1 ? others.getFirst() : usual;
        }
    }

    @Override
    public InputStream manifest() throws IOException {
        return Files.newInputStream(manifestFile);
    }

    @Override
    public byte[] read(String path, int maximumBytes) throws UnreadableFileException {
        try {
            return read(path, find(path), maximumBytes);
        } catch (InvalidPathException e) {
            throw new UnreadableFileException("there is no file " + path);
        } catch (AccessDeniedException e) {
            throw new UnreadableFileException("the file " + path + " may not be read; change its permissions");
        } catch (IOException e) {
            throw new UnreadableFileException("the file " + path + " cannot be read");
        }
    }

    private byte[] read(String path, Path file, int maximumBytes) throws IOException, UnreadableFileException {
        if (!Files.exists(file)) {
            // a folder that may not be entered looks empty
            requireEntry(file);
            throw new UnreadableFileException(
                    Files.isSymbolicLink(file)
                            ? path + " is a link to a file that is not there"
                            : "there is no file " + path);
        }
        var real = file.toRealPath();
        if (!real.startsWith(folder)) {
            throw new UnreadableFileException(path + " is a link that leaves the manifest's folder");
        }
        if (!Files.isRegularFile(real)) {
            throw new UnreadableFileException(path + " is a folder or a device, no file");
        }
        try (var input = Files.newInputStream(real)) {
            return ManifestSource.readWithin(path, input, maximumBytes);
        }
    }

    private static void requireEntry(Path file) throws AccessDeniedException {
        var parent = file.getParent();
        if (parent != null && Files.isDirectory(parent) && !Files.isExecutable(parent)) {
            throw new AccessDeniedException(parent.toString());
        }
    }

    /**
     * The file that a path means: the name as it is, or with characters composed or decomposed otherwise, or with
     * the backslashes that an archive of Windows left in it.
     */
    private Path find(String path) {
        return Stream.of(
                        path,
                        Normalizer.normalize(path, Normalizer.Form.NFC),
                        Normalizer.normalize(path, Normalizer.Form.NFD),
                        path.replace('/', '\\'))
                .distinct()
                .map(folder::resolve)
                .filter(file -> Files.exists(file, LinkOption.NOFOLLOW_LINKS))
                .findFirst()
                .orElseGet(() -> folder.resolve(path));
    }

    @Override
    public void close() {}
}
