package org.diptych.service.qualification;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.SignedIn;
import org.diptych.service.database.Columns;
import org.diptych.service.problem.Problem;
import org.diptych.service.protocol.ProtocolService;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Tells how annotators stand on the way into the queue: read from what they did, so that nothing can disagree with it. */
@Service
@Transactional(readOnly = true)
public class Standings {
    private static final String STANDING = """
            SELECT a.id, c.protocol_sha256,
                a.role = 'ADMIN' OR coalesce(m.role, '') = 'LEAD' OR a.simulated
                    OR (again.since IS NULL
                        AND EXISTS (SELECT 1 FROM label l WHERE l.campaign_id = c.id AND l.annotator_id = a.id)) AS exempt,
                (SELECT min(g.confirmed_at) FROM guideline_confirmation g
                 WHERE g.campaign_id = c.id AND g.account_id = a.id) AS confirmed_at,
                ARRAY (SELECT e.example::integer FROM example_answer e WHERE e.campaign_id = c.id AND e.account_id = a.id
                       AND e.protocol_sha256 = c.protocol_sha256 ORDER BY e.example) AS examples,
                (SELECT count(*) FROM current_known_answer k
                 WHERE k.campaign_id = c.id AND k.use = 'QUALIFICATION'
                 AND NOT EXISTS (SELECT 1 FROM pair_taken_out o WHERE o.pair_id = k.pair_id)) AS questions,
                (SELECT count(*) FROM qualification_grant q
                 WHERE q.campaign_id = c.id AND q.account_id = a.id
                   AND (again.since IS NULL OR q.granted_at > again.since)) AS granted,
                t.finished, coalesce(t.passed, false) AS passed, u.answered, u.total
            FROM account a CROSS JOIN campaign c
            LEFT JOIN campaign_member m ON m.campaign_id = c.id AND m.account_id = a.id
            -- what was passed before a lead asked for it again does not count any more
            CROSS JOIN LATERAL (SELECT max(r.required_at) AS since FROM retraining r
                WHERE r.campaign_id = c.id AND r.account_id = a.id AND NOT a.simulated) again
            CROSS JOIN LATERAL (
                SELECT count(*) AS finished, bool_or(passed) AS passed FROM qualification_attempt t
                WHERE t.campaign_id = c.id AND t.account_id = a.id AND t.finished_at IS NOT NULL
                  AND (again.since IS NULL OR t.finished_at > again.since)) t
            CROSS JOIN LATERAL (
                SELECT count(q.answers) AS answered, count(*) AS total
                FROM qualification_attempt o JOIN qualification_question q ON q.attempt_id = o.id
                WHERE o.campaign_id = c.id AND o.account_id = a.id AND o.finished_at IS NULL) u
            WHERE c.id = :campaign AND\s""";

    private final ProtocolService protocols;
    private final CampaignAccess access;
    private final JdbcClient jdbc;

    Standings(ProtocolService protocols, CampaignAccess access, JdbcClient jdbc) {
        this.protocols = protocols;
        this.access = access;
        this.jdbc = jdbc;
    }

    /** How somebody stands in a campaign of theirs. */
    public Standing of(SignedIn who, UUID campaign) {
        access.requireMember(who, campaign);
        return read(who, campaign);
    }

    private Standing read(SignedIn who, UUID campaign) {
        return jdbc.sql(STANDING + "a.id = :account")
                .param("campaign", campaign)
                .param("account", who.id())
                .query(Standings::row)
                .single()
                .standing(protocols);
    }

    /**
     * How one annotator of a campaign stands, for its leads.
     *
     * @throws Problem {@code unknown_annotator}
     */
    public Standing ofAnnotator(SignedIn lead, UUID campaign, UUID annotator) {
        access.requireLead(lead, campaign);
        return jdbc.sql(STANDING + "m.role = 'ANNOTATOR' AND a.id = :account")
                .param("campaign", campaign)
                .param("account", annotator)
                .query(Standings::row)
                .optional()
                .orElseThrow(() -> Problem.notFound("unknown_annotator", "The campaign has no such annotator."))
                .standing(protocols);
    }

