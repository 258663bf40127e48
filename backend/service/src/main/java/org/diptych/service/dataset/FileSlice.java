package org.diptych.service.dataset;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Some bytes out of the middle of a stream. */
final class FileSlice extends FilterInputStream {
    private long left;

    /**
     * Leaves out what stands before them.
     *
     * @param whole is closed with this one
     */
    FileSlice(InputStream whole, FileRange range) throws IOException {
        super(whole);
        whole.skipNBytes(range.first());
        left = range.length();
    }

    @Override
    public int read() throws IOException {
        int value = left == 0 ? -1 : super.read();
        left -= value < 0 ? 0 : 1;
        return value;
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
        if (left == 0) {
            return count == 0 ? 0 : -1;
        }
        int read = super.read(bytes, from, (int) Math.min(count, left));
        left -= Math.max(0, read);
        return read;
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = super.skip(Math.min(count, left));
        left -= skipped;
        return skipped;
    }

    @Override
    public int available() throws IOException {
        return (int) Math.min(super.available(), left);
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
