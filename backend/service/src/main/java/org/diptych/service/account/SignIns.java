package org.diptych.service.account;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.diptych.protocol.text.Sha256;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Which browsers are signed in, and as whom. It is kept in the database, so a restart signs nobody out and every web node
 * knows it. Role and state of the account are read with it, and a change of either is heard of.
 */
@Service
public class SignIns {
    /** A browser that is not heard of for so long is signed out. */
    static final Duration LONGEST_PAUSE = Duration.ofHours(12);

    /** After this the password is asked for again, however busy the browser is. */
    static final Duration LONGEST = Duration.ofDays(7);

    private static final Duration SEEN_AGAIN_AFTER = Duration.ofMinutes(5);
    private static final int SECRET_BYTES = 32;

    /** What a row {@code s} that still holds fulfils, with the two bounds as parameters. */
    private static final String ALIVE =
            " s.seen_at > now() - make_interval(secs => :pause) AND s.created_at > now() - make_interval(secs => :longest)";

    private final JdbcClient jdbc;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final AccountChanges changes;
    private final RecentSecrets recent;

    SignIns(JdbcClient jdbc, Clock clock, AccountChanges changes) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.changes = changes;
        this.recent = changes.remembering();
    }

    /**
     * Signs a browser in and returns the secret for its cookie.
     *
     * @param version of the account whose password was compared; nothing comes of it when the account has changed since
     */
    Optional<String> begin(UUID account, long version) {
        var bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        var secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        // a change that is under way is waited for, and one that comes later finds this row and ends it
        int begun = jdbc.sql("""
                        INSERT INTO sign_in (token_sha256, account_id)
                        SELECT ?, id FROM account WHERE id = ? AND version = ? AND NOT disabled FOR SHARE""").params(Sha256.of(secret), account, version).update();
        return begun == 1 ? Optional.of(secret) : Optional.empty();
    }

    /** Whose browser this is, if it is signed in. */
    Optional<SignedIn> find(String secret) {
        return recent.find(Sha256.of(secret), this::look);
    }

    private Optional<SignedIn> look(byte[] hash) {
        var found = read(hash);
        if (found.isPresent() && found.get().seenAt().isBefore(clock.instant().minus(SEEN_AGAIN_AFTER))) {
            jdbc.sql("UPDATE sign_in SET seen_at = now() WHERE token_sha256 = ?")
                    .param(hash)
                    .update();
        }
        return found.map(Row::who);
    }

    private Optional<Row> read(byte[] hash) {
        return jdbc.sql("""
                        SELECT a.id, a.name, a.display_name, a.role, a.password_given, s.seen_at
                        FROM sign_in s JOIN account a ON a.id = s.account_id
                        WHERE s.token_sha256 = :hash AND NOT a.disabled AND""" + ALIVE)
                .param("hash", hash)
                .param("pause", LONGEST_PAUSE.toSeconds())
                .param("longest", LONGEST.toSeconds())
                .query((row, number) -> new Row(
                        new SignedIn(
                                row.getObject("id", UUID.class),
                                row.getString("name"),
                                row.getString("display_name"),
                                Role.valueOf(row.getString("role")),
                                row.getBoolean("password_given")),
                        row.getTimestamp("seen_at").toInstant()))
                .optional();
    }

    /** Signs one browser out. */
    void end(String secret) {
        jdbc.sql("DELETE FROM sign_in WHERE token_sha256 = ? RETURNING account_id")
                .param(Sha256.of(secret))
                .query(UUID.class)
                .list()
                .forEach(changes::changing);
    }

    /**
     * Signs all browsers of an account out.
     *
     * @param but the secret of the one that stays, or null
     */
    void endAll(UUID account, @Nullable String but) {
        jdbc.sql("DELETE FROM sign_in WHERE account_id = ? AND token_sha256 <> ?")
                .params(account, but == null ? new byte[0] : Sha256.of(but))
                .update();
        changes.changing(account);
    }

    /** Removes what has ended by itself. It signs nobody in before that either: this keeps the table small. */
    public void forgetEnded() {
        jdbc.sql("DELETE FROM sign_in s WHERE NOT (" + ALIVE + ")")
                .param("pause", LONGEST_PAUSE.toSeconds())
                .param("longest", LONGEST.toSeconds())
                .update();
    }

    private record Row(SignedIn who, Instant seenAt) {}
}
