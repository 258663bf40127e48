package org.diptych.campaign;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.ZipException;

/**
 * What the end of a ZIP file (APPNOTE 4.3.14-4.3.16) says about its directory, read before the directory itself is
 * loaded into memory.
 *
 * @param entries number of files
 * @param bytes size of the directory
 */
record ArchiveDirectory(long entries, long bytes) {
    private static final int END = 22;
    private static final int END_SIGNATURE = 0x06054b50;
    private static final int LONGEST_COMMENT = 0xffff;
    private static final int LOCATOR = 20;
    private static final int LOCATOR_SIGNATURE = 0x07064b50;
    private static final int LARGE_END = 56;

    static ArchiveDirectory read(Path archive) throws IOException {
        try (var file = FileChannel.open(archive, StandardOpenOption.READ)) {
            var start = Math.max(0, file.size() - END - LONGEST_COMMENT - LOCATOR);
            var tail = read(file, start, (int) (file.size() - start));
            for (var end = tail.limit() - END; end >= 0; end--) {
                if (tail.getInt(end) == END_SIGNATURE) {
                    var entries = tail.getShort(end + 10) & 0xffff;
                    var bytes = Integer.toUnsignedLong(tail.getInt(end + 12));
                    var large = end >= LOCATOR && tail.getInt(end - LOCATOR) == LOCATOR_SIGNATURE;
                    return large ? large(file, tail.getLong(end - LOCATOR + 8)) : new ArchiveDirectory(entries, bytes);
                }
            }
        }
        throw new ZipException("it is no zip archive, or its end is missing");
    }

    private static ArchiveDirectory large(FileChannel file, long position) throws IOException {
        if (position < 0 || position > file.size() - LARGE_END) {
            throw new ZipException("its directory is damaged");
        }
        var end = read(file, position, LARGE_END);
        return new ArchiveDirectory(end.getLong(32), end.getLong(40));
    }

    private static ByteBuffer read(FileChannel file, long position, int length) throws IOException {
        var buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (file.read(buffer, position + buffer.position()) < 0) {
                throw new ZipException("it is truncated");
            }
        }
        return buffer.flip();
    }
}
