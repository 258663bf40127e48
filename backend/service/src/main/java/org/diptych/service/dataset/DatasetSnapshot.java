package org.diptych.service.dataset;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.Immutable;

/** Labels that were frozen under one digest. Nothing about it ever changes; the database refuses it, too. */
@Entity
@Immutable
@Table(name = "dataset_snapshot")
class DatasetSnapshot {
    /** What is frozen: answers that nobody superseded, of the strata that models learn from. */
    private static final String FILTER =
            "{\"current\": true, \"kind\": \"answer\", \"strata\": [\"uniform\", \"acquired\"]}";

    @Id
    private UUID id;

    @Column(name = "campaign_id")
    private UUID campaign;

    private String digest;

    @Column(columnDefinition = "jsonb")
    @ColumnTransformer(write = "?::jsonb")
    private String filter;

    private int labels;

    @Column(name = "created_at")
    private Instant createdAt;

    @SuppressWarnings("NullAway.Init")
    protected DatasetSnapshot() {}

    DatasetSnapshot(UUID campaign, String digest, int labels, Instant createdAt) {
        this.id = UUID.randomUUID();
        this.campaign = campaign;
        this.digest = digest;
        this.filter = FILTER;
        this.labels = labels;
        this.createdAt = createdAt;
    }

    UUID id() {
        return id;
    }

    UUID campaign() {
        return campaign;
    }

    String filter() {
        return filter;
    }

    Instant createdAt() {
        return createdAt;
    }

    SnapshotService.Snapshot snapshot() {
        return new SnapshotService.Snapshot(id, digest, labels);
    }
}
