package org.diptych.protocol.text;

import java.util.Locale;
import java.util.Optional;

/**
 * The characters that a text may hold: all of Unicode but the halves of surrogate pairs and the control characters other
 * than tab and line break. A database, a file or a browser would refuse the others, or change them in silence.
 */
public final class Characters {
    private Characters() {}

    /** What is wrong with a text, to follow its name in a sentence; empty when nothing is. */
    public static Optional<String> fault(CharSequence text) {
        int index = 0;
        while (index < text.length()) {
            int character = Character.codePointAt(text, index);
            if (isHalf(character)) {
                return Optional.of("holds half of a character (" + written(character) + ", an unpaired surrogate)");
            }
            if (isControl(character)) {
                return Optional.of("holds the control character " + written(character));
            }
            index += Character.charCount(character);
        }
        return Optional.empty();
    }

    /** The text with every character that it may not hold written out, e.g. {@code U+0000}. */
    public static String legible(CharSequence text) {
        var legible = new StringBuilder();
        text.codePoints().forEach(character -> {
            if (isHalf(character) || isControl(character)) {
                legible.append(written(character));
            } else {
                legible.appendCodePoint(character);
            }
        });
        return legible.toString();
    }

    /** The first characters of a text, at most so many, none of them cut in half. */
    public static String beginning(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest);
    }

    private static boolean isHalf(int character) {
        return character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
    }

    private static boolean isControl(int character) {
        return character < ' ' && character != '\t' && character != '\n' && character != '\r';
    }

    private static String written(int character) {
        return String.format(Locale.ROOT, "U+%04X", character);
    }
}
