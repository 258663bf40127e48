package org.diptych.service.assignment;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.diptych.service.campaign.CampaignState;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The statements that hand out slots and keep them. {@link Turns} has the order of their locks. */
@Repository
class AssignmentQueries {
    private final JdbcClient jdbc;

    AssignmentQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Extends what the annotator still holds, even past its end as long as nobody else took the slot.
     *
     * @return the pairs they hold, and until when
     */
    Map<UUID, Instant> extendHeld(UUID annotator, UUID campaign, int leaseSeconds) {
        var held = new HashMap<UUID, Instant>();
        jdbc.sql("""
                        WITH extended AS (
                            UPDATE assignment SET expires_at = now() + make_interval(secs => :seconds)
                            WHERE annotator_id = :annotator AND campaign_id = :campaign AND state = 'LEASED'
                            RETURNING id, pair_id, slot, expires_at),
                        locked AS MATERIALIZED (
                            SELECT s.pair_id, s.ordinal, extended.expires_at FROM extended JOIN slot s
                                ON s.pair_id = extended.pair_id AND s.ordinal = extended.slot
                                AND s.assignment_id = extended.id AND s.state = 'LEASED'
                            ORDER BY s.pair_id, s.ordinal FOR UPDATE OF s),
                        kept AS (
                            UPDATE slot SET expires_at = locked.expires_at FROM locked
                            WHERE slot.pair_id = locked.pair_id AND slot.ordinal = locked.ordinal)
                        SELECT id, expires_at FROM extended""")
                .param("seconds", leaseSeconds)
                .param("annotator", annotator)
                .param("campaign", campaign)
                .query(row -> {
                    held.put(
                            row.getObject("id", UUID.class),
                            row.getTimestamp("expires_at").toInstant());
                });
        return held;
    }

    /**
     * Puts slots whose lease ran out back into the queue, except where their annotator is answering right now. Nothing
     * happens while another claim of the campaign does the same.
     *
     * @return how many
     */
    int reclaimExpired(UUID campaign) {
        return jdbc.sql("""
                        WITH turn AS MATERIALIZED (
                            SELECT pg_try_advisory_xact_lock(hashtextextended('reclaim' || :campaign, 0)) AS mine),
                        expired AS (
                            SELECT a.id, s.pair_id, s.ordinal FROM turn CROSS JOIN slot s JOIN assignment a ON a.id = s.assignment_id
                            WHERE turn.mine AND s.campaign_id = :campaign::uuid AND s.state = 'LEASED'
                              AND s.expires_at < now() AND a.state = 'LEASED' FOR UPDATE OF a, s SKIP LOCKED),
                        lost AS (
                            UPDATE assignment SET state = 'LOST' FROM expired WHERE assignment.id = expired.id)
                        UPDATE slot SET state = 'OPEN', assignment_id = NULL, expires_at = NULL FROM expired
                        WHERE slot.pair_id = expired.pair_id AND slot.ordinal = expired.ordinal""").param("campaign", campaign.toString()).update();
    }

    /**
     * Leases the first open slot of the stratum on a pair that the annotator has not had. Both the lease and the slot
     * change in this one statement, so a slot is never leased twice.
     *
     * @param uniform the uniform stratum, or all others
     * @param swapped sides on the screen
     * @return whether there was one
     */
    boolean leaseNext(UUID annotator, UUID campaign, boolean uniform, boolean swapped, int leaseSeconds) {
        return jdbc.sql("""
                        WITH next AS (
                            SELECT s.pair_id, s.ordinal FROM slot s
                            WHERE s.campaign_id = :campaign AND s.state = 'OPEN' AND (s.stratum = 'UNIFORM') = :uniform
                              AND NOT EXISTS (SELECT 1 FROM assignment a WHERE a.pair_id = s.pair_id
                                              AND a.annotator_id = :annotator AND a.state <> 'LOST')
                            ORDER BY s.priority DESC, s.random_key
                            LIMIT 1 FOR UPDATE OF s SKIP LOCKED),
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
                        FROM lease WHERE slot.pair_id = lease.pair_id AND slot.ordinal = lease.slot""")
                        .param("campaign", campaign)
                        .param("uniform", uniform)
                        .param("annotator", annotator)
                        .param("seconds", leaseSeconds)
                        .param("swapped", swapped)
                        .update()
                == 1;
    }

    /**
     * Leases an open slot of the assignment's own pair again, with a new token. It is a new lease: how its slot came into
     * the queue is what the label will say.
     */
    boolean leaseAgain(UUID assignment, int leaseSeconds) {
        return jdbc.sql("""
                        WITH next AS (
                            SELECT s.* FROM slot s JOIN assignment a ON a.pair_id = s.pair_id
                            WHERE a.id = :assignment AND s.state = 'OPEN'
                            ORDER BY s.ordinal LIMIT 1 FOR UPDATE OF s),
                        lease AS (
                            UPDATE assignment SET state = 'LEASED', slot = next.ordinal, leased_at = now(),
                                stratum = next.stratum, selection_probability = next.selection_probability,
                                acquisition_batch_id = next.acquisition_batch_id, fencing_token = nextval('fencing_token'),
                                expires_at = now() + make_interval(secs => :seconds)
                            FROM next WHERE assignment.id = :assignment
                            RETURNING assignment.id, assignment.pair_id, assignment.slot, assignment.expires_at)
                        UPDATE slot SET state = 'LEASED', assignment_id = lease.id, expires_at = lease.expires_at
                        FROM lease WHERE slot.pair_id = lease.pair_id AND slot.ordinal = lease.slot""")
                        .param("assignment", assignment)
                        .param("seconds", leaseSeconds)
                        .update()
                == 1;
    }

    /** Lets the answer be kept although the pair has all its labels. */
    void keepAsExtra(UUID assignment, int leaseSeconds) {
        jdbc.sql("""
                        UPDATE assignment SET state = 'EXTRA', fencing_token = nextval('fencing_token'),
                            expires_at = now() + make_interval(secs => ?) WHERE id = ?""").params(leaseSeconds, assignment).update();
    }

    /** The annotator's assignment, locked. */
    Optional<Lease> lock(UUID assignment, UUID annotator) {
        return jdbc.sql("""
                        SELECT a.id, a.campaign_id, a.pair_id, a.slot, a.state, a.fencing_token, a.expires_at, a.swapped,
                               a.protocol_sha256, c.state AS campaign_state, c.gold_feedback = 'AFTER_SUBMIT' AS tells_gold,
                               EXISTS (SELECT 1 FROM campaign_member m WHERE m.campaign_id = a.campaign_id
                                       AND m.account_id = a.annotator_id) AS member
                        FROM assignment a JOIN campaign c ON c.id = a.campaign_id
                        WHERE a.id = ? AND a.annotator_id = ? FOR NO KEY UPDATE OF a""")
                .params(assignment, annotator)
                .query((row, number) -> new Lease(
                        row.getObject("id", UUID.class),
                        row.getObject("campaign_id", UUID.class),
                        row.getObject("pair_id", UUID.class),
                        row.getObject("slot") == null ? null : row.getShort("slot"),
                        Lease.State.valueOf(row.getString("state")),
                        row.getLong("fencing_token"),
                        row.getTimestamp("expires_at").toInstant(),
                        row.getBoolean("swapped"),
                        row.getString("protocol_sha256"),
                        CampaignState.valueOf(row.getString("campaign_state")),
                        row.getBoolean("member"),
                        row.getBoolean("tells_gold")))
                .optional();
    }
}
