package org.diptych.campaign;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.diptych.problem.Problem;

/**
 * A manifest in a ZIP archive, at its top or in its only folder. Nothing is unpacked to the disk: a file is read when a
 * row names it, and a link is only a file with a path in it.
 */
final class ArchiveSource implements ManifestSource {
    /** A directory entry has at least 46 bytes and a name; more than this is padding. */
    private static final int DIRECTORY_BYTES_PER_ENTRY = 1_000;

    private static final int RATIO_MATTERS_FROM = 1_000_000;

    private final ZipFile archive;
    private final String folder;
    private final int maximumRatio;

    private ArchiveSource(ZipFile archive, String folder, int maximumRatio) {
        this.archive = archive;
        this.folder = folder;
        this.maximumRatio = maximumRatio;
    }

    /** @throws Problem {@code invalid_archive} when the file is no acceptable archive */
    static ArchiveSource open(Path file, ImportLimits limits) throws IOException {
        try {
            var directory = ArchiveDirectory.read(file);
            if (directory.entries() > limits.maximumArchiveEntries()
                    || directory.bytes() > (long) limits.maximumArchiveEntries() * DIRECTORY_BYTES_PER_ENTRY) {
                throw invalid("it has more than " + limits.maximumArchiveEntries() + " files");
            }
            var archive = new ZipFile(file.toFile());
            try {
                return new ArchiveSource(archive, checkedFolder(archive, limits), limits.maximumRatio());
            } catch (RuntimeException e) {
                archive.close();
                throw e;
            }
        } catch (ZipException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
    }

    /** The folder of the manifest within the archive, empty or ending in a slash. */
    private static String checkedFolder(ZipFile archive, ImportLimits limits) {
        var manifests = new ArrayList<String>();
        var unpacked = 0L;
        for (var entries = archive.entries(); entries.hasMoreElements(); ) {
            var entry = entries.nextElement();
            var name = entry.getName();
            if (ManifestPath.normalise(name).isEmpty()) {
                throw invalid("the name of file " + name + " leaves the archive");
            }
            unpacked += Math.max(0, entry.getSize());
            if (unpacked > limits.maximumUnpackedBytes()) {
                throw invalid("it unpacks to more than " + limits.maximumUnpackedBytes() + " bytes");
            }
            if (name.equals(MANIFEST)
                    || (name.endsWith("/" + MANIFEST) && name.indexOf('/') == name.lastIndexOf('/'))) {
                manifests.add(name);
            }
        }
        if (manifests.contains(MANIFEST)) {
            return "";
        }
        if (manifests.size() != 1) {
            throw invalid(
                    manifests.isEmpty()
                            ? "it has no " + MANIFEST
                            : "it has " + manifests.size() + " files " + MANIFEST);
        }
        var manifest = manifests.getFirst();
        return manifest.substring(0, manifest.length() - MANIFEST.length());
    }

    private static Problem invalid(String reason) {
        return Problem.invalid(
                "invalid_archive",
                "body",
                "The archive cannot be read: " + reason + ". Send a zip archive of a folder with " + MANIFEST + ".");
    }

    @Override
    public InputStream manifest() throws IOException {
        var entry = archive.getEntry(folder + MANIFEST);
        if (entry == null) {
            throw invalid("it has no " + MANIFEST);
        }
        return archive.getInputStream(entry);
    }

    @Override
    public byte[] read(String path, int maximumBytes) throws IOException, UnreadableFileException {
        var entry = archive.getEntry(folder + path);
        if (entry == null || entry.isDirectory()) {
            throw new UnreadableFileException("there is no file " + path + " in the archive");
        }
        if (entry.getSize() > maximumBytes) {
            throw new UnreadableFileException("the file has more than " + maximumBytes + " bytes");
        }
        try (var input = archive.getInputStream(entry)) {
            var bytes = ManifestSource.readWithin(input, maximumBytes);
            check(entry, bytes);
            return bytes;
        } catch (ZipException | java.io.EOFException e) {
            throw new UnreadableFileException("the file is damaged in the archive (" + e.getMessage() + ")");
        }
    }

    private void check(ZipEntry entry, byte[] bytes) throws UnreadableFileException {
        if (bytes.length > RATIO_MATTERS_FROM && bytes.length / Math.max(1, entry.getCompressedSize()) > maximumRatio) {
            throw new UnreadableFileException(
                    "the file unpacks to more than " + maximumRatio + " times its size: not a picture");
        }
        var checksum = new CRC32();
        checksum.update(bytes);
        if (checksum.getValue() != entry.getCrc()) {
            throw new UnreadableFileException("the file is damaged in the archive (wrong checksum)");
        }
    }

    @Override
    public void close() throws IOException {
        archive.close();
    }
}
