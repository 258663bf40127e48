package org.diptych.command;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.diptych.service.campaign.ManifestReader;
import org.diptych.service.campaign.ManifestReader.NamedPicture;
import org.diptych.service.campaign.ManifestSource;
import org.diptych.service.campaign.UnreadableFileException;

/**
 * A manifest and the pictures that it names, written as a zip while it is sent. The manifest is read as the server reads
 * it. Pictures that are missing or lie outside the manifest's folder (also through a symbolic link) are left out; the server
 * then reports the row, and this program never reads a file that the manifest has no right to.
 */
final class ManifestArchive {
    /** Held in memory while it is sent, so that a file that breaks off spoils its row only. */
    static final int LARGEST_PICTURE = 100_000_000;

    private final Path manifest;
    private final ManifestSource source;
    private final Map<Place, String> leftOut = new ConcurrentHashMap<>();

    private ManifestArchive(Path manifest, ManifestSource source) {
        this.manifest = manifest;
        this.source = source;
    }

    private record Place(int line, String field) {}

    /**
     * The archive of a manifest.
     *
     * @throws CommandFailure when it cannot be read
     */
    static ManifestArchive of(Path manifest) {
        try {
            return new ManifestArchive(manifest, ManifestSource.folder(manifest));
        } catch (IOException exception) {
            throw CommandFailure.badInput(manifest + ": cannot be read: " + FileFault.of(exception) + ".");
        }
    }

    /** Why a picture is not in the archive, when it is there and could not be read. */
    Optional<String> reason(int line, String field) {
        return Optional.ofNullable(leftOut.get(new Place(line, field)));
    }

    /** Writes the archive, one picture after the other. */
    void writeTo(OutputStream target) throws IOException {
        Set<String> done = new HashSet<>();
        try (ZipOutputStream zip = new ZipOutputStream(target)) {
            zip.putNextEntry(new ZipEntry(ManifestSource.MANIFEST));
            Files.copy(manifest, zip);
            zip.closeEntry();
            // pictures are compressed already
            zip.setLevel(Deflater.NO_COMPRESSION);
            try (ManifestReader rows = ManifestReader.ofSender(source.manifest())) {
                for (var row = rows.next(); row != null; row = rows.next()) {
                    for (NamedPicture picture : row.pictures()) {
                        write(row.line(), picture, zip, done);
                    }
                }
            }
        }
    }

    private void write(int line, NamedPicture picture, ZipOutputStream zip, Set<String> done) throws IOException {
        if (done.contains(picture.path())) {
            return;
        }
        if (picture.path().equals(ManifestSource.MANIFEST)) {
            leftOut.put(
                    new Place(line, picture.field()),
                    picture.path() + " is the name that the manifest is sent under; give the picture another");
            return;
        }
        byte[] content;
        try {
            content = source.read(picture.path(), LARGEST_PICTURE);
        } catch (UnreadableFileException exception) {
            leftOut.put(new Place(line, picture.field()), exception.reason());
            return;
        }
        done.add(picture.path());
        zip.putNextEntry(new ZipEntry(picture.path()));
        zip.write(content);
        zip.closeEntry();
    }
}
