package org.diptych.service.campaign;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps the tally of every campaign: what of its labels and its size is counted, so that who asks reads a few rows however
 * large it is. Labels are added as they come into the chain, so none is passed over and none counted twice; only those that
 * are new are read, with what the same people said before of the same pairs. Now and then all is counted anew, which mends
 * whatever was written by hand.
 */
@Service
public class CampaignTally {
    private static final Duration ANEW_AFTER = Duration.ofDays(1);
    private static final int ROUND = 5_000;
    private static final long LOCK = 5_724_610_399L;

    /**
     * What labels count for, between two places of a campaign's chain: for each person and pair that labels came of, what
     * all of theirs count for at the end, less what those before the beginning counted for.
     */
    private static final String COUNTED = """
            WITH touched AS MATERIALIZED (
                SELECT DISTINCT l.pair_id, l.annotator_id FROM label_chain c JOIN label l ON l.id = c.label_id
                WHERE c.campaign_id = :campaign AND c.position > :from AND c.position <= :to),
            told AS MATERIALIZED (
                SELECT l.id, l.pair_id, l.annotator_id, l.sequence, l.kind, l.flagged, l.stratum, l.slot,
                    l.submitted_at, l.active_milliseconds, c.position, corrected.position AS corrected_at
                -- a probe for each, whatever the planner thinks of their number
                FROM touched t CROSS JOIN LATERAL (
                    SELECT * FROM label WHERE pair_id = t.pair_id AND annotator_id = t.annotator_id OFFSET 0) l
                JOIN label_chain c ON c.label_id = l.id AND c.position <= :to
                LEFT JOIN label newer ON newer.supersedes = l.id LEFT JOIN label_chain corrected ON corrected.label_id = newer.id),
            given AS MATERIALIZED (
                SELECT l.*, s.sign, s.sign * (l.kind = 'ANSWER' AND coalesce(l.corrected_at > s.place, true))::integer AS counts,
                    s.sign * (l.kind = 'SKIP' AND l.sequence = max(l.sequence)
                        OVER (PARTITION BY s.sign, l.pair_id, l.annotator_id))::integer AS passed
                FROM (VALUES (1, :to), (-1, :from)) s (sign, place) JOIN told l ON l.position <= s.place),
            counted (figure, subject, n) AS (
                SELECT 'labels', annotator_id::text, sum(counts) FROM given GROUP BY annotator_id
                UNION ALL SELECT 'filled-by', annotator_id::text, sum(counts) FROM given WHERE slot IS NOT NULL GROUP BY annotator_id
                UNION ALL SELECT 'filled', stratum, sum(counts) FROM given WHERE slot IS NOT NULL GROUP BY stratum
                UNION ALL SELECT 'learnable', '', sum(counts) FROM given WHERE stratum IN ('UNIFORM', 'ACQUIRED')
                UNION ALL SELECT 'flagged', '', sum(counts + passed) FROM given WHERE flagged
                UNION ALL SELECT 'skips', '', sum(passed) FROM given
                UNION ALL SELECT 'quarter', extract(epoch FROM date_bin('15 minutes', submitted_at, 'epoch'))::bigint::text,
                    sum(counts) FROM given GROUP BY 2
                -- longer than a day nobody was at one pair, whatever earlier releases took in
                UNION ALL SELECT 'pace', round(ln(least(greatest(active_milliseconds, 1), 86400000)) * :fineness)::bigint::text,
                    sum(counts) FROM given GROUP BY 2
                -- the latest there was: these never go back
                UNION ALL SELECT 'last', annotator_id::text, max(extract(epoch FROM submitted_at) * 1000000)::bigint
                    FROM given GROUP BY annotator_id
                UNION ALL SELECT 'last-label', '', max(extract(epoch FROM submitted_at) * 1000000)::bigint
                    FROM given WHERE counts > 0)\s""";

    private static final String ADD = """
            INSERT INTO campaign_tally AS t (campaign_id, figure, subject, n)
            SELECT :campaign, figure, subject, sum(n) FROM %s WHERE n <> 0 GROUP BY figure, subject
            ON CONFLICT (campaign_id, figure, subject) DO UPDATE SET n =
                CASE WHEN t.figure IN ('last', 'last-label') THEN greatest(t.n, excluded.n) ELSE t.n + excluded.n END""";

    private final JdbcClient jdbc;
    private final TransactionTemplate oneMoment;

