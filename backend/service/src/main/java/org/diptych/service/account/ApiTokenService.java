package org.diptych.service.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.diptych.service.problem.Problem;
import org.diptych.service.request.OneLine;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Tokens with which programs act for an account. Only their SHA-256 is stored. */
@Service
@Transactional
public class ApiTokenService {
    private static final String PREFIX = "dip_";

    private static final int LONGEST_TITLE = 80;
    private static final Duration TRUSTED_FOR = Duration.ofSeconds(5);
    private static final int MOST_RECENT = 10_000;

    private final JdbcClient jdbc;
    private final SecureRandom random = new SecureRandom();
    private final Cache<String, SignedIn> recent = Caffeine.newBuilder()
            .maximumSize(MOST_RECENT)
            .expireAfterWrite(TRUSTED_FOR)
            .build();

    ApiTokenService(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Makes a token for the account.
     *
     * @param title what it is for, so that its owner recognises it: one line of 1 to 80 characters
     */
    public NewToken create(SignedIn who, String title) {
        var shown = OneLine.of("invalid_title", "title", title, LONGEST_TITLE);
        var bytes = new byte[32];
        random.nextBytes(bytes);
        var token = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        var id = jdbc.sql("INSERT INTO api_token (account_id, token_sha256, title) VALUES (?, ?, ?) RETURNING id")
                .params(who.id(), sha256(token), shown)
                .query(UUID.class)
                .single();
        return new NewToken(id, token);
    }

    /** The account's tokens that still work, newest first. */
    @Transactional(readOnly = true)
    public List<TokenSummary> list(SignedIn who) {
        return jdbc.sql("""
                        SELECT id, title, created_at, last_used_at FROM api_token
                        WHERE account_id = ? AND revoked_at IS NULL ORDER BY created_at DESC""")
                .param(who.id())
                .query((row, number) -> new TokenSummary(
                        row.getObject("id", UUID.class),
                        row.getString("title"),
                        row.getTimestamp("created_at").toInstant(),
                        Optional.ofNullable(row.getTimestamp("last_used_at")).map(java.sql.Timestamp::toInstant)))
                .list();
    }

    /** Makes a token of the account useless for good: at once on this node, within seconds on others. */
    public void revoke(SignedIn who, UUID id) {
        int revoked = jdbc.sql("UPDATE api_token SET revoked_at = now() WHERE id = ? AND account_id = ?")
                .params(id, who.id())
                .update();
        if (revoked == 0) {
            throw Problem.notFound("unknown_token", "There is no such token.");
        }
        recent.invalidateAll();
    }

    /**
     * Whose token this is, when it still works. An answer is trusted for a few seconds, so that a program that calls all the
     * time does not ask the database each time; revoking forgets it at once on this node.
     */
    Optional<SignedIn> authenticate(String token) {
        if (!token.startsWith(PREFIX)) {
            return Optional.empty();
        }
        var hash = sha256(token);
        return Optional.ofNullable(
                recent.get(HexFormat.of().formatHex(hash), _ -> look(hash).orElse(null)));
    }

    private Optional<SignedIn> look(byte[] hash) {
        var who = jdbc.sql("""
                        SELECT a.id, a.name, a.display_name, a.role FROM api_token t JOIN account a ON a.id = t.account_id
                        WHERE t.token_sha256 = ? AND t.revoked_at IS NULL AND NOT a.disabled""")
                .param(hash)
                .query((row, number) -> new SignedIn(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        row.getString("display_name"),
                        Role.valueOf(row.getString("role"))))
                .optional();
        if (who.isPresent()) {
            // at most one write an hour, so that a busy token does not turn every read into a write
            jdbc.sql("""
                            UPDATE api_token SET last_used_at = now() WHERE token_sha256 = ?
                            AND (last_used_at IS NULL OR last_used_at < now() - interval '1 hour')""").param(hash).update();
        }
        return who;
    }

    private static byte[] sha256(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * A token just made, the only time it is seen in clear.
     *
     * @param id its row
     * @param token the secret
     */
    public record NewToken(UUID id, String token) {}

    /**
     * A token as its owner sees it in a list.
     *
     * @param id its row
     * @param title what it is for
     * @param createdAt when it was made
     * @param lastUsedAt when it was last used, to the hour
     */
    public record TokenSummary(UUID id, String title, Instant createdAt, Optional<Instant> lastUsedAt) {}
}
