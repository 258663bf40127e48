package org.diptych.service.campaign;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;

/**
 * A file of which only so much is read until the limit is lifted. An archive's directory is loaded into memory whatever
 * the archive says of its length, so it is the bytes themselves that are counted.
 */
final class LimitedChannel implements SeekableByteChannel {
    private final FileChannel file;
    private long remaining;
    private boolean lifted;

    LimitedChannel(FileChannel file, long maximumBytes) {
        this.file = file;
        this.remaining = maximumBytes;
    }

    /** Whether more was asked for than is permitted. */
    boolean isExceeded() {
        return remaining < 0 && !lifted;
    }

    void lift() {
        lifted = true;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int count = file.read(target);
        remaining -= Math.max(0, count);
        if (isExceeded()) {
            throw new IOException("more is read than is permitted");
        }
        return count;
    }

    @Override
    public int write(ByteBuffer source) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long position() throws IOException {
        return file.position();
    }

    @Override
    public SeekableByteChannel position(long position) throws IOException {
        file.position(position);
        return this;
    }

    @Override
    public long size() throws IOException {
        return file.size();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isOpen() {
        return file.isOpen();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
