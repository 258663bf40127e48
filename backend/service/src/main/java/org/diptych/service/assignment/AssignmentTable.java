package org.diptych.service.assignment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.diptych.service.campaign.CampaignState;
import org.diptych.service.campaign.LateLabels;
import org.diptych.service.database.Columns;
import org.diptych.service.database.OneTrip;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The table of assignments with the slots that they hold: every statement by which an assignment enters a state, leaves it
 * or stays in it. {@link Turns} has the order of their locks, {@link SlotQueue} finds the slots.
 */
@Repository
class AssignmentTable {
    private static final String LEASE = """
                        WITH turn AS MATERIALIZED (
                            SELECT id, pg_advisory_xact_lock(hashtextextended(annotator_id::text || campaign_id, 0))
                            FROM assignment WHERE id = :assignment AND annotator_id = :annotator)
                        SELECT a.id, a.campaign_id, a.pair_id, a.slot, a.state, a.fencing_token, a.expires_at, a.swapped,
                               a.protocol_sha256, c.state AS campaign_state, c.late_labels,
                               c.gold_feedback = 'AFTER_SUBMIT' AS tells_gold,
                               EXISTS (SELECT 1 FROM campaign_member m WHERE m.campaign_id = a.campaign_id
                                       AND m.account_id = a.annotator_id AND m.role <> 'ADJUDICATOR') AS member
                        FROM turn JOIN assignment a ON a.id = turn.id JOIN campaign c ON c.id = a.campaign_id
                        FOR NO KEY UPDATE OF a""";

    private final JdbcClient jdbc;
    private final OneTrip trip;

    AssignmentTable(JdbcClient jdbc, OneTrip trip) {
        this.jdbc = jdbc;
        this.trip = trip;
    }

    /**
     * The annotator's assignment, theirs alone until the transaction ends: their turn and the row in one statement. The
     * row is read as it is once both are had; how the campaign and the membership stand is read as the wait began.
     */
    Optional<Lease> lock(UUID assignment, UUID annotator) {
        return jdbc.sql(LEASE)
                .param("assignment", assignment)
                .param("annotator", annotator)
                .query((row, number) -> lease(row))
                .optional();
    }

    /**
     * Waits for the annotator's turn; then, how a campaign stands for a member, and what they hold in it. Unless it is closed, that is extended,
     * even past its end as long as nobody else took the slot.
     *
     * @return nothing for somebody who is no member
     */
    Optional<Held> extendHeld(SignedIn annotator, UUID campaign, int leaseSeconds) {
        return trip
                .query(
                        List.of(Turns.AWAIT),
                        """
                        WITH entered AS MATERIALIZED (
                            SELECT c.state, EXISTS (SELECT 1 FROM annotator_notice n WHERE n.campaign_id = c.id
                                    AND n.account_id = :annotator AND n.action = 'PAUSE' AND n.ended_at IS NULL) AS paused
                            FROM campaign c WHERE c.id = :campaign AND (:everywhere OR EXISTS (
                                SELECT 1 FROM campaign_member m WHERE m.campaign_id = c.id AND m.account_id = :annotator
                                    AND m.role <> 'ADJUDICATOR'))),
                        extended AS (
                            UPDATE assignment SET expires_at = now() + make_interval(secs => :seconds)
                            WHERE annotator_id = :annotator AND campaign_id = :campaign AND state = 'LEASED'
                              AND (SELECT state FROM entered) <> 'CLOSED'
                            RETURNING id, pair_id, slot, expires_at),
                        locked AS MATERIALIZED (
                            SELECT s.pair_id, s.ordinal, extended.expires_at FROM extended JOIN slot s
                                ON s.pair_id = extended.pair_id AND s.ordinal = extended.slot
                                AND s.assignment_id = extended.id AND s.state = 'LEASED'
                            ORDER BY s.pair_id, s.ordinal FOR UPDATE OF s),
                        kept AS (
                            UPDATE slot SET expires_at = locked.expires_at FROM locked
                            WHERE slot.pair_id = locked.pair_id AND slot.ordinal = locked.ordinal)
                        SELECT entered.state, entered.paused, (SELECT count(*) FROM extended) AS leases FROM entered""",
                        Map.of(
                                "seconds",
                                leaseSeconds,
                                "annotator",
                                annotator.id(),
                                "everywhere",
                                annotator.role() == Role.ADMIN,
                                "campaign",
                                campaign),
                        (row, number) -> new Held(
                                CampaignState.valueOf(row.getString("state")),
                                row.getBoolean("paused"),
                                row.getInt("leases")))
                .stream()
                .findFirst();
    }

