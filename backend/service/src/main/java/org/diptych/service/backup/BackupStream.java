package org.diptych.service.backup;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/** The bytes of a backup: knows its place in the file and the digest of all that it has read before the last member. */
final class BackupStream extends FilterInputStream {
    private static final int BUFFER = 1 << 16;

    private final long length;
    private final String stated;
    private final MessageDigest digest = Digests.sha256();
    private long position;

    private BackupStream(InputStream in, long length, String stated) {
        super(in);
        this.length = length;
        this.stated = stated;
    }

    static BackupStream open(Path file) throws IOException {
        long length;
        byte[] trailer;
        try (var channel = FileChannel.open(file)) {
            length = channel.size();
            var end = ByteBuffer.allocate((int) Math.min(Members.TRAILER, length));
            for (long place = length - end.limit(); end.hasRemaining(); place = length - end.remaining()) {
                if (channel.read(end, place) < 0) {
                    break;
                }
            }
            trailer = end.array();
        }
        return new BackupStream(
                new BufferedInputStream(Files.newInputStream(file), BUFFER), length, Members.statedDigest(trailer));
    }

    /** Bytes read so far. */
    long position() {
        return position;
    }

    long length() {
        return length;
    }

    boolean isAtEnd() {
        return position >= length;
    }

    /**
     * Reads what is left and requires that the whole file is as it was written.
     *
     * @throws DamagedBackupException if any byte of it is not
     */
    void requireWhole() throws IOException {
        if (stated.isEmpty()) {
            throw new DamagedBackupException("its last " + Members.TRAILER + " bytes, from byte "
                    + Math.max(0, length - Members.TRAILER) + " on, are not what was written");
        }
        var buffer = new byte[BUFFER];
        while (read(buffer, 0, buffer.length) >= 0) {
            // the digest takes it
        }
        if (!stated.equals(Digests.hex(digest))) {
            throw new DamagedBackupException(
                    "somewhere between its members; every member by itself is what was written, the file is not");
        }
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int count) throws IOException {
        int read = super.read(buffer, offset, count);
        if (read > 0) {
            long digested = Math.min(read, length - Members.TRAILER - position);
            if (digested > 0) {
                digest.update(buffer, offset, (int) digested);
            }
            position += read;
        }
        return read;
    }

    @Override
    public long skip(long count) throws IOException {
        var skipped = new byte[(int) Math.min(count, BUFFER)];
        return Math.max(0, read(skipped, 0, skipped.length));
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
