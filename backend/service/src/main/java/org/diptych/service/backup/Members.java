package org.diptych.service.backup;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Date;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * The layout of a backup: a tar archive that {@code tar} lists and unpacks. Each member says its own SHA-256 in an extended
 * header; the last one says that of all bytes before it, and has one form only, so that no byte of the file can change
 * unseen.
 */
final class Members {
    static final String HEADER = "diptych-backup.json";
    static final String TABLES = "tables/";
    static final String OBJECTS = "objects/";
    static final String REFERENCES = "references/";
    static final String CONTENTS = "contents.json";
    static final String CHECKSUM = "sha256";

    /** The extended header with the digest of a member. */
    static final String DIGEST = "DIPTYCH.sha256";

    /** Bytes of rows in one member, before compression: what a reader holds in memory. */
    static final int PART = 8 << 20;
    /** Of a member in JSON. */
    static final int LARGEST_DOCUMENT = 64 << 20;

    static final int RECORD = 512;
    /** Header and content of the last member, and the two empty records that end an archive. */
    static final int TRAILER = 4 * RECORD;

    private Members() {}

    static String part(String folder, int number, String suffix) {
        return "%s%06d%s.gz".formatted(folder, number, suffix);
    }

    static TarArchiveOutputStream archive(OutputStream stream) {
        var archive = new TarArchiveOutputStream(stream, RECORD, StandardCharsets.UTF_8.name());
        archive.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        return archive;
    }

    static TarArchiveEntry entry(String name, long size, String sha256) {
        var entry = plain(name, size);
        entry.addPaxHeader(DIGEST, sha256);
        return entry;
    }

    private static TarArchiveEntry plain(String name, long size) {
        var entry = new TarArchiveEntry(name);
        entry.setSize(size);
        entry.setMode(0100600);
        entry.setIds(0, 0);
        entry.setNames("", "");
        entry.setModTime(new Date(0));
        return entry;
    }

    /** The end of a file whose bytes before it have the given digest. */
    static byte[] trailer(String sha256) {
        var bytes = new ByteArrayOutputStream(TRAILER);
        try (var archive = archive(bytes)) {
            var content = (sha256 + "\n").getBytes(StandardCharsets.US_ASCII);
            archive.putArchiveEntry(plain(CHECKSUM, content.length));
            archive.write(content);
            archive.closeArchiveEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The digest that the end of a file states, or an empty text when it is not the end of a backup. */
    static String statedDigest(byte[] trailer) {
        if (trailer.length != TRAILER) {
            return "";
        }
        var stated = new String(trailer, RECORD, 64, StandardCharsets.ISO_8859_1);
        return stated.matches("[0-9a-f]{64}") && Arrays.equals(trailer, trailer(stated)) ? stated : "";
    }
}
