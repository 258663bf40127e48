package org.diptych.service.reward;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.SignedIn;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Candidates that an encoder could not encode. They stop no run: training leaves their pairs out, and chance alone orders
 * them. An unreadable picture is tried by every run, since it may be back any time; what an encoder refused is tried again
 * after one hour, two, four …, at most {@link #LONGEST}; another encoder tries all of them.
 */
@Service
@Transactional
public class SetAsideCandidates {
    private static final Duration FIRST = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofDays(30);
    private static final int MOST_DOUBLINGS = 10;

    private final JdbcClient jdbc;
    private final CampaignAccess access;
    private final Clock clock;

    SetAsideCandidates(JdbcClient jdbc, CampaignAccess access, Clock clock) {
        this.jdbc = jdbc;
        this.access = access;
        this.clock = clock;
    }

    /** Why a candidate is set aside. */
    public enum Cause {
        /** Its picture, or its source, cannot be read. */
        UNREADABLE,
        /** The encoder made nothing usable of it. */
        REFUSED
    }

    /** Sets a candidate aside, or notes that one more try failed. */
    public void add(UUID candidate, String encoderId, Cause cause, String reason) {
        int tries = jdbc.sql("SELECT tries FROM candidate_set_aside WHERE candidate_id = ? AND encoder_id = ?")
                .params(candidate, encoderId)
                .query(Integer.class)
                .optional()
                .orElse(0);
        var now = clock.instant();
        jdbc.sql("""
                        INSERT INTO candidate_set_aside (candidate_id, encoder_id, cause, reason, tries, since, tried_at, retry_at)
                        VALUES (:candidate, :encoder, :cause, :reason, :tries, :now, :now, :retry)
                        ON CONFLICT (candidate_id, encoder_id) DO UPDATE SET cause = excluded.cause, reason = excluded.reason,
                            tries = excluded.tries, tried_at = excluded.tried_at, retry_at = excluded.retry_at""")
                .param("candidate", candidate)
                .param("encoder", encoderId)
                .param("cause", cause.name())
                .param("reason", reason)
                .param("tries", tries + 1)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("retry", now.plus(pause(cause, tries)).atOffset(ZoneOffset.UTC))
                .update();
    }

    private static Duration pause(Cause cause, int triesBefore) {
        if (cause == Cause.UNREADABLE) {
            return Duration.ZERO;
        }
        var pause = FIRST.multipliedBy(1L << Math.min(triesBefore, MOST_DOUBLINGS));
        return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
    }

    /** Candidates that an encoder has encoded after all. */
    public void remove(Collection<UUID> candidates, String encoderId) {
        jdbc.sql("DELETE FROM candidate_set_aside WHERE encoder_id = :encoder AND candidate_id = ANY (:candidates)")
                .param("encoder", encoderId)
                .param("candidates", candidates.toArray(UUID[]::new))
                .update();
    }

    /** How many candidates of a campaign an encoder has set aside. */
    @Transactional(readOnly = true)
    public int count(UUID campaign, String encoderId) {
        return jdbc.sql("""
                        SELECT count(*) FROM candidate_set_aside a JOIN candidate c ON c.id = a.candidate_id
                        WHERE c.campaign_id = ? AND a.encoder_id = ?""").params(campaign, encoderId).query(Integer.class).single();
    }

    /** What is set aside in a campaign by the encoders in use, those first that were set aside last; for its leads. */
    @Transactional(readOnly = true)
    public List<SetAside> list(SignedIn who, UUID campaign, String encoderId, int limit) {
        access.requireLead(who, campaign);
        return jdbc.sql("""
                        SELECT a.*, i.external_id, c.model, c.image_sha256 FROM candidate_set_aside a
                        JOIN candidate c ON c.id = a.candidate_id JOIN item i ON i.id = c.item_id
                        WHERE c.campaign_id = :campaign
                          AND (a.encoder_id = :encoder OR starts_with(a.encoder_id, :encoder || '+'))
                        ORDER BY a.since DESC, i.external_id, c.ordinal LIMIT :limit""")
                .param("campaign", campaign)
                .param("encoder", encoderId)
                .param("limit", limit)
                .query((row, number) -> new SetAside(
                        row.getObject("candidate_id", UUID.class),
                        row.getString("external_id"),
                        row.getString("model"),
                        row.getString("image_sha256"),
                        Cause.valueOf(row.getString("cause")),
                        row.getString("reason"),
                        row.getInt("tries"),
                        row.getTimestamp("since").toInstant(),
                        row.getTimestamp("tried_at").toInstant()))
                .list();
    }

    /**
     * A candidate that is set aside.
     *
     * @param item its item, as the manifest names it
     * @param model the editing model that made it
     * @param image digest of its picture
     * @param tries how often it was tried
     */
    public record SetAside(
            UUID candidate,
            String item,
            String model,
            String image,
            Cause cause,
            String reason,
            int tries,
            Instant since,
            Instant triedAt) {}
}
