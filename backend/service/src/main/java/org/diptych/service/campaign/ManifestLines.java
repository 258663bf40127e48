package org.diptych.service.campaign;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a text that people or programs wrote, one at a time: UTF-8 with or without a byte order mark, with the line
 * ends of any system. A line that cannot be read does not hide the next one, and one that is too long is not held.
 */
public final class ManifestLines implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final InputStream input;
    private final int maximumBytes;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private final byte[] buffer = new byte[BUFFER];
    private int position;
    private int limit;
    private int number;
    private boolean ended;

    /** @param maximumBytes of a line */
    public ManifestLines(InputStream input, int maximumBytes) {
        this.input = input;
        this.maximumBytes = maximumBytes;
    }

    /**
     * A line that is not blank.
     *
     * @param number from 1
     * @param text without its end; null when the line cannot be read as text
     * @param reason why not; empty when it can
     */
    public record Line(int number, @Nullable String text, String reason) {}

    /** The next line that is not blank, or null at the end. A file that is no UTF-8 text at all is one line. */
    public @Nullable Line next() throws IOException {
        if (number == 0 && !ended) {
            var reason = reasonAgainstFile();
            if (reason != null) {
                ended = true;
                number = 1;
                return new Line(number, null, reason);
            }
        }
        while (!ended && hasMore()) {
            number++;
            var line = read();
            if (line.text() == null || !line.text().isBlank()) {
                return line;
            }
        }
        return null;
    }

    /** Why the file as a whole is not what is read here, told by its first bytes; null when it may be. */
    private @Nullable String reasonAgainstFile() throws IOException {
        limit = input.readNBytes(buffer, 0, 4);
        int first = byteAt(0);
        int second = byteAt(1);
        boolean marked = (first == 0xff && second == 0xfe) || (first == 0xfe && second == 0xff);
        // without a mark: every second byte of ASCII is nought
        boolean wide = limit >= 2 && (first == 0 || second == 0);
        if (marked || wide) {
            return "the file is text in UTF-16, not in UTF-8; save it as UTF-8 and send it again";
        }
        if (first == 0x1f && second == 0x8b) {
            return "the file is compressed (gzip); unpack it and send it again";
        }
        if (first == 'P' && second == 'K' && byteAt(2) == 3 && byteAt(3) == 4) {
            return "the file is a zip archive, not lines of text";
        }
        return null;
    }

    private int byteAt(int index) {
        return index < limit ? buffer[index] & 0xff : -1;
    }

    private boolean hasMore() throws IOException {
        if (position == limit) {
            position = 0;
            limit = Math.max(0, input.read(buffer));
        }
        return position < limit;
    }

    private Line read() throws IOException {
        var bytes = new ByteArrayOutputStream();
        var length = 0L;
        while (hasMore()) {
            int end = position;
            while (end < limit && buffer[end] != '\n' && buffer[end] != '\r') {
                end++;
            }
            int room = (int) Math.max(0, Math.min(end - position, maximumBytes - length));
            bytes.write(buffer, position, room);
            length += end - position;
            position = end;
            if (end < limit) {
                skipEnd();
                break;
            }
        }
        return length > maximumBytes ? tooLong(bytes.toByteArray()) : line(bytes.toByteArray());
    }

    /** A carriage return ends a line; a line feed behind it belongs to the same end. */
    private void skipEnd() throws IOException {
        boolean carriageReturn = buffer[position++] == '\r';
        if (carriageReturn && hasMore() && buffer[position] == '\n') {
            position++;
        }
    }

    private Line tooLong(byte[] beginning) {
        boolean array = new String(beginning, StandardCharsets.ISO_8859_1)
                .stripLeading()
                .startsWith("[");
        return new Line(
                number,
                null,
                "the line has more than " + maximumBytes + " bytes"
                        + (array ? "; it begins like a JSON array: write every row on a line of its own" : ""));
    }

    private Line line(byte[] line) {
        var bytes = ByteBuffer.wrap(line);
        var text = CharBuffer.allocate(line.length);
        if (decoder.reset().decode(bytes, text, true).isError()) {
            return new Line(
                    number,
                    null,
                    "byte %d of the line (%02X) is not UTF-8 text; save the file as UTF-8"
                            .formatted(bytes.position() + 1, line[bytes.position()]));
        }
        var read = text.flip().toString();
        // files put one behind the other keep their marks
        return new Line(number, read.startsWith("\ufeff") ? read.substring(1) : read, "");
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
