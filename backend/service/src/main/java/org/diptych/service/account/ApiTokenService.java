package org.diptych.service.account;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.diptych.protocol.text.Sha256;
import org.diptych.service.audit.AuditAction;
import org.diptych.service.audit.AuditLog;
import org.diptych.service.problem.Problem;
import org.diptych.service.request.OneLine;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Tokens with which programs act for an account. Only their SHA-256 is stored. */
@Service
@Transactional
public class ApiTokenService {
    private static final String PREFIX = "dip_";

    private static final int LONGEST_TITLE = 80;

    private final ApiTokens tokens;
    private final JdbcClient jdbc;
    private final Clock clock;
    private final AuditLog audit;
    private final SecureRandom random = new SecureRandom();
    private final AccountChanges changes;
    private final RecentSecrets recent;

    ApiTokenService(ApiTokens tokens, JdbcClient jdbc, Clock clock, AuditLog audit, AccountChanges changes) {
        this.tokens = tokens;
        this.jdbc = jdbc;
        this.clock = clock;
        this.audit = audit;
        this.changes = changes;
        this.recent = changes.remembering();
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
        var made = tokens.saveAndFlush(new ApiToken(who.id(), Sha256.of(token), shown, clock.instant()));
        audit.write(AuditAction.TOKEN_CREATED, who.id(), null, who.name(), null, Map.of("title", shown));
        return new NewToken(made.id(), token);
    }

    /**
     * Makes a token for somebody who showed their password.
     *
     * @throws Problem {@code signed_out} when the account has changed since the password was compared
     */
    NewToken create(CheckedPassword checked, String title) {
        // a change that is under way is waited for, and one that comes later finds the token and revokes it
        var same = jdbc.sql("SELECT 1 FROM account WHERE id = ? AND version = ? AND NOT disabled FOR SHARE")
                .params(checked.who().id(), checked.version())
                .query()
                .optionalValue();
        if (same.isEmpty()) {
            throw Problem.signedOut();
        }
        return create(checked.who(), title);
    }

    /** The account's tokens that still work, newest first. */
    @Transactional(readOnly = true)
    public List<TokenSummary> list(SignedIn who) {
        return tokens.findByAccountAndRevokedAtIsNullOrderByCreatedAtDesc(who.id()).stream()
                .map(ApiToken::summary)
                .toList();
    }

    /** Makes a token of the account useless for good, on every node. */
    public void revoke(SignedIn who, UUID id) {
        var token = tokens.findByIdAndAccount(id, who.id())
                .orElseThrow(() -> Problem.notFound("unknown_token", "There is no such token."));
        token.revoke(clock.instant());
        tokens.flush();
        audit.write(
                AuditAction.TOKEN_REVOKED,
                who.id(),
                null,
                who.name(),
                Map.of("title", token.summary().title()),
                null);
        changes.changing(who.id());
    }

    /** Makes all tokens of an account useless for good, as {@link #revoke} does with one; part of a change that is audited. */
    @Transactional(propagation = Propagation.MANDATORY)
    void revokeAll(UUID account) {
        tokens.findByAccountAndRevokedAtIsNullOrderByCreatedAtDesc(account)
                .forEach(token -> token.revoke(clock.instant()));
        tokens.flush();
        changes.changing(account);
    }

    /** Whose token this is, when it still works. */
    Optional<SignedIn> authenticate(String token) {
        if (!token.startsWith(PREFIX)) {
            return Optional.empty();
        }
        return recent.find(Sha256.of(token), this::look);
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
