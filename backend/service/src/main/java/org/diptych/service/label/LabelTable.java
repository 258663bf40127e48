package org.diptych.service.label;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.diptych.protocol.Answer;
import org.diptych.protocol.Protocol;
import org.diptych.service.account.SignedIn;
import org.diptych.service.assignment.Lease;
import org.diptych.service.database.Columns;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of labels, to which rows are only added. */
@Repository
class LabelTable {
    private final JdbcClient jdbc;

    LabelTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The assignment that a label belongs to. */
    Optional<UUID> assignment(UUID label) {
        return jdbc.sql("SELECT assignment_id FROM label WHERE id = ?")
                .param(label)
                .query(UUID.class)
                .optional();
    }

    /** A label of the lease that nothing supersedes. */
    Optional<Current> current(UUID label, Lease lease) {
        return jdbc.sql("""
                        SELECT id, kind = 'SKIP' AS skipped, slot FROM label l WHERE id = ? AND assignment_id = ?
                        AND NOT EXISTS (SELECT 1 FROM label newer WHERE newer.supersedes = l.id)""")
                .params(label, lease.id())
                .query((row, number) -> new Current(
                        row.getBoolean("skipped"),
                        new Lease.Answered(row.getObject("id", UUID.class), Columns.small(row, "slot"))))
                .optional();
    }

    /**
     * A label that holds.
     *
     * @param skipped whether it is a skip, which fills no slot
     */
    record Current(boolean skipped, Lease.Answered answered) {}

    /**
     * Adds a label. Where it comes from, that is how its pair came into the queue, is said by its lease.
     *
     * @param answers in stored order; null for a skip
     * @param slot the slot that it fills, or null
     * @return whether it was added: false when there is a label of that id
     */
    boolean add(
            SignedIn who,
            Lease lease,
            Submission submission,
            Protocol protocol,
            @Nullable Map<String, Answer> answers,
            @Nullable Short slot) {
        var attention = submission.attention();
        var skip = submission.skip();
        return jdbc.sql("""
                        INSERT INTO label (id, campaign_id, pair_id, annotator_id, assignment_id, slot, kind, protocol_sha256,
                            answers, verdicts, skip_reason, comment, flagged, swapped, stratum, selection_probability,
                            acquisition_batch_id, fencing_token, active_milliseconds, first_answer_milliseconds, attention,
                            supersedes)
                        SELECT :id, a.campaign_id, a.pair_id, :annotator, a.id, :slot, :kind, :protocol, :answers::jsonb,
                            :verdicts::jsonb, :skipReason, :comment, :flagged, a.swapped, a.stratum, a.selection_probability,
                            a.acquisition_batch_id, a.fencing_token, :active, :firstAnswer, :attention::jsonb, :supersedes
                        FROM assignment a WHERE a.id = :assignment ON CONFLICT (id) DO NOTHING""")
                        .param("id", submission.id())
                        .param("annotator", who.id())
                        .param("assignment", lease.id())
                        .param("slot", slot)
                        .param("kind", answers == null ? "SKIP" : "ANSWER")
                        .param("protocol", protocol.sha256())
                        .param("answers", answers == null ? null : AnswerJson.toStored(answers))
                        .param(
                                "verdicts",
                                answers == null ? null : AnswerJson.verdictsToStored(protocol.verdicts(answers)))
                        .param("skipReason", skip == null ? null : skip.reason())
                        .param("comment", submission.comment())
                        .param("flagged", Boolean.TRUE.equals(submission.flagged()))
                        .param("active", submission.activeMilliseconds())
                        .param("firstAnswer", submission.firstAnswerMilliseconds())
                        .param("attention", attention == null ? "{}" : attention.toString())
                        .param("supersedes", submission.supersedes())
                        .update()
                == 1;
    }

    /** What somebody has submitted in a campaign, latest first. */
    List<OwnLabel> own(UUID annotator, UUID campaign, int limit) {
        return jdbc.sql("""
                        SELECT id, assignment_id, answers, skip_reason, comment, flagged, swapped, submitted_at,
                               EXISTS (SELECT 1 FROM label newer WHERE newer.supersedes = l.id) AS superseded
                        FROM label l WHERE annotator_id = ? AND campaign_id = ? ORDER BY sequence DESC LIMIT ?""")
                .params(annotator, campaign, limit)
                .query((row, number) -> {
                    var answers = row.getString("answers");
                    return new OwnLabel(
                            row.getObject("id", UUID.class),
                            row.getObject("assignment_id", UUID.class),
                            answers == null ? null : AnswerJson.toScreen(answers, row.getBoolean("swapped")),
                            row.getString("skip_reason"),
                            row.getString("comment"),
                            row.getBoolean("flagged"),
                            row.getTimestamp("submitted_at").toInstant(),
                            row.getBoolean("superseded"));
                })
                .list();
    }
}
