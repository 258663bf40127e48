package org.diptych.command;

/**
 * Takes off what nobody sees: white space of every kind, byte order marks, zero-width characters, line ends. Text that is
 * copied from web pages, mails and spreadsheets brings them along. For tokens, addresses and cells of tables; the names that
 * the server keeps have its rule, {@link org.diptych.service.request.OneLine}.
 */
final class Blanks {
    private Blanks() {}

    /** The text without invisible characters at its two ends. */
    static String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isInvisible(text.charAt(start))) {
            start++;
        }
        while (end > start && isInvisible(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isInvisible(char character) {
        return Character.isWhitespace(character)
                || Character.isSpaceChar(character)
                || Character.isISOControl(character)
                || Character.getType(character) == Character.FORMAT;
    }
}