    CampaignTally(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.oneMoment = new TransactionTemplate(transactions);
        oneMoment.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    /**
     * Adds everything that has come since. One process does so at a time; another that asks meanwhile does nothing.
     *
     * @param stopping asked between rounds
     */
    public void extend(BooleanSupplier stopping) {
        for (var campaign : behind()) {
            boolean more = true;
            while (more) {
                if (stopping.getAsBoolean() || Thread.currentThread().isInterrupted()) {
                    return;
                }
                more = advance(campaign);
            }
        }
    }

    /** Campaigns that were never counted, not for long, or not up to the end of their chain. */
    private List<UUID> behind() {
        return jdbc.sql("""
                        SELECT c.id FROM campaign c LEFT JOIN campaign_tally_mark m ON m.campaign_id = c.id
                        WHERE m.position IS NULL OR m.counted_at < now() - make_interval(secs => ?)
                          OR EXISTS (SELECT 1 FROM campaign_tally_change t WHERE t.campaign_id = c.id)
                          OR EXISTS (SELECT 1 FROM label_chain l WHERE l.campaign_id = c.id AND l.position > m.position)""").param(ANEW_AFTER.toSeconds()).query(UUID.class).list();
    }

    private boolean advance(UUID campaign) {
        try {
            return Boolean.TRUE.equals(oneMoment.execute(_ -> mine() && round(campaign)));
        } catch (ConcurrencyFailureException e) {
            // another process was at it as this moment began
            return false;
        }
    }

    private boolean mine() {
        return jdbc.sql("SELECT pg_try_advisory_xact_lock(?)")
                .param(LOCK)
                .query(Boolean.class)
                .single();
    }

    /** Counts on, or all anew; whether there may be more. */
    private boolean round(UUID campaign) {
        long end = jdbc.sql("SELECT coalesce(max(position), 0) FROM label_chain WHERE campaign_id = ?")
                .param(campaign)
                .query(Long.class)
                .single();
        var mark = jdbc.sql("""
                        SELECT position FROM campaign_tally_mark
                        WHERE campaign_id = ? AND counted_at >= now() - make_interval(secs => ?)""")
                .params(campaign, ANEW_AFTER.toSeconds())
                .query(Long.class)
                .optional();
        if (mark.isEmpty()) {
            recount(campaign, end);
            return false;
        }
        sizes(campaign);
        long to = Math.min(end, mark.get() + ROUND);
        labels(campaign, mark.get(), to);
        jdbc.sql("UPDATE campaign_tally_mark SET position = ? WHERE campaign_id = ?")
                .params(to, campaign)
                .update();
        return to < end;
    }

    private void sizes(UUID campaign) {
        jdbc.sql(
                        "WITH gone AS (DELETE FROM campaign_tally_change WHERE campaign_id = :campaign RETURNING figure, subject, n) "
                                + ADD.formatted("gone"))
                .param("campaign", campaign)
                .update();
    }

    private void labels(UUID campaign, long from, long to) {
        if (from == to) {
            return;
        }
        jdbc.sql(COUNTED + ADD.formatted("counted"))
                .param("campaign", campaign)
                .param("from", from)
                .param("to", to)
                .param("fineness", TalliedFigures.FINENESS)
                .update();
    }

    /** In one snapshot: sizes that change after it are added later, and those that are in it are not. */
    private void recount(UUID campaign, long end) {
        jdbc.sql("DELETE FROM campaign_tally_change WHERE campaign_id = ?")
                .param(campaign)
                .update();
        jdbc.sql("DELETE FROM campaign_tally WHERE campaign_id = ?")
                .param(campaign)
                .update();
        jdbc.sql("""
                        INSERT INTO campaign_tally (campaign_id, figure, subject, n)
                        SELECT :campaign::uuid, 'items', '', count(*) FROM item WHERE campaign_id = :campaign
                        UNION ALL SELECT :campaign, 'pairs', '', count(*) FROM pair WHERE campaign_id = :campaign
                        UNION ALL SELECT :campaign, 'wanted', stratum, count(*) FROM slot
                            WHERE campaign_id = :campaign AND state <> 'OUT' GROUP BY stratum""").param("campaign", campaign).update();
        labels(campaign, 0, end);
        jdbc.sql("""
                        INSERT INTO campaign_tally_mark (campaign_id, position) VALUES (:campaign, :end)
                        ON CONFLICT (campaign_id) DO UPDATE SET position = :end, counted_at = now()""").param("campaign", campaign).param("end", end).update();
    }
}
