package org.diptych.service.account;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/**
 * A token of an account: it works until it is revoked or ends by itself, and never again. It has no version: whoever revokes it, the outcome is
 * the same, and the note of its last use is no change that anybody else should be told of.
 */
@Entity
@DynamicUpdate
@Table(name = "api_token")
class ApiToken {
    @Id
    private UUID id;

    @Column(name = "account_id", updatable = false)
    private UUID account;

    @Column(name = "token_sha256", updatable = false)
    private byte[] sha256;

    @Column(updatable = false)
    private String title;

    @Column(name = "created_at", updatable = false)
    private Instant createdAt;

    @Column(name = "expires_at", updatable = false)
    private @Nullable Instant expiresAt;

    @Column(name = "last_used_at")
    private @Nullable Instant lastUsedAt;

    @Column(name = "revoked_at")
    private @Nullable Instant revokedAt;

    @SuppressWarnings("NullAway.Init")
    protected ApiToken() {}

    ApiToken(UUID account, byte[] sha256, String title, Instant createdAt, Instant expiresAt) {
        this.id = UUID.randomUUID();
        this.account = account;
        this.sha256 = sha256.clone();
        this.title = title;
        this.createdAt = createdAt;
        this.expiresAt = expiresAt;
    }

    UUID id() {
        return id;
    }

    UUID account() {
        return account;
    }

    byte[] sha256() {
        return sha256.clone();
    }

    /** For good; revoking again changes nothing. */
    void revoke(Instant moment) {
        if (revokedAt == null) {
            revokedAt = moment;
        }
    }

    ApiTokenService.TokenSummary summary() {
        return new ApiTokenService.TokenSummary(
                id, title, createdAt, Optional.ofNullable(expiresAt), Optional.ofNullable(lastUsedAt));
    }
}
