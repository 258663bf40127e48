package org.diptych.service.campaign;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.diptych.service.account.SignedIn;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Tells annotators how far they and the campaign are: the one place for every number that they see beside their work.
 *
 * <p>What others hold and have answered may be some seconds old: it is counted beside the requests, and none of them waits
 * for it but the first of a campaign that nobody was in. What the annotator holds and has answered is read from
 * their own rows at each call, as far as they are new, gold like any other pair: every claim takes one from {@code open} and every answer adds one
 * to {@code filled}, at the same moment, whatever the pair was. Else the counts would tell which pair was gold. They are
 * off by the annotator's own gold pairs at most; nothing but the display depends on them, and leads see exact ones. No
 * transaction is around both readings: who waits for the first holds no connection.
 */
@Service
public class AnnotatorProgressService {
    private static final int MOST_KEPT = 10_000;
    private static final Duration KEPT_FOR = Duration.ofHours(1);

    private final CampaignCounts counts;
    private final JdbcClient jdbc;
    private final Cache<Key, Own> counted = Caffeine.newBuilder()
            .maximumSize(MOST_KEPT)
            .expireAfterAccess(KEPT_FOR)
            .build();

    public AnnotatorProgressService(CampaignCounts counts, JdbcClient jdbc) {
        this.counts = counts;
        this.jdbc = jdbc;
    }

    /** Progress of the annotator in the campaign. */
    public AnnotatorProgress of(SignedIn who, UUID campaign) {
        var known = counts.recently(campaign);
        var all = known.allSlots();
        var before = known.heldBy(who.id());
        var own = own(who.id(), campaign);
        long filled = all.filled() - before.filled() + own.answered();
        long held = all.leased() - before.leased() + own.held();
        return new AnnotatorProgress(
                own.mine(),
                own.today(),
                Math.max(0, all.wanted() - filled - held),
                all.wanted(),
                Math.min(all.wanted(), filled));
    }

    /**
     * Only the pairs with a label that came since the last time are read again: what was counted then holds for all others,
     * as an annotator's labels in a campaign are committed in their order.
     */
    private Own own(UUID annotator, UUID campaign) {
        var key = new Key(annotator, campaign);
        var known = counted.getIfPresent(key);
        var own = count(key, known == null ? Own.NONE : known);
        if (known != null && !own.midnight().equals(known.midnight())) {
            // another day, or another place
            own = count(key, Own.NONE);
        }
        counted.put(key, own);
        return own;
    }

    private Own count(Key key, Own before) {
        return jdbc.sql("""
                        WITH fresh AS MATERIALIZED (
                            SELECT DISTINCT pair_id FROM label
                            WHERE annotator_id = :annotator AND campaign_id = :campaign AND sequence > :before),
                        -- each of them as it was (-1) and as it is (1), as the view answered_pair has it
                        pairs AS (
                            SELECT side.sign, (array_agg(l.kind ORDER BY l.sequence DESC))[1] = 'ANSWER' AS answer,
                                (array_agg(l.slot IS NULL AND l.stratum <> 'GOLD' ORDER BY l.sequence DESC))[1] AS extra,
                                min(l.submitted_at) FILTER (WHERE l.kind = 'ANSWER') AS answered_at
                            FROM fresh CROSS JOIN (VALUES (-1), (1)) AS side (sign)
                            JOIN label l ON l.pair_id = fresh.pair_id AND l.annotator_id = :annotator
                                AND l.campaign_id = :campaign AND (side.sign = 1 OR l.sequence <= :before)
                            GROUP BY fresh.pair_id, side.sign)
                        SELECT coalesce(sum(sign) FILTER (WHERE answer), 0) AS mine,
                               coalesce(sum(sign) FILTER (WHERE answer AND NOT extra), 0) AS answered,
                               coalesce(sum(sign) FILTER (WHERE answer AND answered_at >= (SELECT midnight_of(:annotator))), 0) AS today,
                               (SELECT midnight_of(:annotator)) AS midnight,
                               (SELECT max(sequence) FROM label WHERE annotator_id = :annotator AND campaign_id = :campaign) AS latest,
                               (SELECT count(*) FROM assignment WHERE annotator_id = :annotator
                                    AND campaign_id = :campaign AND state = 'LEASED') AS held
                        FROM pairs""")
                .param("annotator", key.annotator())
                .param("campaign", key.campaign())
                .param("before", before.sequence())
                .query((row, number) -> new Own(
                        row.getLong("latest"),
                        row.getTimestamp("midnight").toInstant(),
                        before.mine() + row.getLong("mine"),
                        before.answered() + row.getLong("answered"),
                        before.today() + row.getLong("today"),
                        row.getLong("held")))
                .single();
    }

    private record Key(UUID annotator, UUID campaign) {}

    /**
     * What is the annotator's own.
     *
     * @param sequence of their latest label that is counted
     * @param midnight when the day began that {@code today} is of
     * @param answered of {@code mine}, what fills a slot, and gold as if it did
     */
    private record Own(long sequence, Instant midnight, long mine, long answered, long today, long held) {
        static final Own NONE = new Own(0, Instant.EPOCH, 0, 0, 0, 0);
    }
}
