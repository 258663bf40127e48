package org.diptych.service.campaign;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.archivers.zip.ZipMethod;
import org.tukaani.xz.LZMAInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * A file in an archive. However it is packed, what is read has the length and the checksum that the archive's directory
 * says, or reading fails.
 */
record ArchivedFile(ZipFile archive, ZipArchiveEntry entry, String name) {
    private static final int MAXIMUM_DICTIONARY = 1 << 26;

    /** The content does not agree with the directory. */
    static final class DamagedException extends IOException {
        private static final long serialVersionUID = 1L;

        DamagedException(String reason) {
            super(reason);
        }
    }

    /**
     * Opens the file. Threads that read the same archive open one file at a time.
     *
     * @throws UnreadableFileException when it is packed in a way that is not read here
     */
    InputStream open() throws IOException, UnreadableFileException {
        if (entry.getGeneralPurposeBit().usesEncryption()) {
            throw new UnreadableFileException(
                    "the file " + name + " is encrypted; make the archive without a password");
        }
        try {
            return new Verified(content(), entry.getSize(), entry.getCrc());
        } catch (RuntimeException e) {
            // a place that is not in the archive, a header that no decoder takes
            throw new IOException(e);
        }
    }

    private InputStream content() throws IOException, UnreadableFileException {
        return switch (ZipMethod.getMethodByCode(entry.getMethod())) {
            case STORED, DEFLATED, ENHANCED_DEFLATED, BZIP2, IMPLODING, UNSHRINKING -> archive.getInputStream(entry);
            case LZMA -> lzma(archive.getRawInputStream(entry));
            case XZ -> new XZInputStream(archive.getRawInputStream(entry), MAXIMUM_DICTIONARY >> 10);
            case ZSTD, ZSTD_DEPRECATED -> throw packed("Zstandard");
            case PPMD -> throw packed("PPMd");
            case AES_ENCRYPTED -> throw packed("encryption");
            case null, default -> throw packed("method " + entry.getMethod());
        };
    }

    private UnreadableFileException packed(String method) {
        return new UnreadableFileException("the file " + name + " is packed with " + method
                + ", which is not read here; make an ordinary zip archive (method Deflate)");
    }

    /** APPNOTE 5.8.8: a version, the length of the properties and the properties stand before the data. */
    private InputStream lzma(InputStream raw) throws IOException {
        var header = raw.readNBytes(9);
        if (header.length < 9 || header[2] != 5 || header[3] != 0) {
            throw new DamagedException("the beginning is damaged");
        }
        var dictionary = 0L;
        for (int i = 8; i >= 5; i--) {
            dictionary = (dictionary << 8) | (header[i] & 0xff);
        }
        if (dictionary > MAXIMUM_DICTIONARY) {
            throw new DamagedException("it needs more memory than it may");
        }
        var stream = new LZMAInputStream(raw, entry.getSize(), header[4], (int) dictionary);
        stream.enableRelaxedEndCondition();
        return stream;
    }

    /** Hands on what the directory announced, and fails for anything else. */
    private static final class Verified extends FilterInputStream {
        private final long size;
        private final long expected;
        private final CRC32 checksum = new CRC32();
        private long count;

        Verified(InputStream content, long size, long checksum) {
            super(content);
            this.size = size;
            this.expected = checksum;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read;
            try {
                read = super.read(target, offset, length);
            } catch (EOFException | RuntimeException e) {
                // decoders meet damaged files with exceptions of many kinds
                throw new IOException(e);
            }
            if (read >= 0) {
                count += read;
                checksum.update(target, offset, read);
            }
            if (count > size || (read < 0 && count < size)) {
                throw new DamagedException("it has another length than the archive says");
            }
            if (read < 0 && checksum.getValue() != expected) {
                throw new DamagedException("wrong checksum");
            }
            return read;
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        @Override
        public long skip(long count) throws IOException {
            return readNBytes((int) Math.min(count, 8192)).length;
        }
    }
}
