package org.diptych.service.campaign;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * A manifest in a ZIP archive, at its top or in its only folder. Nothing is unpacked to the disk: a file is read when a
 * row names it, and a link is only a file with a path in it. Files that no row names are of no interest.
 */
final class ArchiveSource implements ManifestSource {
    /** A directory entry has at least 46 bytes and a name, and often times and owners. */
    private static final int DIRECTORY_BYTES_PER_ENTRY = 150;

    /** The end of an archive is looked for in the longest comment that there may be, step by step. */
    private static final int SEARCH_BYTES = 1 << 20;

    private static final int RATIO_MATTERS_FROM = 1_000_000;

    private final LimitedChannel file;
    private final ZipFile archive;
    private final ImportLimits limits;
    private final List<ZipArchiveEntry> entries;
    /** Null in an archive of files of another tool. */
    private final @Nullable ArchivedFile manifest;

    private final ArchiveNames names;

    private ArchiveSource(LimitedChannel file, ZipFile archive, ImportLimits limits, boolean withManifest) {
        this.file = file;
        this.archive = archive;
        this.limits = limits;
        entries = Collections.list(archive.getEntries());
        check(entries);
        var found = withManifest ? ManifestEntry.among(entries, ArchiveSource::invalid) : null;
        this.manifest = found == null ? null : new ArchivedFile(archive, found.entry(), MANIFEST);
        this.names = new ArchiveNames(found == null ? "" : found.folder());
        entries.forEach(names::add);
    }

    /**
     * Opens an archive. Its manifest has been read once when this returns: a damaged one is noticed before anything is
     * done with its rows.
     *
     * @throws Problem {@code invalid_archive} when the file is no acceptable archive
     */
    static ArchiveSource open(Path path, ImportLimits limits) throws IOException {
        var source = open(path, limits, true);
        try {
            source.requireGoodManifest();
            return source;
        } catch (IOException | RuntimeException e) {
            source.close();
            throw e;
        }
    }

    /**
     * Opens an archive of files of another tool, which has no manifest.
     *
     * @throws Problem {@code invalid_archive} when the file is no acceptable archive
     */
    static ArchiveSource ofFiles(Path path, ImportLimits limits) throws IOException {
        return open(path, limits, false);
    }

