package org.diptych.service.adjudication;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.diptych.protocol.Protocol;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.SignedIn;
import org.diptych.service.audit.AuditAction;
import org.diptych.service.audit.AuditLog;
import org.diptych.service.label.AnswerJson;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What annotators learn from verdicts on their own answers, and say against them. */
@Service
@Transactional
public class Lessons {
    /**
     * Verdicts on what somebody had answered before, where one of the two said something else. An answer that was corrected
     * since is no lesson any more, unless its annotator objected: the reply must reach them.
     */
    private static final String OVERRULED = """
            FROM adjudication v JOIN label l ON l.pair_id = v.pair_id AND l.protocol_sha256 = v.protocol_sha256
                AND l.kind = 'ANSWER' AND l.stratum IN ('UNIFORM', 'ACQUIRED') AND l.submitted_at < v.decided_at
                AND l.verdicts - 'overall' <> v.verdicts - 'overall'
                AND (NOT EXISTS (SELECT 1 FROM label newer WHERE newer.supersedes = l.id)
                    OR EXISTS (SELECT 1 FROM objection o WHERE o.adjudication_id = v.id AND o.label_id = l.id))
            WHERE v.campaign_id = :campaign AND l.annotator_id = :who""";

    private final JdbcClient jdbc;
    private final CampaignAccess access;
    private final AuditLog audit;

    Lessons(JdbcClient jdbc, CampaignAccess access, AuditLog audit) {
        this.jdbc = jdbc;
        this.access = access;
        this.audit = audit;
    }

    /** Where this person was overruled, the latest first; of verdicts that do not hold any more those that they objected to. */
    @Transactional(readOnly = true)
    public List<Lesson> of(SignedIn who, UUID campaign, int limit) {
        access.requireMember(who, campaign);
        return jdbc.sql("""
                        SELECT t.*, i.instruction, b.words, b.made_at, b.adjudication_id, r.accepted, r.reason AS reply,
                               s.sha256 s_sha, s.width s_w, s.height s_h, s.remade_by s_made,
                               f.sha256 f_sha, f.width f_w, f.height f_h, f.remade_by f_made,
                               g.sha256 g_sha, g.width g_w, g.height g_h, g.remade_by g_made
                        FROM (SELECT v.id, v.sequence, v.pair_id, v.answers AS decided, v.verdicts AS decided_verdicts, v.reason,
                                     v.decided_at, v.protocol_sha256, l.answers, l.verdicts, l.swapped,
                                     EXISTS (SELECT 1 FROM adjudicated h WHERE h.id = v.id) AS holds %s) t
                        JOIN pair p ON p.id = t.pair_id JOIN item i ON i.id = p.item_id
                        JOIN image s ON s.sha256 = i.source_sha256
                        JOIN candidate fc ON fc.id = p.first_candidate_id JOIN image f ON f.sha256 = fc.image_sha256
                        JOIN candidate gc ON gc.id = p.second_candidate_id JOIN image g ON g.sha256 = gc.image_sha256
                        LEFT JOIN objection b ON b.pair_id = t.pair_id AND b.annotator_id = :who
                        LEFT JOIN objection_answer r ON r.objection_id = b.id
                        WHERE t.holds OR b.adjudication_id = t.id
                        ORDER BY t.sequence DESC LIMIT :limit""".formatted(OVERRULED))
                .param("campaign", campaign)
                .param("who", who.id())
                .param("limit", limit)
                .query(Lessons::lesson)
                .list();
    }

    private static Lesson lesson(ResultSet row, int number) throws SQLException {
        boolean swapped = row.getBoolean("swapped");
        boolean holds = row.getBoolean("holds");
        var verdict = row.getObject("id", UUID.class);
        var objected = row.getObject("adjudication_id", UUID.class);
        return new Lesson(
                verdict,
                row.getString("instruction"),
                DisputedPairs.picture(row, "s"),
                DisputedPairs.picture(row, swapped ? "g" : "f"),
                DisputedPairs.picture(row, swapped ? "f" : "g"),
                AnswerJson.toScreen(row.getString("answers"), swapped),
                AnswerJson.toScreen(row.getString("decided"), swapped),
                overruled(row),
                row.getString("reason"),
                row.getTimestamp("decided_at").toInstant(),
                row.getString("protocol_sha256"),
                holds,
                verdict.equals(objected) ? objection(row) : null,
                holds && objected == null);
    }

    private static List<String> overruled(ResultSet row) throws SQLException {
        var own = AnswerJson.verdictsFromStored(row.getString("verdicts"));
        return AnswerJson.verdictsFromStored(row.getString("decided_verdicts")).entrySet().stream()
                .filter(decided -> !decided.getKey().equals(Protocol.OVERALL))
                .filter(decided -> decided.getValue() != own.get(decided.getKey()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Lesson.Objected objection(ResultSet row) throws SQLException {
        return new Lesson.Objected(
                row.getString("words"),
                row.getTimestamp("made_at").toInstant(),
                row.getObject("accepted", Boolean.class),
                row.getString("reply"));
    }

    /**
     * Objects to a verdict, once for each pair.
     *
     * @throws Problem {@code invalid_text}; {@code unknown_lesson} for a verdict that overruled somebody else;
     *     {@code objected_already}; {@code verdict_superseded}
     */
    public void object(SignedIn who, UUID campaign, UUID verdict, @Nullable String text) {
        access.requireMember(who, campaign);
        var words = Words.of(text, "words");
        if (words == null) {
            throw Problem.invalid("invalid_text", "words", "Say what is wrong with the verdict.");
        }
        var overruled = jdbc.sql("SELECT v.pair_id, l.id " + OVERRULED + " AND v.id = :verdict")
                .param("campaign", campaign)
                .param("who", who.id())
                .param("verdict", verdict)
                .query((row, number) -> new Overruled(row.getObject(1, UUID.class), row.getObject(2, UUID.class)))
                .optional()
                .orElseThrow(
                        () -> Problem.notFound("unknown_lesson", "No answer of yours was overruled by this verdict."));
        jdbc.sql("SELECT 1 FROM pair WHERE id = ? FOR NO KEY UPDATE")
                .param(overruled.pair())
                .query()
                .singleValue();
        if (!jdbc.sql("SELECT EXISTS (SELECT 1 FROM adjudicated WHERE id = ?)")
                .param(verdict)
                .query(Boolean.class)
                .single()) {
            throw Problem.conflict(
                    "verdict_superseded",
                    "This verdict does not stand any more. Load the page again: there may be a later one.");
        }
        try {
            jdbc.sql("""
                            INSERT INTO objection (adjudication_id, label_id, campaign_id, pair_id, annotator_id, words)
                            VALUES (?, ?, ?, ?, ?, ?)""")
                    .params(verdict, overruled.label(), campaign, overruled.pair(), who.id(), words)
                    .update();
        } catch (DuplicateKeyException again) {
            throw Problem.conflict(
                    "objected_already",
                    "You have objected on this pair already. A lead answers it; there is no second.");
        }
        audit.write(
                AuditAction.OBJECTION_MADE,
                who.id(),
                campaign,
                overruled.pair().toString(),
                null,
                Map.of("words", words));
    }

    private record Overruled(UUID pair, UUID label) {}
}
