package org.diptych.service.assignment;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The statements that hand out what waits: slots, and gold among them. A lease and its slot change in one statement, so a
 * slot is never leased twice.
 *
 * <p>What acquisition has put in front comes first, in its order. All else is in random order, and each claim looks from
 * a place of its own in that order: at one common front, every claim would step over what was taken before it and is not
 * cleaned up yet, and over what its annotator has had and others have not, the more of both the longer a campaign runs.
 * Each step over a pair is one probe of an index, and each stratum has an index in the order of its claims.
 */
@Repository
class SlotQueue {
    /**
     * A pair that the annotator has not had. It is never turned into a join, which would read all of their assignments, and
     * the planner takes it for true of half the pairs: so it steps along the index, which has the order already.
     */
    private static final String NEW_TO_ANNOTATOR = """
            NOT coalesce((SELECT true FROM assignment a WHERE a.pair_id = s.pair_id AND a.annotator_id = :annotator
             AND a.state <> 'LOST'), false)""";

    private final JdbcClient jdbc;

    SlotQueue(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The two halves of a queue. Written out, so that each condition is the one of its index. */
    enum Half {
        UNIFORM("s.stratum = 'UNIFORM'"),
        ACQUIRED("s.stratum <> 'UNIFORM'");

        private final String condition;

        Half(String condition) {
            this.condition = condition;
        }

        Half other() {
            return this == UNIFORM ? ACQUIRED : UNIFORM;
        }
    }

    /**
     * Leases an open slot of the half on a pair that the annotator has not had.
     *
     * @param from where in the random order to look first, in [0, 1)
     * @param swapped sides on the screen
     * @return whether there was one
     */
    boolean leaseNext(UUID annotator, UUID campaign, Half half, double from, boolean swapped, int leaseSeconds) {
        return jdbc.sql(claim(half))
                        .param("campaign", campaign)
                        .param("annotator", annotator)
                        .param("from", from)
                        .param("seconds", leaseSeconds)
                        .param("swapped", swapped)
                        .update()
                == 1;
    }

    /** The statement by which a slot of the half is leased. */
    static String claim(Half half) {
        return """
                        WITH chosen AS MATERIALIZED (
                            SELECT s.pair_id, s.ordinal FROM slot s
                            WHERE s.campaign_id = :campaign AND s.state = 'OPEN' AND s.priority > 0 AND %2$s AND %1$s
                            ORDER BY s.priority DESC, s.random_key LIMIT 1 FOR UPDATE OF s SKIP LOCKED),
                        later AS MATERIALIZED (
                            SELECT s.pair_id, s.ordinal FROM slot s
                            WHERE s.campaign_id = :campaign AND s.state = 'OPEN' AND s.priority = 0 AND %2$s
                              AND s.random_key >= :from AND NOT EXISTS (SELECT 1 FROM chosen) AND %1$s
                            ORDER BY s.random_key LIMIT 1 FOR UPDATE OF s SKIP LOCKED),
                        sooner AS MATERIALIZED (
                            SELECT s.pair_id, s.ordinal FROM slot s
                            WHERE s.campaign_id = :campaign AND s.state = 'OPEN' AND s.priority = 0 AND %2$s
                              AND s.random_key < :from AND NOT EXISTS (SELECT 1 FROM chosen)
                              AND NOT EXISTS (SELECT 1 FROM later) AND %1$s
                            ORDER BY s.random_key LIMIT 1 FOR UPDATE OF s SKIP LOCKED),
                        next AS (SELECT * FROM chosen UNION ALL SELECT * FROM later UNION ALL SELECT * FROM sooner),
                        lease AS (
                            INSERT INTO assignment AS held (campaign_id, pair_id, annotator_id, slot, state, fencing_token,
                                                            expires_at, swapped)
                            SELECT :campaign, pair_id, :annotator, ordinal, 'LEASED', nextval('fencing_token'),
                                   now() + make_interval(secs => :seconds), :swapped FROM next
                            ON CONFLICT (pair_id, annotator_id) DO UPDATE
                                SET state = 'LEASED', slot = excluded.slot, fencing_token = excluded.fencing_token,
                                    expires_at = excluded.expires_at, leased_at = now(), known_answer_id = NULL,
                                    protocol_sha256 = excluded.protocol_sha256, stratum = excluded.stratum,
                                    selection_probability = excluded.selection_probability,
                                    acquisition_batch_id = excluded.acquisition_batch_id
                                WHERE held.state = 'LOST'
                            RETURNING id, pair_id, slot, expires_at)
                        UPDATE slot SET state = 'LEASED', assignment_id = lease.id, expires_at = lease.expires_at
                        FROM lease WHERE slot.pair_id = lease.pair_id AND slot.ordinal = lease.slot""".formatted(NEW_TO_ANNOTATOR, half.condition);
    }

    /**
     * Puts slots whose lease ran out back into the queue, except where their annotator is answering right now. A lease that
     * begins in the future and ends later than one given now was given before the clock was set back, and nobody has worked
     * on it since: it would keep its pair from everybody until the clock is there again. The time of this statement tells
     * that, as a claim that waited long for its turn began before leases that are of now. It also gives up what was to be
     * kept beside the labels of a pair that wants one again: else its annotator would never be asked for that. Gold that ran
     * out goes with what else its annotator loses: alone it would stay, and be known by that. Nothing happens while another
     * claim of the campaign does the same.
     *
     * @return how many
     */
    int reclaimExpired(UUID campaign) {
        return jdbc.sql("""
                        WITH turn AS MATERIALIZED (
                            SELECT pg_try_advisory_xact_lock(hashtextextended('reclaim' || :campaign, 0)) AS mine),
                        expired AS (
                            SELECT a.id, a.annotator_id, s.pair_id, s.ordinal FROM turn CROSS JOIN slot s JOIN assignment a ON a.id = s.assignment_id
                            WHERE turn.mine AND s.campaign_id = :campaign::uuid AND s.state = 'LEASED'
                              AND (s.expires_at < now() OR (a.leased_at > statement_timestamp() + interval '1 minute'
                                  AND s.expires_at > statement_timestamp() + (
                                      SELECT make_interval(secs => lease_seconds) FROM campaign WHERE id = :campaign::uuid)))
                              AND a.state = 'LEASED' FOR UPDATE OF a, s SKIP LOCKED),
                        wanted AS (
                            SELECT a.id FROM turn CROSS JOIN assignment a
                            WHERE turn.mine AND a.campaign_id = :campaign::uuid AND a.state = 'EXTRA' AND a.expires_at < now()
                              AND (EXISTS (SELECT 1 FROM slot s WHERE s.pair_id = a.pair_id AND s.state = 'OPEN')
                                   OR a.pair_id IN (SELECT pair_id FROM expired))
                            FOR UPDATE OF a SKIP LOCKED),
                        gold AS (
                            SELECT a.id FROM (SELECT DISTINCT annotator_id FROM expired) loser
                            JOIN assignment a ON a.annotator_id = loser.annotator_id
                            WHERE a.campaign_id = :campaign::uuid AND a.state = 'LEASED' AND a.slot IS NULL AND a.expires_at < now()
                            FOR UPDATE OF a SKIP LOCKED),
                        lost AS (
                            UPDATE assignment SET state = 'LOST' FROM (SELECT id FROM expired UNION ALL SELECT id FROM wanted
                                UNION ALL SELECT id FROM gold) gone
                            WHERE assignment.id = gone.id RETURNING 1),
                        freed AS (
                            UPDATE slot SET state = 'OPEN', assignment_id = NULL, expires_at = NULL FROM expired
                            WHERE slot.pair_id = expired.pair_id AND slot.ordinal = expired.ordinal)
                        SELECT count(*) FROM lost""")
                .param("campaign", campaign.toString())
                .query(Integer.class)
                .single();
    }

    /** Whether the queue has anything for the annotator at the moment. */
    boolean hasOpenWork(UUID annotator, UUID campaign) {
        return jdbc.sql("SELECT EXISTS (SELECT 1 FROM slot s WHERE s.campaign_id = :campaign AND s.state = 'OPEN' AND "
                        + NEW_TO_ANNOTATOR + ")")
                .param("campaign", campaign)
                .param("annotator", annotator)
                .query(Boolean.class)
                .single();
    }

    /**
     * Leases a gold pair that the annotator has not had, drawn at random, so that no two annotators meet the same gold at
     * the same place. Its assignment holds no slot, so it is never lost to somebody else: its lease is shown like any other
     * and goes on when it ran out, until its annotator loses others that ran out, or their membership ends.
     *
     * @return whether there was one
     */
    boolean leaseGold(UUID annotator, UUID campaign, boolean swapped, int leaseSeconds) {
        return jdbc.sql("""
                        INSERT INTO assignment AS held (campaign_id, pair_id, annotator_id, known_answer_id, state,
                                                        fencing_token, expires_at, swapped)
                        SELECT :campaign, next.pair_id, :annotator, next.id, 'LEASED', nextval('fencing_token'),
                               now() + make_interval(secs => :seconds), :swapped
                        FROM (SELECT s.pair_id, s.id FROM current_known_answer s
                              WHERE s.campaign_id = :campaign AND s.use = 'GOLD' AND NOT s.retired AND %s
                                AND NOT EXISTS (SELECT 1 FROM pair_taken_out t WHERE t.pair_id = s.pair_id)
                                AND NOT EXISTS (SELECT 1 FROM suspended_gold g WHERE g.pair_id = s.pair_id)
                              ORDER BY random() LIMIT 1) next
                        ON CONFLICT (pair_id, annotator_id) DO UPDATE
                            SET state = 'LEASED', slot = NULL, known_answer_id = excluded.known_answer_id,
                                fencing_token = excluded.fencing_token, expires_at = excluded.expires_at, leased_at = now(),
                                protocol_sha256 = excluded.protocol_sha256, stratum = excluded.stratum,
                                selection_probability = excluded.selection_probability,
                                acquisition_batch_id = excluded.acquisition_batch_id
                            WHERE held.state = 'LOST'""".formatted(NEW_TO_ANNOTATOR))
                        .param("campaign", campaign)
                        .param("annotator", annotator)
                        .param("seconds", leaseSeconds)
                        .param("swapped", swapped)
                        .update()
                == 1;
    }
}
