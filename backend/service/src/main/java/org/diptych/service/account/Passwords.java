package org.diptych.service.account;

import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Base64;
import java.util.Map;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder;

/**
 * How passwords are kept, and which are taken. PBKDF2 reads all of a password, however many bytes its characters have.
 * Hashes that an earlier version made with bcrypt, which read 72 bytes, go on working and are replaced at the next sign-in.
 * What looks the same is the same: letters with accents count as one character, however the keyboard makes them (NFC).
 */
final class Passwords implements PasswordEncoder {
    static final int SHORTEST = 10;
    static final int LONGEST = 200;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int RANDOM_BYTES = 15;
    private static final String CURRENT = "pbkdf2";
    private static final char LOST_IN_READING = '\uFFFD';

    private final PasswordEncoder bcrypt = new BCryptPasswordEncoder();
    private final PasswordEncoder hashes = hashes(bcrypt);
    private final PasswordWork work = new PasswordWork();

    private static PasswordEncoder hashes(PasswordEncoder earlier) {
        var encoder = new DelegatingPasswordEncoder(
                CURRENT, Map.of(CURRENT, Pbkdf2PasswordEncoder.defaultsForSpringSecurity_v5_8()));
        encoder.setDefaultPasswordEncoderForMatches(earlier);
        return encoder;
    }

    /**
     * The password, when it can be one.
     *
     * @throws Problem when it is too short, too long, common, or has characters that no keyboard makes
     */
    static String require(String password) {
        requireForm(password);
        if (CommonPasswords.contain(password)) {
            throw weak("This password is among those that are tried first. Choose one that nobody else has, for example"
                    + " some words that come to your mind.");
        }
        return password;
    }

    /** As {@link #require}, but it may be a common one. */
    static String requireForm(String password) {
        var characters = password.codePointCount(0, password.length());
        if (characters < SHORTEST || characters > LONGEST) {
            throw weak(
                    "A password has " + SHORTEST + " to " + LONGEST + " characters; this one has " + characters + ".");
        }
        if (password.codePoints().anyMatch(Passwords::isUntypeable)) {
            throw weak("A password has letters, digits, signs and spaces only; this one has a control character or one"
                    + " that was damaged on its way (is the encoding of the terminal or of the file UTF-8?).");
        }
        return password;
    }

    /** A new password that nobody guesses, of letters, digits, - and _. */
    static String random() {
        var bytes = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static boolean isUntypeable(int character) {
        return Character.isISOControl(character)
                || Character.getType(character) == Character.SURROGATE
                || character == LOST_IN_READING;
    }

    private static Problem weak(String detail) {
        return Problem.invalid("weak_password", "password", detail);
    }

    @Override
    public @Nullable String encode(@Nullable CharSequence password) {
        return password == null ? null : work.of(() -> String.valueOf(hashes.encode(composed(password))));
    }

    @Override
    public boolean matches(@Nullable CharSequence password, @Nullable String hash) {
        if (password == null || hash == null || password.length() > 2 * LONGEST) {
            return false;
        }
        // earlier versions hashed the characters as they came
        return work.of(() ->
                hashes.matches(composed(password), hash) || (!hash.startsWith("{") && bcrypt.matches(password, hash)));
    }

    @Override
    public boolean upgradeEncoding(@Nullable String hash) {
        return hashes.upgradeEncoding(hash);
    }

    private static String composed(CharSequence password) {
        return Normalizer.normalize(password, Normalizer.Form.NFC);
    }
}
