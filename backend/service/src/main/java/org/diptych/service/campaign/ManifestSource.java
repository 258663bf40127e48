package org.diptych.service.campaign;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** A manifest with the pictures beside it. Threads may share it. */
public sealed interface ManifestSource extends AutoCloseable
        permits FolderSource, ArchiveSource, ClassPathSource, WrittenSource {
    /** The usual name of a manifest. */
    String MANIFEST = "manifest.jsonl";

    /** A folder with {@value #MANIFEST}, or a manifest file in its folder. */
    static ManifestSource folder(Path folderOrManifest) throws IOException {
        return FolderSource.open(folderOrManifest);
    }

    /**
     * A zip archive of a folder with {@value #MANIFEST}, read by whoever owns it: its size is not limited.
     *
     * @throws org.diptych.service.problem.Problem {@code invalid_archive} when it is not one
     */
    static ManifestSource archive(Path archive) throws IOException {
        return ArchiveSource.open(archive, ImportLimits.OF_OWNER);
    }

    /** A folder of the class path with {@value #MANIFEST}, e.g. {@code demo/procedural-edits}. */
    static ManifestSource classPath(String folder) {
        return classPath(folder, MANIFEST);
    }

    /** A folder of the class path with a manifest of the given name. */
    static ManifestSource classPath(String folder, String manifest) {
        return new ClassPathSource(folder, manifest);
    }

    /** A manifest that was written from something else, with pictures that something else finds. */
    static ManifestSource written(Path manifest, Pictures pictures) {
        return new WrittenSource(manifest, pictures);
    }

    /** Finds pictures by the paths of a manifest; see {@link ManifestSource#read}. */
    interface Pictures {
        byte[] read(String path, int maximumBytes) throws UnreadableFileException;
    }

    /** The bytes of the manifest. */
    InputStream manifest() throws IOException;

    /**
     * The bytes of a file.
     *
     * @param path as {@link ManifestPath#normalise} returns it
     * @param maximumBytes upper limit
     * @throws UnreadableFileException when there is no such file, or it is too large, damaged or not to be read
     */
    byte[] read(String path, int maximumBytes) throws UnreadableFileException;

    @Override
    void close() throws IOException;

    /** Reads a stream up to a limit. */
    static byte[] readWithin(String path, InputStream input, int maximumBytes)
            throws IOException, UnreadableFileException {
        var bytes = input.readNBytes(maximumBytes);
        if (input.read() >= 0) {
            throw new UnreadableFileException("the file " + path + " has more than " + maximumBytes + " bytes");
        }
        return bytes;
    }
}
