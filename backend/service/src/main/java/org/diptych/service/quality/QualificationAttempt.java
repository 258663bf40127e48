package org.diptych.service.quality;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/** One run of an annotator through the qualification set: under way until it is scored, once and for good. */
@Entity
@DynamicUpdate
@Table(name = "qualification_attempt")
class QualificationAttempt {
    /** Scores are sums of halves: this is rounding, not leniency. */
    private static final double ROUNDING = 1e-9;

    @Id
    private UUID id;

    @Version
    private @Nullable Long version;

    @Column(name = "campaign_id")
    private UUID campaign;

    @Column(name = "account_id")
    private UUID annotator;

    private int number;

    @Column(name = "protocol_sha256")
    private String protocolSha256;

    @Column(name = "pass_mark")
    private double passMark;

    @Column(name = "started_at")
    private Instant startedAt;

    @Column(name = "finished_at")
    private @Nullable Instant finishedAt;

    private @Nullable Double score;

    private @Nullable Boolean passed;

    @SuppressWarnings("NullAway.Init")
    protected QualificationAttempt() {}

    QualificationAttempt(
            UUID campaign, UUID annotator, int number, String protocolSha256, double passMark, Instant startedAt) {
        this.id = UUID.randomUUID();
        this.campaign = campaign;
        this.annotator = annotator;
        this.number = number;
        this.protocolSha256 = protocolSha256;
        this.passMark = passMark;
        this.startedAt = startedAt;
    }

    UUID id() {
        return id;
    }

    UUID campaign() {
        return campaign;
    }

    UUID annotator() {
        return annotator;
    }

    int number() {
        return number;
    }

    String protocolSha256() {
        return protocolSha256;
    }

    Instant startedAt() {
        return startedAt;
    }

    /**
     * The last answer is there.
     *
     * @param mean of all answers, 0 to 1
     * @throws IllegalStateException if it is finished already: nobody is scored twice
     */
    void finish(double mean, Instant moment) {
        if (finishedAt != null) {
            throw new IllegalStateException("attempt " + id + " was scored at " + finishedAt);
        }
        finishedAt = moment;
        score = mean;
        passed = mean >= passMark - ROUNDING;
    }

    /** How it went, once it is finished. */
    Optional<Outcome> outcome() {
        return score == null || passed == null ? Optional.empty() : Optional.of(new Outcome(score, passMark, passed));
    }

    /**
     * How an attempt went.
     *
     * @param score mean over the answers, 0 to 1
     * @param passMark what was needed
     */
    record Outcome(double score, double passMark, boolean passed) {}
}
