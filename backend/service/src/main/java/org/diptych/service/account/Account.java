package org.diptych.service.account;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/** A person (or a simulated annotator) known to the installation. */
@Entity
@DynamicUpdate
class Account {
    @Id
    private UUID id;

    @Version
    private @Nullable Long version;

    private String name;

    @Column(name = "display_name")
    private String displayName;

    @Column(name = "password_hash")
    private @Nullable String passwordHash;

    @Enumerated(EnumType.STRING)
    private Role role;

    @Column(name = "password_given")
    private boolean passwordGiven;

    private String language;

    private boolean simulated;

    private boolean disabled;

    @Column(name = "created_at")
    private Instant createdAt;

    @SuppressWarnings("NullAway.Init")
    protected Account() {}

    Account(
            UUID id,
            String name,
            String displayName,
            Role role,
            @Nullable String passwordHash,
            boolean simulated,
            Instant createdAt) {
        this.id = id;
        this.name = name;
        this.displayName = displayName;
        this.role = role;
        this.passwordHash = passwordHash;
        this.simulated = simulated;
        this.createdAt = createdAt;
        this.language = "en";
    }

    SignedIn signedIn() {
        return new SignedIn(id, name, displayName, role, passwordGiven);
    }

    @Nullable
    String passwordHash() {
        return passwordHash;
    }

    boolean disabled() {
        return disabled;
    }

    /** Counts its changes. */
    long version() {
        return Objects.requireNonNull(version, "an account that is not stored");
    }

    String language() {
        return language;
    }

    void speak(String newLanguage) {
        language = newLanguage;
    }

    /** Its owner has chosen a password. */
    void changePassword(String newPasswordHash) {
        passwordHash = newPasswordHash;
        passwordGiven = false;
    }

    /** Somebody else has, and knows it: the owner has to choose another one first. */
    void givePassword(String newPasswordHash) {
        passwordHash = newPasswordHash;
        passwordGiven = true;
    }

    void disable(boolean wanted) {
        disabled = wanted;
    }

    boolean simulated() {
        return simulated;
    }

    Instant createdAt() {
        return createdAt;
    }
}
