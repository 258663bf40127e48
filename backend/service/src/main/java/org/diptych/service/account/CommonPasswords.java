package org.diptych.service.account;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The passwords that are tried first: those of ten characters and more among the 20,000 that were found most often in
 * published breaches, in the list of Royce Williams that Django brings along.
 */
final class CommonPasswords {
    private static final Set<String> KNOWN = read();

    private CommonPasswords() {}

    /** Whether a password is one of them, in capitals or not. */
    static boolean contain(String password) {
        return KNOWN.contains(password.toLowerCase(Locale.ROOT));
    }

    private static Set<String> read() {
        try (var lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(CommonPasswords.class.getResourceAsStream("common-passwords.txt")),
                StandardCharsets.UTF_8))) {
            return lines.lines().collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
