package org.diptych.campaign;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The lines of a manifest, one at a time, whatever their length: a line that is too long is skipped, not held. */
final class ManifestLines implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final InputStream input;
    private final int maximumBytes;
    private int number;

    ManifestLines(InputStream input, int maximumBytes) {
        this.input = new BufferedInputStream(input, BUFFER);
        this.maximumBytes = maximumBytes;
    }

    /**
     * A line that is not blank.
     *
     * @param number from 1
     * @param text null when the line cannot be read as text
     * @param reason why not; empty when it can
     */
    record Line(int number, @Nullable String text, String reason) {}

    /** The next line that is not blank, or null at the end. */
    @Nullable
    Line next() throws IOException {
        while (true) {
            var bytes = new ByteArrayOutputStream();
            var length = 0L;
            var next = input.read();
            if (next < 0) {
                return null;
            }
            number++;
            while (next >= 0 && next != '\n') {
                if (length++ < maximumBytes) {
                    bytes.write(next);
                }
                next = input.read();
            }
            if (length > maximumBytes) {
                return new Line(number, null, "the line has more than " + maximumBytes + " bytes");
            }
            var line = line(bytes.toByteArray());
            if (line.text() == null || !line.text().isBlank()) {
                return line;
            }
        }
    }

    private Line line(byte[] bytes) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return new Line(number, number == 1 && text.startsWith("\ufeff") ? text.substring(1) : text, "");
        } catch (CharacterCodingException e) {
            return new Line(number, null, "the line is not UTF-8 text; save the manifest as UTF-8");
        }
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
