package org.diptych.service.reward;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.SignedIn;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Campaigns whose first order failed: they are tried again after one minute, two, four …, at most {@link #LONGEST}, by
 * whichever worker is there then.
 */
@Component
public class ColdStartFailures {
    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofHours(6);
    private static final int MOST_DOUBLINGS = 9;

    private final JdbcClient jdbc;
    private final CampaignAccess access;
    private final Clock clock;

    ColdStartFailures(JdbcClient jdbc, CampaignAccess access, Clock clock) {
        this.jdbc = jdbc;
        this.access = access;
        this.clock = clock;
    }

    /** One more try failed. */
    public void add(UUID campaign, String reason) {
        int before = jdbc.sql("SELECT tries FROM cold_start_failure WHERE campaign_id = ?")
                .param(campaign)
                .query(Integer.class)
                .optional()
                .orElse(0);
        var pause = FIRST.multipliedBy(1L << Math.min(before, MOST_DOUBLINGS));
        var now = clock.instant();
        jdbc.sql("""
                        INSERT INTO cold_start_failure (campaign_id, reason, tries, tried_at, retry_at)
                        VALUES (:campaign, :reason, :tries, :now, :retry)
                        ON CONFLICT (campaign_id) DO UPDATE SET reason = excluded.reason, tries = excluded.tries,
                            tried_at = excluded.tried_at, retry_at = excluded.retry_at""")
                .param("campaign", campaign)
                .param("reason", reason)
                .param("tries", before + 1)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param(
                        "retry",
                        now.plus(pause.compareTo(LONGEST) > 0 ? LONGEST : pause).atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Why a campaign has no first order yet, for its leads. */
    public Optional<ColdStartFailure> find(SignedIn lead, UUID campaign) {
        access.requireLead(lead, campaign);
        return jdbc.sql("SELECT reason, tries, tried_at, retry_at FROM cold_start_failure WHERE campaign_id = ?")
                .param(campaign)
                .query((row, number) -> new ColdStartFailure(
                        row.getString("reason"),
                        row.getInt("tries"),
                        row.getTimestamp("tried_at").toInstant(),
                        row.getTimestamp("retry_at").toInstant()))
                .optional();
    }

    /**
     * A first order that failed.
     *
     * @param tries how often it was tried
     * @param retryAt when it is tried again
     */
    public record ColdStartFailure(String reason, int tries, Instant triedAt, Instant retryAt) {}

    /** The campaign is ordered. */
    public void remove(UUID campaign) {
        jdbc.sql("DELETE FROM cold_start_failure WHERE campaign_id = ?")
                .param(campaign)
                .update();
    }
}
