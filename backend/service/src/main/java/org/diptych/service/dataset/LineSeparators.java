package org.diptych.service.dataset;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.io.SerializedString;

/** Escapes the characters that JSON allows in a text and some readers of JSON lines take for the end of a line. */
final class LineSeparators extends CharacterEscapes {
    static final LineSeparators ESCAPED = new LineSeparators();

    private static final long serialVersionUID = 1L;
    private static final char NEXT_LINE = '\u0085';
    private static final char LINE_SEPARATOR = '\u2028';
    private static final char PARAGRAPH_SEPARATOR = '\u2029';

    private static final SerializableString ESCAPED_NEXT_LINE = new SerializedString("\\u0085");
    private static final SerializableString ESCAPED_LINE_SEPARATOR = new SerializedString("\\u2028");
    private static final SerializableString ESCAPED_PARAGRAPH_SEPARATOR = new SerializedString("\\u2029");

    private LineSeparators() {}

    @Override
    public int[] getEscapeCodesForAscii() {
        return standardAsciiEscapesForJSON();
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int character) {
        return switch (character) {
            case NEXT_LINE -> ESCAPED_NEXT_LINE;
            case LINE_SEPARATOR -> ESCAPED_LINE_SEPARATOR;
            case PARAGRAPH_SEPARATOR -> ESCAPED_PARAGRAPH_SEPARATOR;
            default -> null;
        };
    }
}
