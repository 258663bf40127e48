package org.diptych.service.assignment;

import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The statements that end a lease: a label, a correction, a skip, or the end of a membership. {@link Turns} has the order
 * of their locks.
 */
@Repository
class LeaseEnds {
    private final JdbcClient jdbc;

    LeaseEnds(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Fills the lease's slot with the label. */
    void fill(Lease lease, UUID label) {
        int filled = jdbc.sql("""
                        WITH filled AS (
                            UPDATE slot SET state = 'FILLED', label_id = :label, expires_at = NULL
                            WHERE pair_id = :pair AND ordinal = :slot AND assignment_id = :lease AND state = 'LEASED'
                            RETURNING assignment_id)
                        UPDATE assignment SET state = 'LABELLED' FROM filled WHERE assignment.id = filled.assignment_id""")
                .param("label", label)
                .param("pair", lease.pair())
                .param("slot", lease.slot())
                .param("lease", lease.id())
                .update();
        if (filled != 1) {
            throw new IllegalStateException("lease " + lease.id() + " and its slot disagree");
        }
    }

    /** Says what became of a lease that holds no slot. */
    void become(Lease lease, Lease.State state) {
        jdbc.sql("UPDATE assignment SET state = ? WHERE id = ?")
                .params(state.name(), lease.id())
                .update();
    }

    /** Puts a correction in the place of the label in the lease's slot. */
    void refill(Lease lease, UUID formerLabel, UUID label) {
        jdbc.sql("UPDATE slot SET label_id = ? WHERE pair_id = ? AND label_id = ?")
                .params(label, lease.pair(), formerLabel)
                .update();
    }

    /** Gives the slot back to the queue, if the lease has one, and says what became of the lease. */
    void release(Lease lease, Lease.State state) {
        jdbc.sql("""
                        WITH released AS (
                            UPDATE slot SET state = 'OPEN', assignment_id = NULL, label_id = NULL, expires_at = NULL
                            WHERE pair_id = :pair AND ordinal = :slot AND assignment_id = :lease)
                        UPDATE assignment SET state = :state WHERE id = :lease""")
                .param("pair", lease.pair())
                .param("slot", lease.slot())
                .param("lease", lease.id())
                .param("state", state.name())
                .update();
    }

    /**
     * Takes a lease up again that was lost, where the pair still has a slot that nobody took: nothing happened meanwhile,
     * so everything else about the lease stays as it was.
     *
     * @return the slot
     */
    Optional<Short> takeUp(Lease lease) {
        return jdbc.sql("""
                        WITH next AS (
                            SELECT pair_id, ordinal FROM slot WHERE pair_id = :pair AND state = 'OPEN'
                            ORDER BY ordinal LIMIT 1 FOR UPDATE),
                        again AS (
                            UPDATE assignment SET state = 'LEASED', slot = next.ordinal FROM next
                            WHERE assignment.id = :lease RETURNING assignment.id, assignment.slot, assignment.expires_at)
                        UPDATE slot SET state = 'LEASED', assignment_id = again.id, expires_at = again.expires_at
                        FROM again WHERE slot.pair_id = :pair AND slot.ordinal = again.slot RETURNING slot.ordinal""")
                .param("pair", lease.pair())
                .param("lease", lease.id())
                .query(Short.class)
                .optional();
    }

    /** Gives everything that the annotator holds in the campaign back to the queue. */
    void giveBack(UUID annotator, UUID campaign) {
        jdbc.sql("""
                        WITH lost AS MATERIALIZED (
                            SELECT id FROM assignment WHERE annotator_id = :annotator AND campaign_id = :campaign
                              AND state IN ('LEASED', 'EXTRA') ORDER BY id FOR NO KEY UPDATE),
                        locked AS MATERIALIZED (
                            SELECT s.pair_id, s.ordinal FROM lost JOIN slot s ON s.assignment_id = lost.id
                            WHERE s.campaign_id = :campaign AND s.state = 'LEASED'
                            ORDER BY s.pair_id, s.ordinal FOR UPDATE OF s),
                        released AS (
                            UPDATE slot SET state = 'OPEN', assignment_id = NULL, expires_at = NULL FROM locked
                            WHERE slot.pair_id = locked.pair_id AND slot.ordinal = locked.ordinal)
                        UPDATE assignment SET state = 'LOST' FROM lost WHERE assignment.id = lost.id""").param("annotator", annotator).param("campaign", campaign).update();
    }
}
