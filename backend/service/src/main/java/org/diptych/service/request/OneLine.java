package org.diptych.service.request;

import java.text.Normalizer;
import org.diptych.protocol.text.Characters;
import org.diptych.service.problem.Problem;

/**
 * Names and titles: one line of visible text. Blanks around it are no part of it, wherever it is given, and nothing in it
 * can break a line of a log, a list or a table.
 */
public final class OneLine {
    private static final int ZERO_WIDTH_SPACE = 0x200B;
    private static final int WORD_JOINER = 0x2060;
    private static final int BYTE_ORDER_MARK = 0xFEFF;

    private OneLine() {}

    /**
     * The text as it is kept.
     *
     * @param code code of the problem
     * @param field what a problem names
     * @param longest most characters
     * @throws Problem when nothing is left, or too much, or it has control characters or line breaks
     */
    public static String of(String code, String field, String text, int longest) {
        var line = trimmed(text);
        if (line.isEmpty()) {
            throw Problem.invalid(code, field, "The " + field + " is empty. Give 1 to " + longest + " characters.");
        }
        int length = line.codePointCount(0, line.length());
        if (length > longest) {
            throw Problem.invalid(
                    code, field, "The " + field + " has " + length + " characters. At most " + longest + " are kept.");
        }
        Characters.fault(line).ifPresent(fault -> {
            throw Problem.invalid(code, field, "The " + field + " " + fault + ". Leave it out.");
        });
        if (line.codePoints().anyMatch(OneLine::breaksLines)) {
            throw Problem.invalid(
                    code, field, "The " + field + " has a line break, a tab or a control character. Use one line.");
        }
        return line;
    }

    /**
     * The text as it is compared and looked up: without blanks around it, the ones that nobody sees among them, and with
     * letters and accents composed (NFC), which some systems write apart.
     */
    public static String trimmed(String written) {
        var text = Normalizer.normalize(written, Normalizer.Form.NFC);
        int from = 0;
        int to = text.length();
        while (from < to && isBlank(text.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isBlank(char character) {
        return Character.isWhitespace(character)
                || Character.isSpaceChar(character)
                || character == ZERO_WIDTH_SPACE
                || character == WORD_JOINER
                || character == BYTE_ORDER_MARK;
    }

    private static boolean breaksLines(int character) {
        return Character.isISOControl(character)
                || Character.getType(character) == Character.LINE_SEPARATOR
                || Character.getType(character) == Character.PARAGRAPH_SEPARATOR;
    }
}
