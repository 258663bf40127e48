package org.diptych.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A manifest and the pictures that it names, written as a zip while it is sent. Pictures that are missing or lie outside
 * the manifest's folder (also through a symbolic link) are left out; the server then reports the row, and this program
 * never reads a file that the manifest has no right to.
 */
final class ManifestArchive {
    private static final String MANIFEST_NAME = "manifest.jsonl";

    private final Path manifest;
    private final Path folder;

    private ManifestArchive(Path manifest, Path folder) {
        this.manifest = manifest;
        this.folder = folder;
    }

    /**
     * The archive of a manifest.
     *
     * @throws CommandFailure when there is no such file
     */
    static ManifestArchive of(Path manifest) {
        if (!Files.isRegularFile(manifest)) {
            throw CommandFailure.badInput(
                    manifest + ": there is no such file. Give the manifest (.jsonl) or a .zip of its" + " folder.");
        }
        try {
            Path folder = manifest.toAbsolutePath().resolveSibling(".").toRealPath();
            return new ManifestArchive(folder.resolve(manifest.getFileName()), folder);
        } catch (IOException exception) {
            throw CommandFailure.badInput(manifest + ": cannot be read: " + exception.getMessage());
        }
    }

    /** Writes the archive, one picture after the other. */
    void writeTo(OutputStream target) throws IOException {
        Set<Path> written = new HashSet<>();
        try (ZipOutputStream zip = new ZipOutputStream(target)) {
            zip.putNextEntry(new ZipEntry(MANIFEST_NAME));
            Files.copy(manifest, zip);
            zip.closeEntry();
            // pictures are compressed already
            zip.setLevel(Deflater.NO_COMPRESSION);
            try (BufferedReader lines = Files.newBufferedReader(manifest)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    writePictures(line, zip, written);
                }
            } catch (MalformedInputException notUtf8) {
                // the server says so of the line concerned
                return;
            }
        }
    }

    private void writePictures(String line, ZipOutputStream zip, Set<Path> written) throws IOException {
        JsonNode row;
        try {
            row = ServerClient.JSON.readTree(line);
        } catch (JacksonException exception) {
            return;
        }
        write(row.path("source"), zip, written);
        for (JsonNode candidate : row.path("candidates")) {
            write(candidate.path("image"), zip, written);
        }
    }

    private void write(JsonNode reference, ZipOutputStream zip, Set<Path> written) throws IOException {
        Path file = locate(reference.asString(""));
        if (file == null || !written.add(file)) {
            return;
        }
        zip.putNextEntry(new ZipEntry(folder.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, zip);
        zip.closeEntry();
    }

    /** The file that a manifest may mean by this text, or null. */
    private @Nullable Path locate(String reference) {
        try {
            Path file = folder.resolve(reference).normalize();
            boolean inside = !reference.isEmpty() && file.startsWith(folder) && Files.isRegularFile(file);
            return inside && file.toRealPath().startsWith(folder) && !file.equals(manifest) ? file : null;
        } catch (InvalidPathException | IOException unusable) {
            return null;
        }
    }
}
