package org.diptych.service.foreign;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Ends a file with a row that is larger than may be held in memory. */
final class RowBound extends FilterInputStream {
    private final int most;
    private long bytes;

    /** @param most bytes of one row, give or take what is read ahead */
    RowBound(InputStream in, int most) {
        super(in);
        this.most = most;
    }

    /** A row has more bytes. */
    static final class RowTooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        RowTooLargeException(int most) {
            super("has more than " + most + " bytes");
        }
    }

    /** The row is over. */
    void next() {
        bytes = 0;
    }

    @Override
    public int read() throws IOException {
        int one = super.read();
        count(one < 0 ? 0 : 1);
        return one;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = super.read(target, offset, length);
        count(count);
        return count;
    }

    private void count(int more) throws RowTooLargeException {
        bytes += Math.max(0, more);
        if (bytes > most) {
            throw new RowTooLargeException(most);
        }
    }
}
