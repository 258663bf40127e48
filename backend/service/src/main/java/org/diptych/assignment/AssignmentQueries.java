package org.diptych.assignment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The statements that hand out slots. They lock rows in the order slot, assignment, and skip what others hold. */
@Repository
class AssignmentQueries {
    private final JdbcClient jdbc;
    private final Clock clock;

    AssignmentQueries(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** One claim at a time for one annotator in one campaign, whatever the number of tabs and retries. */
    void serialiseClaims(UUID annotator, UUID campaign) {
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended(? || ?, 0))")
                .params(annotator.toString(), campaign.toString())
                .query((row, number) -> 0)
                .single();
    }

    /**
     * Extends what the annotator still holds, even past its end as long as nobody else took the slot.
     *
     * @return how many pairs they hold
     */
    int extendHeld(UUID annotator, UUID campaign, int leaseSeconds) {
        return jdbc.sql("""
                        WITH extended AS (
                            UPDATE assignment SET expires_at = now() + make_interval(secs => :seconds)
                            WHERE annotator_id = :annotator AND campaign_id = :campaign AND state = 'LEASED'
                            RETURNING id, pair_id, slot, expires_at),
                        kept AS (
                            UPDATE slot SET expires_at = extended.expires_at FROM extended
                            WHERE slot.pair_id = extended.pair_id AND slot.ordinal = extended.slot
                              AND slot.assignment_id = extended.id)
                        SELECT count(*) FROM extended""")
                .param("seconds", leaseSeconds)
                .param("annotator", annotator)
                .param("campaign", campaign)
                .query(Integer.class)
                .single();
    }

    /**
     * Puts slots whose lease ran out back into the queue.
     *
     * @return how many
     */
    int reclaimExpired(UUID campaign) {
        return jdbc.sql("""
                        WITH expired AS (
                            SELECT pair_id, ordinal, assignment_id FROM slot
                            WHERE campaign_id = ? AND state = 'LEASED' AND expires_at < now() FOR UPDATE SKIP LOCKED),
                        lost AS (
                            UPDATE assignment SET state = 'LOST' FROM expired WHERE assignment.id = expired.assignment_id)
                        UPDATE slot SET state = 'OPEN', assignment_id = NULL, expires_at = NULL FROM expired
                        WHERE slot.pair_id = expired.pair_id AND slot.ordinal = expired.ordinal""").param(campaign).update();
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
                                    expires_at = excluded.expires_at, leased_at = now(),
                                    protocol_sha256 = excluded.protocol_sha256
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

    /** Leases an open slot of the assignment's own pair again, with a new token. */
    boolean leaseAgain(UUID assignment, int leaseSeconds) {
        return jdbc.sql("""
                        WITH next AS (
                            SELECT s.pair_id, s.ordinal FROM slot s JOIN assignment a ON a.pair_id = s.pair_id
                            WHERE a.id = :assignment AND s.state = 'OPEN'
                            ORDER BY s.ordinal LIMIT 1 FOR UPDATE OF s SKIP LOCKED),
                        lease AS (
                            UPDATE assignment SET state = 'LEASED', slot = next.ordinal, leased_at = now(),
                                fencing_token = nextval('fencing_token'),
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
                        SELECT id, campaign_id, pair_id, slot, state, fencing_token, expires_at, swapped, protocol_sha256
                        FROM assignment
                        WHERE id = ? AND annotator_id = ? FOR UPDATE""")
                .params(assignment, annotator)
                .query((row, number) -> new Lease(
                        row.getObject("id", UUID.class),
                        row.getObject("campaign_id", UUID.class),
                        row.getObject("pair_id", UUID.class),
                        row.getObject("slot") == null ? null : row.getShort("slot"),
                        Lease.State.valueOf(row.getString("state")),
                        row.getLong("fencing_token"),
                        instant(row, "expires_at"),
                        row.getBoolean("swapped"),
                        row.getString("protocol_sha256")))
                .optional();
    }

    /** Whether any slot of the campaign could still be answered by the annotator, once others let go of it. */
    boolean othersHoldWork(UUID annotator, UUID campaign) {
        return jdbc.sql("""
                        SELECT EXISTS (SELECT 1 FROM slot s WHERE s.campaign_id = ? AND s.state = 'LEASED'
                            AND NOT EXISTS (SELECT 1 FROM assignment a WHERE a.pair_id = s.pair_id AND a.annotator_id = ?))""").params(campaign, annotator).query(Boolean.class).single();
    }

    List<AssignmentView> held(UUID annotator, UUID campaign, int count) {
        return views(
                "a.annotator_id = ? AND a.campaign_id = ? AND a.state = 'LEASED' ORDER BY a.leased_at, a.id LIMIT ?",
                annotator,
                campaign,
                count);
    }

    Optional<AssignmentView> view(UUID assignment) {
        return views("a.id = ?", assignment).stream().findFirst();
    }

    private List<AssignmentView> views(String condition, Object... parameters) {
        var now = clock.instant();
        return jdbc.sql("""
                        SELECT a.id, a.fencing_token, a.expires_at, a.state, a.swapped, i.instruction, i.category,
                               a.protocol_sha256, s.sha256 s_sha, s.width s_w, s.height s_h,
                               f.sha256 f_sha, f.width f_w, f.height f_h, g.sha256 g_sha, g.width g_w, g.height g_h
                        FROM assignment a
                        JOIN pair p ON p.id = a.pair_id JOIN item i ON i.id = p.item_id
                        JOIN image s ON s.sha256 = i.source_sha256
                        JOIN candidate fc ON fc.id = p.first_candidate_id JOIN image f ON f.sha256 = fc.image_sha256
                        JOIN candidate gc ON gc.id = p.second_candidate_id JOIN image g ON g.sha256 = gc.image_sha256
                        WHERE """ + " " + condition)
                .params(parameters)
                .query((row, number) -> {
                    var first = picture(row, "f");
                    var second = picture(row, "g");
                    boolean swapped = row.getBoolean("swapped");
                    return new AssignmentView(
                            row.getObject("id", UUID.class),
                            row.getLong("fencing_token"),
                            instant(row, "expires_at"),
                            now,
                            row.getString("state").equals("EXTRA"),
                            row.getString("instruction"),
                            row.getString("category"),
                            picture(row, "s"),
                            swapped ? second : first,
                            swapped ? first : second,
                            row.getString("protocol_sha256"));
                })
                .list();
    }

    private static AssignmentView.Picture picture(ResultSet row, String prefix) throws SQLException {
        return AssignmentView.Picture.of(
                row.getString(prefix + "_sha"), row.getInt(prefix + "_w"), row.getInt(prefix + "_h"));
    }

    private static java.time.Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp timestamp = row.getTimestamp(column);
        return timestamp.toInstant();
    }
}
