package org.diptych.service.dataset;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;

/** Keeps the first bytes of what passes, counts the rest and forgets it. */
final class HeadStream extends OutputStream {
    /** Ten rows of the longest texts that are taken. */
    private static final int MOST = 1 << 20;

    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private long length;

    @Override
    public void write(int value) {
        if (head.size() < MOST) {
            head.write(value);
        }
        length++;
    }

    @Override
    public void write(byte[] bytes, int from, int count) {
        head.write(bytes, from, Math.min(count, MOST - head.size()));
        length += count;
    }

    /** So many bytes more would have passed. */
    void skip(long bytes) {
        length += bytes;
    }

    byte[] bytes() {
        return head.toByteArray();
    }

    long length() {
        return length;
    }
}
