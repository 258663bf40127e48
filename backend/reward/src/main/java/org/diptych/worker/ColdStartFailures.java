package org.diptych.worker;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Campaigns whose first order failed: they are tried again after one minute, two, four …, at most {@link #LONGEST}, by
 * whichever worker is there then.
 */
@Component
class ColdStartFailures {
    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofHours(6);
    private static final int MOST_DOUBLINGS = 9;

    private final JdbcClient jdbc;
    private final Clock clock;

    ColdStartFailures(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** One more try failed. */
    void add(UUID campaign, String reason) {
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

    /** The campaign is ordered. */
    void remove(UUID campaign) {
        jdbc.sql("DELETE FROM cold_start_failure WHERE campaign_id = ?")
                .param(campaign)
                .update();
    }
}
