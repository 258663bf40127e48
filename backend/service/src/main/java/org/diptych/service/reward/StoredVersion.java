package org.diptych.service.reward;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.Formula;
import org.jspecify.annotations.Nullable;

/** A model version as it is stored. What was measured stays; whether it chooses the next pairs is all that changes. */
@Entity
@DynamicUpdate
@Table(name = "model_version")
class StoredVersion {
    @Id
    private UUID id;

    @Version
    @Column(name = "version")
    private @Nullable Long rowVersion;

    @Column(name = "campaign_id", updatable = false)
    private UUID campaign;

    @Column(updatable = false)
    private int number;

    @Column(name = "run_id", updatable = false)
    private UUID run;

    @Column(name = "snapshot_id", updatable = false)
    private UUID snapshot;

    @Formula("(SELECT s.digest FROM dataset_snapshot s WHERE s.id = snapshot_id)")
    private String snapshotDigest;

    @Enumerated(EnumType.STRING)
    private ModelVersion.State state;

    @Column(name = "parameters_digest", updatable = false)
    private String digest;

    @Column(name = "encoder_id", updatable = false)
    private String encoderId;

    @Column(columnDefinition = "jsonb", updatable = false)
    @ColumnTransformer(write = "?::jsonb")
    private String card;

    @Column(updatable = false)
    private int labels;

    @Column(updatable = false)
    private @Nullable Double accuracy;

    @Column(name = "accuracy_low", updatable = false)
    private @Nullable Double accuracyLow;

    @Column(name = "accuracy_high", updatable = false)
    private @Nullable Double accuracyHigh;

    @Column(name = "evaluated_pairs", updatable = false)
    private int evaluatedPairs;

    @Column(name = "majority_rate", updatable = false)
    private @Nullable Double majorityRate;

    @Column(columnDefinition = "jsonb", updatable = false)
    @ColumnTransformer(write = "?::jsonb")
    private String comparison;

    @Column(name = "created_at", updatable = false)
    private Instant createdAt;

    @Column(name = "promoted_at")
    private @Nullable Instant promotedAt;

    @SuppressWarnings("NullAway.Init")
    protected StoredVersion() {}

    @SuppressWarnings("NullAway.Init") // the digest of the snapshot is read with the row
    StoredVersion(NewModelVersion made, int number, Instant createdAt) {
        this.id = UUID.randomUUID();
        this.campaign = made.campaign();
        this.number = number;
        this.run = made.run();
        this.snapshot = made.snapshot();
        this.state = ModelVersion.State.CANDIDATE;
        this.digest = made.digest();
        this.encoderId = made.encoderId();
        this.card = made.card();
        this.labels = made.labels();
        this.accuracy = made.accuracy();
        this.accuracyLow = made.accuracyLow();
        this.accuracyHigh = made.accuracyHigh();
        this.evaluatedPairs = made.evaluatedPairs();
        this.majorityRate = made.majorityRate();
        this.comparison = made.comparison();
        this.createdAt = createdAt;
    }

    UUID run() {
        return run;
    }

    UUID snapshot() {
        return snapshot;
    }

    int number() {
        return number;
    }

    /** From now on it chooses the next pairs. The one before must have retired: a campaign has one. */
    void promote(Instant moment) {
        state = ModelVersion.State.ACTIVE;
        promotedAt = moment;
    }

    /**
     * Another one takes its place.
     *
     * @throws IllegalStateException if it has no place to leave
     */
    void retire() {
        if (state != ModelVersion.State.ACTIVE) {
            throw new IllegalStateException("model version " + number + " is " + state + ", so it cannot retire");
        }
        state = ModelVersion.State.RETIRED;
    }

    ModelVersion version() {
        return new ModelVersion(
                id,
                campaign,
                number,
                state,
                digest,
                encoderId,
                snapshotDigest,
                labels,
                accuracy,
                accuracyLow,
                accuracyHigh,
                evaluatedPairs,
                majorityRate,
                comparison,
                card,
                createdAt,
                promotedAt);
    }
}
