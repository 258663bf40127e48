package org.diptych.service.campaign;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/** A set of items under one protocol, with its settings. */
@Entity
@DynamicUpdate
class Campaign {
    @Id
    private UUID id;

    @Version
    private @Nullable Long version;

    private String name;

    @Column(name = "protocol_sha256")
    private String protocolSha256;

    @Enumerated(EnumType.STRING)
    private CampaignState state = CampaignState.OPEN;

    @Column(name = "uniform_share")
    private double uniformShare;

    @Column(name = "uniform_labels")
    private short uniformLabels;

    @Column(name = "acquired_labels")
    private short acquiredLabels;

    @Column(name = "most_labels")
    private short mostLabels;

    @Column(name = "lease_seconds")
    private int leaseSeconds;

    private short prefetch;

    @Enumerated(EnumType.STRING)
    @Column(name = "late_labels")
    private LateLabels lateLabels;

    @Column(name = "retrain_every")
    private int retrainEvery;

    @Column(name = "retrain_hours")
    private @Nullable Integer retrainHours;

    @Column(name = "acquisition_batch")
    private int acquisitionBatch;

    @Column(name = "acquisition_policy")
    private String acquisitionPolicy;

    private long seed;

    @Column(name = "created_by")
    private UUID createdBy;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "archived_at")
    private @Nullable Instant archivedAt;

    @SuppressWarnings("NullAway.Init")
    protected Campaign() {}

    @SuppressWarnings("NullAway.Init") // the settings are assigned by change
    Campaign(
            UUID id,
            String name,
            String protocolSha256,
            CampaignSettings settings,
            long seed,
            UUID createdBy,
            Instant createdAt) {
        this.id = id;
        this.name = name;
        this.protocolSha256 = protocolSha256;
        this.seed = seed;
        this.createdBy = createdBy;
        this.createdAt = createdAt;
        change(settings);
    }

    UUID id() {
        return id;
    }

    String name() {
        return name;
    }

    void rename(String newName) {
        name = newName;
    }

    String protocolSha256() {
        return protocolSha256;
    }

    /** From now on pairs are handed out under another version of the protocol; what is held keeps its own. */
    void moveTo(String newProtocolSha256) {
        protocolSha256 = newProtocolSha256;
    }

    CampaignState state() {
        return state;
    }

    void enter(CampaignState newState) {
        state = newState;
    }

    /** Whether it is in no list any more. */
    boolean archived() {
        return archivedAt != null;
    }

    void archive(Instant at) {
        archivedAt = at;
    }

    void restore() {
        archivedAt = null;
    }

    /** What the random draws of the campaign start from. */
    long seed() {
        return seed;
    }

    UUID createdBy() {
        return createdBy;
    }

    Instant createdAt() {
        return createdAt;
    }

    CampaignSettings settings() {
        return new CampaignSettings(
                uniformShare,
                uniformLabels,
                acquiredLabels,
                mostLabels,
                leaseSeconds,
                prefetch,
                lateLabels,
                retrainEvery,
                retrainHours,
                acquisitionBatch,
                acquisitionPolicy);
    }

    final void change(CampaignSettings settings) {
        uniformShare = settings.uniformShare();
        uniformLabels = (short) settings.uniformLabels();
        acquiredLabels = (short) settings.acquiredLabels();
        mostLabels = (short) settings.mostLabels();
        leaseSeconds = settings.leaseSeconds();
        prefetch = (short) settings.prefetch();
        lateLabels = settings.lateLabels();
        retrainEvery = settings.retrainEvery();
        retrainHours = settings.retrainHours();
        acquisitionBatch = settings.acquisitionBatch();
        acquisitionPolicy = settings.acquisitionPolicy();
    }
}
