package org.diptych.assignment;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.diptych.account.SignedIn;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * How far an annotator and the campaign are. The campaign's counts may be two seconds old; one's own are exact.
 *
 * <p>Counts are of the real queue. An annotator's own gold pairs are shown as if they came out of it: every claim takes
 * one from {@code open} and every answer adds one to {@code filled}, else the counts would tell which pair was gold. They
 * are off by the annotator's gold pairs at most; nothing but the display depends on them, and leads see exact ones.
 */
@Service
@Transactional(readOnly = true)
public class ProgressService {
    private static final Duration FRESH = Duration.ofSeconds(2);

    private final JdbcClient jdbc;
    private final Clock clock;
    private final Map<UUID, Counts> counts = new ConcurrentHashMap<>();

    ProgressService(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Progress of the annotator in the campaign. */
    public Progress of(SignedIn who, UUID campaign) {
        var campaignCounts = counts(campaign);
        return jdbc.sql("""
                        SELECT count(*) AS mine, count(*) FILTER (WHERE submitted_at >= date_trunc('day', now())) AS today,
                               count(*) FILTER (WHERE stratum = 'GOLD') AS gold,
                               (SELECT count(*) FROM assignment WHERE annotator_id = :annotator AND campaign_id = :campaign
                                AND state = 'LEASED' AND slot IS NULL) AS gold_held
                        FROM label WHERE annotator_id = :annotator AND campaign_id = :campaign AND kind = 'ANSWER'
                        AND supersedes IS NULL""")
                .param("annotator", who.id())
                .param("campaign", campaign)
                .query((row, number) -> {
                    long gold = row.getLong("gold");
                    return new Progress(
                            row.getLong("mine"),
                            row.getLong("today"),
                            Math.max(0, campaignCounts.open() - gold - row.getLong("gold_held")),
                            campaignCounts.wanted(),
                            Math.min(campaignCounts.wanted(), campaignCounts.filled() + gold));
                })
                .single();
    }

    private Counts counts(UUID campaign) {
        var now = clock.instant();
        var known = counts.get(campaign);
        if (known != null && known.at().isAfter(now.minus(FRESH))) {
            return known;
        }
        var fresh = jdbc.sql("""
                        SELECT count(*) FILTER (WHERE state = 'OPEN') AS open, count(*) AS wanted,
                               count(*) FILTER (WHERE state = 'FILLED') AS filled FROM slot WHERE campaign_id = ?""")
                .param(campaign)
                .query((row, number) ->
                        new Counts(now, row.getLong("open"), row.getLong("wanted"), row.getLong("filled")))
                .single();
        counts.put(campaign, fresh);
        return fresh;
    }

    private record Counts(Instant at, long open, long wanted, long filled) {}

    /**
     * How far things are.
     *
     * @param mine labels by the annotator in this campaign
     * @param today those of today (UTC)
     * @param open slots that nobody holds
     * @param wanted all slots
     * @param filled slots with a label
     */
    public record Progress(long mine, long today, long open, long wanted, long filled) {}
}