    /** The same, once all that the annotator holds in its campaign is locked, in the order in which everybody waits. */
    Optional<Lease> lockHeld(UUID assignment, UUID annotator) {
        return trip
                .query(
                        List.of("""
                                SELECT pg_advisory_xact_lock(hashtextextended(annotator_id::text || campaign_id, 0))
                                FROM assignment WHERE id = :assignment AND annotator_id = :annotator""", """
                                WITH held AS MATERIALIZED (
                                    SELECT id, pair_id, slot FROM assignment
                                    WHERE annotator_id = :annotator AND state = 'LEASED'
                                      AND campaign_id = (SELECT campaign_id FROM assignment
                                                         WHERE id = :assignment AND annotator_id = :annotator)
                                    ORDER BY id FOR NO KEY UPDATE),
                                locked AS MATERIALIZED (
                                    SELECT s.ordinal FROM held JOIN slot s ON s.pair_id = held.pair_id
                                        AND s.ordinal = held.slot AND s.assignment_id = held.id AND s.state = 'LEASED'
                                    ORDER BY s.pair_id, s.ordinal FOR UPDATE OF s)
                                SELECT count(*) FROM locked"""),
                        LEASE,
                        Map.of("assignment", assignment, "annotator", annotator),
                        (row, number) -> lease(row))
                .stream()
                .findFirst();
    }

    private static Lease lease(ResultSet row) throws SQLException {
        return new Lease(
                row.getObject("id", UUID.class),
                row.getObject("campaign_id", UUID.class),
                row.getObject("pair_id", UUID.class),
                Columns.small(row, "slot"),
                Lease.State.valueOf(row.getString("state")),
                row.getLong("fencing_token"),
                row.getTimestamp("expires_at").toInstant(),
                row.getBoolean("swapped"),
                row.getString("protocol_sha256"),
                CampaignState.valueOf(row.getString("campaign_state")),
                LateLabels.valueOf(row.getString("late_labels")),
                row.getBoolean("member"),
                row.getBoolean("tells_gold"));
    }

    /**
     * Extends an answer that is to be kept beside the pair's labels while its annotator works on it. What they do elsewhere
     * does not: they are asked for the pair again where it wants a label and nobody is at it.
     */
    void extendExtra(UUID assignment, int leaseSeconds) {
        jdbc.sql("UPDATE assignment SET expires_at = now() + make_interval(secs => ?) WHERE id = ? AND state = 'EXTRA'")
                .params(leaseSeconds, assignment)
                .update();
    }

    /**
     * What an annotator holds in a campaign that stands so.
     *
     * @param paused whether they themselves are paused: they finish what they hold, and are given nothing new
     */
    record Held(CampaignState campaign, boolean paused, int leases) {}