    private static ArchiveSource open(Path path, ImportLimits limits, boolean withManifest) throws IOException {
        var file = new LimitedChannel(
                FileChannel.open(path, StandardOpenOption.READ),
                (long) limits.maximumArchiveEntries() * DIRECTORY_BYTES_PER_ENTRY + SEARCH_BYTES);
        try {
            var source = new ArchiveSource(file, directory(path, file, limits), limits, withManifest);
            file.lift();
            return source;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static ZipFile directory(Path path, LimitedChannel file, ImportLimits limits) throws IOException {
        try {
            return ZipFile.builder()
                    .setSeekableByteChannel(file)
                    .setCharset(StandardCharsets.ISO_8859_1)
                    .setUseUnicodeExtraFields(false)
                    .setIgnoreLocalFileHeader(true)
                    .get();
        } catch (IOException | IllegalArgumentException e) {
            throw invalid(
                    file.isExceeded()
                            ? "it has more than " + limits.maximumArchiveEntries() + " files"
                            : whatItIs(path));
        }
    }

    /** What somebody may have sent instead. */
    private static String whatItIs(Path path) throws IOException {
        String beginning;
        try (var stream = Files.newInputStream(path)) {
            beginning = new String(stream.readNBytes(8), StandardCharsets.ISO_8859_1);
        }
        if (beginning.startsWith("Rar!")) {
            return "it is a RAR archive, no zip archive";
        }
        if (beginning.startsWith("7z\u00bc\u00af")) {
            return "it is a 7z archive, no zip archive";
        }
        if (beginning.startsWith("\u001f\u008b")) {
            return "it is a gzip file, no zip archive";
        }
        if (beginning.replace("\u00ef\u00bb\u00bf", "").stripLeading().matches("(?s)[{\\[].*")) {
            return "it is a manifest without its pictures, no zip archive";
        }
        return "it is no zip archive, or its end is missing";
    }

    private void check(List<ZipArchiveEntry> entries) {
        if (entries.size() > limits.maximumArchiveEntries()) {
            throw invalid("it has more than " + limits.maximumArchiveEntries() + " files");
        }
        var unpacked = 0L;
        for (var entry : entries) {
            unpacked += Math.max(0, entry.getSize());
            if (unpacked > limits.maximumUnpackedBytes()) {
                throw invalid("it unpacks to more than " + limits.maximumUnpackedBytes() + " bytes");
            }
        }
    }

    private ArchivedFile presentManifest() {
        if (manifest == null) {
            throw new IllegalStateException("an archive of files of another tool has no manifest");
        }
        return manifest;
    }

    /** The paths of the files in it, in the order of the archive; those that macOS adds are none. */
    List<String> files() {
        return entries.stream()
                .filter(entry -> !entry.isDirectory())
                .map(ArchiveNames::raw)
                .filter(name -> !name.isEmpty() && !name.startsWith("__MACOSX/"))
                .toList();
    }

    /** Unpacks a file to a place on the disk. */
    void unpack(String path, Path target) throws IOException, UnreadableFileException {
        var entry = names.find(path);
        if (entry == null) {
            throw new UnreadableFileException("there is no file " + path + " in the archive");
        }
        if (unpacksTooMuch(entry)) {
            throw new UnreadableFileException(
                    "the file " + path + " unpacks to more than " + limits.maximumRatio() + " times its size");
        }
        try (var input = open(new ArchivedFile(archive, entry, path))) {
            Files.copy(input, target);
        } catch (ArchivedFile.DamagedException | ZipException | EOFException e) {
            throw new UnreadableFileException("the file " + path + " " + damage(e));
        }
    }

    private void requireGoodManifest() throws IOException {
        if (unpacksTooMuch(presentManifest().entry())) {
            throw invalid("its " + MANIFEST + " unpacks to more than " + limits.maximumRatio() + " times its size");
        }
        try (var stream = open(presentManifest())) {
            stream.transferTo(OutputStream.nullOutputStream());
        } catch (UnreadableFileException e) {
            throw invalid(e.reason());
        } catch (IOException e) {
            throw invalid("the file " + MANIFEST + " " + damage(e));
        }
    }

    /** The lengths are those of the directory, which reading enforces. */
    private boolean unpacksTooMuch(ZipArchiveEntry entry) throws IOException {
        return entry.getSize() > RATIO_MATTERS_FROM
                && entry.getSize() / Math.max(1, Math.min(entry.getCompressedSize(), file.size()))
                        > limits.maximumRatio();
    }

    private static Problem invalid(String reason) {
        return Problem.invalid(
                "invalid_archive",
                "body",
                "The archive cannot be read: " + reason + ". Send a zip archive of a folder with " + MANIFEST + ".");
    }

    @Override
    public InputStream manifest() throws IOException {
        try {
            return open(presentManifest());
        } catch (UnreadableFileException e) {
            throw invalid(e.reason());
        }
    }

    @Override
    public byte[] read(String path, int maximumBytes) throws UnreadableFileException {
        var entry = names.find(path);
        if (entry == null) {
            throw new UnreadableFileException("there is no file " + path + " in the archive");
        }
        if (entry.getSize() > maximumBytes) {
            throw new UnreadableFileException("the file " + path + " has more than " + maximumBytes + " bytes");
        }
        try (var input = open(new ArchivedFile(archive, entry, path))) {
            if (unpacksTooMuch(entry)) {
                throw new UnreadableFileException("the file " + path + " unpacks to more than " + limits.maximumRatio()
                        + " times its size: not a picture");
            }
            return input.readAllBytes();
        } catch (IOException e) {
            throw new UnreadableFileException("the file " + path + " " + damage(e));
        }
    }

    /** Decoders say what is wrong in their own terms, which help nobody. */
    private static String damage(IOException e) {
        return "is damaged in the archive ("
                + (e instanceof ArchivedFile.DamagedException ? e.getMessage() : "it cannot be unpacked") + ")";
    }

    /** Files are opened one at a time: where they begin is read through the one position of the channel. */
    private InputStream open(ArchivedFile archived) throws IOException, UnreadableFileException {
        synchronized (file) {
            return archived.open();
        }
    }

    @Override
    public void close() throws IOException {
        archive.close();
    }
}
