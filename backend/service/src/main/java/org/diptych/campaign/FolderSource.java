package org.diptych.campaign;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.diptych.problem.Problem;

/**
 * A manifest in a folder.
 *
 * @param folder its real path: no file outside is read, whatever links there are
 */
record FolderSource(Path folder, Path manifestFile) implements ManifestSource {
    static FolderSource open(Path folderOrManifest) throws IOException {
        var manifest = Files.isDirectory(folderOrManifest) ? folderOrManifest.resolve(MANIFEST) : folderOrManifest;
        if (!Files.isRegularFile(manifest)) {
            throw Problem.invalid("no_manifest", "manifest", "There is no file " + manifest + ".");
        }
        var real = manifest.toRealPath();
        var folder = real.getParent();
        if (folder == null) {
            throw new IOException(real + " is in no folder");
        }
        return new FolderSource(folder, real);
    }

    @Override
    public InputStream manifest() throws IOException {
        return Files.newInputStream(manifestFile);
    }

    @Override
    public byte[] read(String path, int maximumBytes) throws IOException, UnreadableFileException {
        try {
            var file = folder.resolve(path);
            if (!Files.isRegularFile(file)) {
                throw new UnreadableFileException("there is no file " + path);
            }
            var real = file.toRealPath();
            if (!real.startsWith(folder)) {
                throw new UnreadableFileException(path + " is a link that leaves the manifest's folder");
            }
            try (var input = Files.newInputStream(real)) {
                return ManifestSource.readWithin(input, maximumBytes);
            }
        } catch (InvalidPathException e) {
            throw new UnreadableFileException("there is no file " + path);
        }
    }

    @Override
    public void close() {}
}