    /** Until when nobody else gets what the assignment holds. */
    Instant expiry(UUID assignment) {
        return jdbc.sql("SELECT expires_at FROM assignment WHERE id = ?")
                .param(assignment)
                .query((row, number) -> row.getTimestamp("expires_at").toInstant())
                .single();
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

    /** Leases a gold pair again, with a new token. */
    void leaseGoldAgain(UUID assignment, int leaseSeconds) {
        jdbc.sql("""
                        UPDATE assignment SET state = 'LEASED', leased_at = now(), fencing_token = nextval('fencing_token'),
                            expires_at = now() + make_interval(secs => ?) WHERE id = ?""").params(leaseSeconds, assignment).update();
    }

    /** Lets the answer be kept although the pair has all its labels. */
    void keepAsExtra(UUID assignment, int leaseSeconds) {
        jdbc.sql("""
                        UPDATE assignment SET state = 'EXTRA', fencing_token = nextval('fencing_token'),
                            expires_at = now() + make_interval(secs => ?) WHERE id = ?""").params(leaseSeconds, assignment).update();
    }

    /** Whether the pair is handed to nobody: a lead has taken it out, or an appeal disputes what is known of it. */
    boolean isTakenOut(UUID pair) {
        return jdbc.sql("""
                        SELECT EXISTS (SELECT 1 FROM pair_taken_out WHERE pair_id = :pair)
                            OR EXISTS (SELECT 1 FROM suspended_gold WHERE pair_id = :pair)""").param("pair", pair).query(Boolean.class).single();
    }

    /** Whether the annotator is paused; to be asked behind their turn. */
    boolean isPaused(UUID annotator, UUID campaign) {
        return jdbc.sql("""
                        SELECT EXISTS (SELECT 1 FROM annotator_notice n WHERE n.campaign_id = ? AND n.account_id = ?
                            AND n.action = 'PAUSE' AND n.ended_at IS NULL)""").params(campaign, annotator).query(Boolean.class).single();
    }

    /**
     * Takes a lease up again that was lost, where the pair still has a slot that nobody took: nothing happened meanwhile,
     * so everything else about the lease stays as it was. One that was to be kept beside the pair's labels had no slot of
     * its own, and says how the one came into the queue that it fills now.
     *
     * @return the slot
     */
    Optional<Short> takeUp(Lease lease) {
        return jdbc.sql("""
                        WITH next AS (
                            SELECT pair_id, ordinal, stratum, selection_probability, acquisition_batch_id FROM slot
                            WHERE pair_id = :pair AND state IN ('OPEN', 'OUT') ORDER BY ordinal LIMIT 1 FOR UPDATE),
                        again AS (
                            UPDATE assignment a SET state = 'LEASED', slot = next.ordinal,
                                stratum = CASE a.state WHEN 'EXTRA' THEN next.stratum ELSE a.stratum END,
                                selection_probability = CASE a.state WHEN 'EXTRA' THEN next.selection_probability
                                    ELSE a.selection_probability END,
                                acquisition_batch_id = CASE a.state WHEN 'EXTRA' THEN next.acquisition_batch_id
                                    ELSE a.acquisition_batch_id END
                            FROM next
                            WHERE a.id = :lease RETURNING a.id, a.slot, a.expires_at)
                        UPDATE slot SET state = 'LEASED', assignment_id = again.id, expires_at = again.expires_at
                        FROM again WHERE slot.pair_id = :pair AND slot.ordinal = again.slot RETURNING slot.ordinal""")
                .param("pair", lease.pair())
                .param("lease", lease.id())
                .query(Short.class)
                .optional();
    }

    /** Fills the slot that the lease holds with the label. */
    void fill(Lease lease, short slot, UUID label) {
        int filled = jdbc.sql("""
                        WITH filled AS (
                            UPDATE slot SET state = 'FILLED', label_id = :label, expires_at = NULL
                            WHERE pair_id = :pair AND ordinal = :slot AND assignment_id = :lease AND state = 'LEASED'
                            RETURNING assignment_id)
                        UPDATE assignment SET state = 'LABELLED' FROM filled WHERE assignment.id = filled.assignment_id""")
                .param("label", label)
                .param("pair", lease.pair())
                .param("slot", slot)
                .param("lease", lease.id())
                .update();
        if (filled != 1) {
            throw new IllegalStateException("lease " + lease.id() + " and its slot disagree");
        }
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
