package org.diptych.service.account;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
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
    /** How long a token works unless another time is asked for. */
    public static final Duration USUAL = Duration.ofDays(90);

    /** The longest that one may work. */
    public static final Duration LONGEST = Duration.ofDays(366);

    private static final int MOST = 200;

    /** A token that was not used for so long is no running program's. */
    private static final Duration AT_REST = Duration.ofDays(1);

    /** The same for one that has the title of the next: its program asks for one each time it runs. Use is noted by the hour. */
    private static final Duration AT_REST_OF_ITS_TITLE = Duration.ofHours(2);

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

    /** As {@link #create(SignedIn, String, Duration)}, for {@link #USUAL}. */
    public NewToken create(SignedIn who, String title) {
        return create(who, title, USUAL);
    }

    /**
     * Makes a token for the account. Of {@value #MOST} that work, the one that was not used for longest makes room for it,
     * as a program that asks for one each time it runs has no use for those before; never one that is in use.
     *
     * @param title what it is for, so that its owner recognises it: one line of 1 to 80 characters
     * @param lasting how long it works, at most {@link #LONGEST}
     * @throws Problem {@code invalid_title}, {@code invalid_duration} or {@code too_many_tokens}
     */
    public NewToken create(SignedIn who, String title, Duration lasting) {
        var shown = OneLine.of("invalid_title", "title", title, LONGEST_TITLE);
        if (lasting.compareTo(Duration.ofDays(1)) < 0 || lasting.compareTo(LONGEST) > 0) {
            throw Problem.invalid("invalid_duration", "days", "A token works for 1 to " + LONGEST.toDays() + " days.");
        }
        makeRoom(who, shown);
        var bytes = new byte[32];
        random.nextBytes(bytes);
        var token = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        var now = clock.instant();
        var made = tokens.saveAndFlush(new ApiToken(who.id(), Sha256.of(token), shown, now, now.plus(lasting)));
        audit.write(
                AuditAction.TOKEN_CREATED,
                who.id(),
                null,
                who.name(),
                null,
                Map.of("title", shown, "days", lasting.toDays()));
        return new NewToken(made.id(), token, now.plus(lasting));
    }

    private void makeRoom(SignedIn who, String title) {
        // of two that are made at once the second counts the first
        jdbc.sql("SELECT 1 FROM account WHERE id = ? FOR NO KEY UPDATE")
                .param(who.id())
                .query()
                .optionalValue();
        var now = clock.instant();
        var working = tokens.working(who.id(), now);
        if (working.size() < MOST) {
            return;
        }
        var resting = working.stream()
                .map(ApiToken::summary)
                .filter(token -> token.lastUse()
                        .isBefore(now.minus(token.title().equals(title) ? AT_REST_OF_ITS_TITLE : AT_REST)))
                .min(Comparator.comparing(TokenSummary::lastUse))
                .orElseThrow(() -> Problem.conflict(
                        "too_many_tokens",
                        "This account has " + MOST + " tokens that work, the most that it may have, and all were used"
                                + " of late. Revoke some on the account page."));
        revoke(who, resting.id());
    }

    /**
     * Makes a token for somebody who showed their password.
     *
     * @throws Problem {@code signed_out} when the account has changed since the password was compared;
     *     {@code own_password_first} when somebody else knows it
     */
    NewToken create(CheckedPassword checked, String title, Duration lasting) {
        // a change that is under way is waited for, and one that comes later finds the token and revokes it
        var same = jdbc.sql("SELECT 1 FROM account WHERE id = ? AND version = ? AND NOT disabled FOR NO KEY UPDATE")
                .params(checked.who().id(), checked.version())
                .query()
                .optionalValue();
        if (same.isEmpty()) {
            throw Problem.signedOut();
        }
        if (checked.who().mustChoosePassword()) {
            throw OwnPasswordFirst.problem();
        }
        return create(checked.who(), title, lasting);
    }

    /** The account's tokens that still work, newest first. */
    @Transactional(readOnly = true)
    public List<TokenSummary> list(SignedIn who) {
        return tokens.working(who.id(), clock.instant()).stream()
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
                        WHERE t.token_sha256 = ? AND t.revoked_at IS NULL AND NOT a.disabled
                            AND (t.expires_at IS NULL OR t.expires_at > now())""")
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
     * @param expiresAt when it ends by itself
     */
    public record NewToken(UUID id, String token, Instant expiresAt) {}

    /**
     * A token as its owner sees it in a list.
     *
     * @param id its row
     * @param title what it is for
     * @param createdAt when it was made
     * @param expiresAt when it ends by itself; empty for those of earlier versions, which do not
     * @param lastUsedAt when it was last used, to the hour
     */
    public record TokenSummary(
            UUID id, String title, Instant createdAt, Optional<Instant> expiresAt, Optional<Instant> lastUsedAt) {
        /** When it was used, or made, last. */
        Instant lastUse() {
            return lastUsedAt.orElse(createdAt);
        }
    }
}
