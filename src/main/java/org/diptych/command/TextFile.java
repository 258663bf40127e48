package org.diptych.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Text files as people's programs write them: UTF-8, with or without a byte order mark; what is not is named. */
final class TextFile {
    private static final int BYTE_ORDER_MARK = 3;

    private TextFile() {}

    /**
     * Opens a file behind its byte order mark. Bytes that are not UTF-8 end the reading with a
     * {@link java.nio.charset.CharacterCodingException}: replaced, two names could become one.
     *
     * @throws MalformedFileException if the file is in UTF-16 or UTF-32
     * @throws IOException if it cannot be read
     */
    static BufferedReader open(Path file) throws IOException {
        InputStream bytes = Files.newInputStream(file);
        try {
            return new BufferedReader(new InputStreamReader(
                    withoutMark(file, bytes),
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT)));
        } catch (IOException | RuntimeException unreadable) {
            bytes.close();
            throw unreadable;
        }
    }

    private static InputStream withoutMark(Path file, InputStream bytes) throws IOException {
        byte[] start = bytes.readNBytes(BYTE_ORDER_MARK + 1);
        if (isUtf16(start)) {
            throw new MalformedFileException(file, 1, "is in UTF-16 (or UTF-32); save the file as UTF-8");
        }
        boolean marked = start.length >= BYTE_ORDER_MARK
                && start[0] == (byte) 0xEF
                && start[1] == (byte) 0xBB
                && start[2] == (byte) 0xBF;
        int skipped = marked ? BYTE_ORDER_MARK : 0;
        PushbackInputStream whole = new PushbackInputStream(bytes, BYTE_ORDER_MARK + 1);
        whole.unread(start, skipped, start.length - skipped);
        return whole;
    }

    /** By its mark, or, without one, by the zero byte that every ASCII character has there and text never has. */
    private static boolean isUtf16(byte[] start) {
        if (start.length < 2) {
            return false;
        }
        boolean marked = (start[0] == (byte) 0xFF && start[1] == (byte) 0xFE)
                || (start[0] == (byte) 0xFE && start[1] == (byte) 0xFF);
        return marked || start[0] == 0 || start[1] == 0;
    }
}
