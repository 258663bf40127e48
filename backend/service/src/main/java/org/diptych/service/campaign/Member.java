package org.diptych.service.campaign;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/** What somebody is in a campaign. */
@Entity
@DynamicUpdate
@Table(name = "campaign_member")
class Member {
    @EmbeddedId
    private Id id;

    @Version
    private @Nullable Long version;

    @Enumerated(EnumType.STRING)
    private MemberRole role;

    @Column(name = "joined_at", updatable = false)
    private Instant joinedAt;

    @SuppressWarnings("NullAway.Init")
    protected Member() {}

    Member(Id id, MemberRole role, Instant joinedAt) {
        this.id = id;
        this.role = role;
        this.joinedAt = joinedAt;
    }

    UUID account() {
        return id.account();
    }

    MemberRole role() {
        return role;
    }

    Instant joinedAt() {
        return joinedAt;
    }

    void become(MemberRole newRole) {
        role = newRole;
    }

    /** Who in which campaign. */
    @Embeddable
    record Id(
            @Column(name = "campaign_id") UUID campaign,
            @Column(name = "account_id") UUID account) {}
}