    /** How anybody stands in a campaign, also who is no member of it any more, for its leads. */
    public Standing ofAnybody(SignedIn lead, UUID campaign, UUID account) {
        access.requireLead(lead, campaign);
        return jdbc.sql(STANDING + "a.id = :account")
                .param("campaign", campaign)
                .param("account", account)
                .query(Standings::row)
                .single()
                .standing(protocols);
    }

    /**
     * What somebody has to know who stood in the queue before.
     *
     * @param holding whether they hold pairs, which they may finish before all else
     * @param reason why a lead has sent them to the qualification set again; null for others
     */
    public record Returning(boolean holding, @Nullable String reason) {}

    /** What a member of a campaign comes back to. */
    public Returning returning(SignedIn who, UUID campaign) {
        return jdbc.sql("""
                        SELECT EXISTS (SELECT 1 FROM assignment a WHERE a.annotator_id = :account AND a.campaign_id = :campaign
                                AND a.state = 'LEASED') AS holding,
                            (SELECT r.reason FROM retraining r WHERE r.account_id = :account AND r.campaign_id = :campaign
                             ORDER BY r.required_at DESC LIMIT 1) AS reason""")
                .param("campaign", campaign)
                .param("account", who.id())
                .query((row, number) -> new Returning(row.getBoolean("holding"), row.getString("reason")))
                .single();
    }

    /** How all annotators of a campaign stand, for its leads, by name. */
    public List<Standing> ofAnnotators(SignedIn lead, UUID campaign) {
        access.requireLead(lead, campaign);
        return jdbc
                .sql(STANDING + "m.role = 'ANNOTATOR' ORDER BY a.name")
                .param("campaign", campaign)
                .query(Standings::row)
                .list()
                .stream()
                .map(row -> row.standing(protocols))
                .toList();
    }

    /**
     * Why the queue is closed to somebody who may touch the campaign: {@code not_qualified}, with the step that comes next.
     * Nothing where it is open.
     */
    public Optional<Problem> refusal(SignedIn who, UUID campaign) {
        var standing = read(who, campaign);
        if (!standing.barred()) {
            return Optional.empty();
        }
        return Optional.of(Problem.forbidden(
                        "not_qualified",
                        standing.step() == Step.FAILED
                                ? "You have used up your tries at the qualification set. Ask the campaign's lead for another."
                                : "Go through the guideline, the worked examples and the qualification set first.")
                .with("step", standing.step().word()));
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        return new Row(
                row.getObject("id", UUID.class),
                row.getBoolean("exempt") && !row.getBoolean("passed"),
                Columns.instant(row, "confirmed_at"),
                integers(row.getArray("examples")),
                row.getInt("questions"),
                row.getString("protocol_sha256"),
                row.getInt("granted"),
                row.getInt("finished"),
                row.getBoolean("passed"),
                underway(row.getInt("answered"), row.getInt("total")));
    }

    private static Standing.@Nullable Underway underway(int answered, int total) {
        return total == 0 ? null : new Standing.Underway(answered, total);
    }

    private record Row(
            UUID account,
            boolean exempt,
            @Nullable Instant confirmedAt,
            List<Integer> examples,
            int questions,
            String protocolSha256,
            int granted,
            int finished,
            boolean passed,
            Standing.@Nullable Underway underway) {
        Standing standing(ProtocolService protocols) {
            var rule = protocols.bySha256(protocolSha256).protocol().qualification();
            return new Standing(
                    account, exempt, confirmedAt, examples, questions, rule, granted, finished, passed, underway);
        }
    }

    private static List<Integer> integers(Array array) throws SQLException {
        return Arrays.asList((Integer[]) array.getArray());
    }
}
