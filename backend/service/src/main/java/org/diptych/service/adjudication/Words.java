package org.diptych.service.adjudication;

import org.diptych.protocol.text.Characters;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;

/** What people write about a verdict. */
final class Words {
    private static final int MOST = 2_000;

    private Words() {}

    /**
     * What was written, without the space around it; null for nothing.
     *
     * @throws Problem {@code invalid_text} when it is too long or has control characters
     */
    static @Nullable String of(@Nullable String text, String field) {
        var words = text == null ? "" : text.strip();
        if (words.length() > MOST || Characters.fault(words).isPresent()) {
            throw Problem.invalid(
                    "invalid_text", field, "At most " + MOST + " characters, without control characters. Shorten it.");
        }
        return words.isEmpty() ? null : words;
    }
}
