package org.diptych.service.backup;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import tools.jackson.databind.json.JsonMapper;

/** Writes the members of a backup one after the other; memory holds one part of a table at a time. */
final class BackupWriter implements AutoCloseable {
    private static final int BUFFER = 1 << 16;
    /** Rows are text that repeats itself: the first levels gain the most, and the processor is the annotators'. */
    private static final int COMPRESSION = 3;

    private final FileChannel file;
    private final BufferedOutputStream buffered;
    private final MessageDigest everything = Digests.sha256();
    private final TarArchiveOutputStream archive;

    /** A file in the making, which must not exist yet. It holds hashes of passwords: nobody but its owner reads it. */
    BackupWriter(Path file) throws IOException {
        this.file = FileChannel.open(
                file, Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW), ownerOnly(file));
        this.buffered = new BufferedOutputStream(Channels.newOutputStream(this.file), BUFFER);
        this.archive = Members.archive(new DigestOutputStream(buffered, everything));
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    void document(String name, Object value) throws IOException {
        add(name, JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsBytes(value));
    }

    private void add(String name, byte[] content) throws IOException {
        archive.putArchiveEntry(Members.entry(name, content.length, Digests.of(content)));
        archive.write(content);
        archive.closeArchiveEntry();
    }

    /** Copies a stream of known length and digest. */
    void copy(String name, long size, String sha256, InputStream content) throws IOException {
        archive.putArchiveEntry(Members.entry(name, size, sha256));
        content.transferTo(archive);
        archive.closeArchiveEntry();
    }

    /** A stream of any length, written in compressed parts of a folder. */
    Parts parts(String folder, String suffix) {
        return new Parts(folder, suffix);
    }

    /** Ends the file and waits for the disk. */
    String finish() throws IOException {
        archive.flush();
        var digest = Digests.hex(everything);
        buffered.write(Members.trailer(digest));
        buffered.flush();
        file.force(true);
        return digest;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** Rows on their way into members. */
    final class Parts extends OutputStream {
        private final String folder;
        private final String suffix;
        private final MessageDigest digest = Digests.sha256();
        private final byte[] part = new byte[Members.PART];
        private int filled;
        private int number;
        private long bytes;

        private Parts(String folder, String suffix) {
            this.folder = folder;
            this.suffix = suffix;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            int place = offset;
            int rest = length;
            while (rest > 0) {
                int taken = Math.min(rest, part.length - filled);
                System.arraycopy(source, place, part, filled, taken);
                filled += taken;
                place += taken;
                rest -= taken;
                if (filled == part.length) {
                    flushPart();
                }
            }
        }

        private void flushPart() throws IOException {
            digest.update(part, 0, filled);
            bytes += filled;
            var compressed = new ByteArrayOutputStream(filled / 4 + BUFFER);
            try (var gzip = new GZIPOutputStream(compressed, BUFFER) {
                {
                    def.setLevel(COMPRESSION);
                }
            }) {
                gzip.write(part, 0, filled);
            }
            add(Members.part(folder, ++number, suffix), compressed.toByteArray());
            filled = 0;
        }

        /** What was written. */
        BackupContents.TableContent end(long rows) throws IOException {
            if (filled > 0) {
                flushPart();
            }
            return new BackupContents.TableContent(rows, bytes, Digests.hex(digest));
        }
    }
}
