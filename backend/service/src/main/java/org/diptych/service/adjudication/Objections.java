package org.diptych.service.adjudication;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.SignedIn;
import org.diptych.service.audit.AuditAction;
import org.diptych.service.audit.AuditLog;
import org.diptych.service.label.AnswerJson;
import org.diptych.service.problem.Problem;
import org.diptych.service.quality.KnownAnswers;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What annotators said against verdicts, and what leads answered. */
@Service
@Transactional
public class Objections {
    /** More than this are not counted. */
    public static final int MOST_COUNTED = 100;

    private static final String OPEN =
            "o.campaign_id = :campaign AND NOT EXISTS (SELECT 1 FROM objection_answer r WHERE r.objection_id = o.id)";

    private final JdbcClient jdbc;
    private final CampaignAccess access;
    private final KnownAnswers known;
    private final AuditLog audit;

    Objections(JdbcClient jdbc, CampaignAccess access, KnownAnswers known, AuditLog audit) {
        this.jdbc = jdbc;
        this.access = access;
        this.known = known;
        this.audit = audit;
    }

    /** Those that wait for an answer, the oldest first. */
    @Transactional(readOnly = true)
    public List<Objection> waiting(SignedIn lead, UUID campaign, int limit) {
        access.requireLead(lead, campaign);
        return jdbc.sql("""
                        SELECT o.id, o.pair_id, o.words, o.made_at, i.instruction, v.answers AS decided, v.reason,
                               v.protocol_sha256, l.answers AS own, EXISTS (SELECT 1 FROM adjudicated h WHERE h.id = v.id) AS holds,
                               s.sha256 s_sha, s.width s_w, s.height s_h, s.remade_by s_made,
                               f.sha256 f_sha, f.width f_w, f.height f_h, f.remade_by f_made,
                               g.sha256 g_sha, g.width g_w, g.height g_h, g.remade_by g_made
                        FROM objection o JOIN adjudication v ON v.id = o.adjudication_id JOIN label l ON l.id = o.label_id
                        JOIN pair p ON p.id = o.pair_id JOIN item i ON i.id = p.item_id
                        JOIN image s ON s.sha256 = i.source_sha256
                        JOIN candidate fc ON fc.id = p.first_candidate_id JOIN image f ON f.sha256 = fc.image_sha256
                        JOIN candidate gc ON gc.id = p.second_candidate_id JOIN image g ON g.sha256 = gc.image_sha256
                        WHERE %s ORDER BY o.id LIMIT :limit""".formatted(OPEN))
                .param("campaign", campaign)
                .param("limit", limit)
                .query((row, number) -> new Objection(
                        row.getObject("id", UUID.class),
                        row.getObject("pair_id", UUID.class),
                        row.getString("instruction"),
                        DisputedPairs.picture(row, "s"),
                        DisputedPairs.picture(row, "f"),
                        DisputedPairs.picture(row, "g"),
                        AnswerJson.toScreen(row.getString("decided"), false),
                        AnswerJson.toScreen(row.getString("own"), false),
                        row.getString("reason"),
                        row.getString("words"),
                        row.getTimestamp("made_at").toInstant(),
                        row.getString("protocol_sha256"),
                        row.getBoolean("holds")))
                .list();
    }

    /** How many wait; {@link #MOST_COUNTED} stands for that many or more. */
    @Transactional(readOnly = true)
    public int open(SignedIn lead, UUID campaign) {
        access.requireLead(lead, campaign);
        return jdbc.sql("SELECT count(*) FROM (SELECT 1 FROM objection o WHERE " + OPEN + " LIMIT :most) counted")
                .param("campaign", campaign)
                .param("most", MOST_COUNTED)
                .query(Integer.class)
                .single();
    }

    /**
     * Answers an objection. Accepted, the verdict does not stand any more, what was known of the pair by it is withdrawn, and
     * the pair waits for another verdict.
     *
     * @param reason must be there for a rejection
     * @throws Problem {@code unknown_objection}; {@code own_objection}; {@code reason_required}; {@code invalid_text}; {@code changed_meanwhile} when
     *     another lead was faster
     */
    public void answer(SignedIn lead, UUID campaign, UUID objection, boolean accepted, @Nullable String reason) {
        access.requireLead(lead, campaign);
        var words = Words.of(reason, "reason");
        if (!accepted && words == null) {
            throw Problem.invalid("reason_required", "reason", "Say why the verdict stands: the annotator reads it.");
        }
        var verdict = jdbc.sql("""
                        SELECT o.pair_id, v.known_answer_id, o.annotator_id FROM objection o JOIN adjudication v ON v.id = o.adjudication_id
                        JOIN pair p ON p.id = o.pair_id WHERE o.id = ? AND o.campaign_id = ? FOR NO KEY UPDATE OF p""")
                .params(objection, campaign)
                .query((row, number) -> new Verdict(
                        row.getObject(1, UUID.class), row.getObject(2, UUID.class), row.getObject(3, UUID.class)))
                .optional()
                .orElseThrow(() -> Problem.notFound("unknown_objection", "The campaign has no such objection."));
        if (verdict.annotator().equals(lead.id())) {
            throw Problem.forbidden(
                    "own_objection", "This objection is yours. Another lead or an administrator answers it.");
        }
        int written = jdbc.sql("""
                        INSERT INTO objection_answer (objection_id, campaign_id, accepted, reason, answered_by)
                        VALUES (?, ?, ?, ?, ?) ON CONFLICT (objection_id) DO NOTHING""")
                .params(objection, campaign, accepted)
                .param(words)
                .param(lead.id())
                .update();
        if (written == 0) {
            throw Problem.conflict(
                    "changed_meanwhile",
                    "Another lead has answered this objection meanwhile. Nothing was written. Load the page again.");
        }
        if (accepted && verdict.known() != null) {
            known.withdrawByVerdict(lead, campaign, verdict.pair(), verdict.known());
        }
        audit.write(
                accepted ? AuditAction.OBJECTION_ACCEPTED : AuditAction.OBJECTION_REJECTED,
                lead.id(),
                campaign,
                verdict.pair().toString(),
                null,
                words == null ? null : Map.of("reason", words));
    }

    private record Verdict(UUID pair, @Nullable UUID known, UUID annotator) {}
}
