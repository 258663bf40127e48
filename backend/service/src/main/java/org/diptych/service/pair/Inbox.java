package org.diptych.service.pair;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.SignedIn;
import org.diptych.service.audit.AuditAction;
import org.diptych.service.audit.AuditLog;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What annotators wrote to the leads of a campaign, and what these made of it. */
@Service
@Transactional
public class Inbox {
    /** More open messages than this are not counted. */
    public static final int MOST_COUNTED = 100;

    private static final int LONGEST_ANSWER = 2_000;
    private static final String STATE =
            "coalesce(r.state, CASE WHEN t.pair_id IS NULL THEN 'OPEN' ELSE 'TAKEN_OUT' END)";

    private final JdbcClient jdbc;
    private final AuditLog audit;
    private final CampaignAccess access;

    Inbox(JdbcClient jdbc, CampaignAccess access, AuditLog audit) {
        this.audit = audit;
        this.jdbc = jdbc;
        this.access = access;
    }

    /** The latest messages that are wanted, at most {@code limit}. */
    @Transactional(readOnly = true)
    public List<Message> list(SignedIn lead, UUID campaign, Message.Filter filter, int limit) {
        access.requireLead(lead, campaign);
        var conditions = new ArrayList<>(List.of("l.campaign_id = :campaign"));
        if (filter.kind() != null) {
            conditions.add(filter.kind().condition());
        }
        if (filter.state() != null) {
            conditions.add(STATE + " = :state");
        }
        if (filter.person() != null) {
            conditions.add(Pseudonym.EXPRESSION + " = :person");
        }
        if (filter.before() != null) {
            conditions.add("l.sequence < :before");
        }
        return jdbc.sql("""
                        SELECT l.*, %s AS code, NULL AS name, NULL AS display_name, %s AS message_state, r.answer,
                               by.display_name AS replied_by, i.instruction,
                               s.sha256 s_sha, s.width s_w, s.height s_h, s.remade_by s_made,
                               f.sha256 f_sha, f.width f_w, f.height f_h, f.remade_by f_made,
                               g.sha256 g_sha, g.width g_w, g.height g_h, g.remade_by g_made
                        FROM message l
                        LEFT JOIN message_reply r ON r.label_id = l.id LEFT JOIN account by ON by.id = r.replied_by
                        LEFT JOIN pair_taken_out t ON t.pair_id = l.pair_id
                        JOIN pair p ON p.id = l.pair_id JOIN item i ON i.id = p.item_id
                        JOIN image s ON s.sha256 = i.source_sha256
                        JOIN candidate fc ON fc.id = p.first_candidate_id JOIN image f ON f.sha256 = fc.image_sha256
                        JOIN candidate gc ON gc.id = p.second_candidate_id JOIN image g ON g.sha256 = gc.image_sha256
                        WHERE %s ORDER BY l.sequence DESC LIMIT :limit""".formatted(Pseudonym.EXPRESSION, STATE, String.join(" AND ", conditions)))
                .param("campaign", campaign)
                .param("state", filter.state() == null ? null : filter.state().name())
                .param("person", filter.person())
                .param("before", filter.before())
                .param("limit", limit)
                .query((row, number) -> new Message(
                        row.getObject("id", UUID.class),
                        row.getLong("sequence"),
                        row.getObject("pair_id", UUID.class),
                        row.getString("instruction"),
                        PairQuery.picture(row, "s"),
                        PairQuery.picture(row, "f"),
                        PairQuery.picture(row, "g"),
                        PairQuery.annotator(row),
                        row.getTimestamp("submitted_at").toInstant(),
                        row.getString("comment"),
                        row.getBoolean("flagged"),
                        row.getString("skip_reason"),
                        row.getString("protocol_sha256"),
                        Message.State.valueOf(row.getString("message_state")),
                        row.getString("answer"),
                        row.getString("replied_by")))
                .list();
    }

    /** How many messages are open; {@link #MOST_COUNTED} stands for that many or more. */
    @Transactional(readOnly = true)
    public int open(SignedIn lead, UUID campaign) {
        access.requireLead(lead, campaign);
        return jdbc.sql("""
                        SELECT count(*) FROM (
                            SELECT 1 FROM message l
                            WHERE l.campaign_id = :campaign
                              AND NOT EXISTS (SELECT 1 FROM message_reply r WHERE r.label_id = l.id)
                              AND NOT EXISTS (SELECT 1 FROM pair_taken_out t WHERE t.pair_id = l.pair_id)
                            LIMIT :most) counted""")
                .param("campaign", campaign)
                .param("most", MOST_COUNTED)
                .query(Integer.class)
                .single();
    }

    /**
     * Answers a message.
     *
     * @throws Problem {@code invalid_text} for no words or too many, {@code changed_meanwhile} when another lead was faster
     */
    public void answer(SignedIn lead, UUID campaign, UUID label, String text) {
        var words = text.strip();
        if (words.isEmpty() || words.length() > LONGEST_ANSWER) {
            throw Problem.invalid(
                    "invalid_text", "answer", "An answer has 1 to " + LONGEST_ANSWER + " characters. Write one.");
        }
        reply(lead, campaign, label, Message.State.ANSWERED, words);
    }

    /**
     * Puts a message aside.
     *
     * @throws Problem {@code changed_meanwhile} when another lead was faster
     */
    public void dismiss(SignedIn lead, UUID campaign, UUID label) {
        reply(lead, campaign, label, Message.State.DISMISSED, null);
    }

    /** Makes a message open again. */
    public void reopen(SignedIn lead, UUID campaign, UUID label) {
        access.requireLead(lead, campaign);
        int reopened = jdbc.sql("DELETE FROM message_reply WHERE label_id = ? AND campaign_id = ?")
                .params(label, campaign)
                .update();
        if (reopened == 1) {
            audit.write(AuditAction.MESSAGE_REOPENED, lead.id(), campaign, label.toString(), null, null);
        }
    }

    private void reply(SignedIn lead, UUID campaign, UUID label, Message.State state, @Nullable String answer) {
        access.requireLead(lead, campaign);
        int known = jdbc.sql("SELECT count(*) FROM message WHERE id = ? AND campaign_id = ?")
                .params(label, campaign)
                .query(Integer.class)
                .single();
        if (known == 0) {
            throw Problem.notFound(
                    "unknown_message", "This message is not there any more: its annotator has answered the pair anew.");
        }
        int written = jdbc.sql("""
                        INSERT INTO message_reply (label_id, campaign_id, state, answer, replied_by)
                        VALUES (:label, :campaign, :state, :answer, :lead) ON CONFLICT (label_id) DO NOTHING""")
                .param("label", label)
                .param("campaign", campaign)
                .param("state", state.name())
                .param("answer", answer)
                .param("lead", lead.id())
                .update();
        if (written == 0) {
            throw Problem.conflict(
                    "changed_meanwhile",
                    "Another lead has answered or dismissed this message meanwhile. Nothing was written. Load the page again.");
        }
        audit.write(
                state == Message.State.ANSWERED ? AuditAction.MESSAGE_ANSWERED : AuditAction.MESSAGE_DISMISSED,
                lead.id(),
                campaign,
                label.toString(),
                null,
                answer == null ? null : Map.of("answer", answer));
    }
}
