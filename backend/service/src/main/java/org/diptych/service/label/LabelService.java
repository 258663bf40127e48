package org.diptych.service.label;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.diptych.protocol.Answer;
import org.diptych.protocol.Protocol;
import org.diptych.service.account.SignedIn;
import org.diptych.service.assignment.AssignmentService;
import org.diptych.service.assignment.Lease;
import org.diptych.service.problem.Problem;
import org.diptych.service.protocol.ProtocolService;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Accepts labels. A label is acknowledged only after its transaction has committed; submitting the same id again is
 * answered the same way and changes nothing; nothing is ever updated or deleted.
 */
@Service
@Transactional
public class LabelService {
    private static final int LONGEST_COMMENT = 4_000;
    private static final int LARGEST_ATTENTION = 16_384;

    private final AssignmentService assignments;
    private final ProtocolService protocols;
    private final JdbcClient jdbc;

    LabelService(AssignmentService assignments, ProtocolService protocols, JdbcClient jdbc) {
        this.assignments = assignments;
        this.protocols = protocols;
        this.jdbc = jdbc;
    }

    /**
     * Accepts a submission.
     *
     * @return what became of it, and the campaign it belongs to
     * @throws Problem {@code not_a_member}; {@code id_taken} when the id is of a label of another assignment;
     *     {@code lease_lost} when the slot went to somebody else meanwhile; {@code campaign_closed};
     *     {@code invalid_answer} when the answer does not fit the protocol
     */
    public Accepted submit(SignedIn who, Submission submission) {
        // the lock comes first, so that of two equal submits at once the second finds the first one's label
        var lease = assignments.lock(who, submission.assignment());
        if (isDuplicate(submission)) {
            return new Accepted(submission.id(), Status.DUPLICATE, lease.campaign(), lease.gold() && lease.tellsGold());
        }
        checkSizes(submission);
        var answers = submission.answers();
        var skip = submission.skip();
        if ((answers == null) == (skip == null)) {
            throw Problem.invalid("invalid_answer", "answers", "Send either answers or a skip.");
        }
        var former = submission.supersedes() == null ? null : former(lease, submission.supersedes());
        // a correction of a skip needs the slot back first, exactly as a late answer does
        var corrected = former != null && !former.skipped() ? former : null;
        boolean counts;
        if (corrected == null) {
            lease = assignments.held(lease, submission.token());
            counts = lease.state() == Lease.State.LEASED;
        } else {
            assignments.requireCorrectable(lease, submission.token());
            counts = lease.gold() || corrected.slot() != null;
        }
        var protocol = protocols.bySha256(lease.protocolSha256()).protocol();
        if (answers != null) {
            var stored = AnswerJson.fromScreen(answers, lease.swapped());
            insert(who, lease, submission, protocol, stored, null, counts && !lease.gold());
            if (corrected != null) {
                assignments.refill(lease, corrected.id(), submission.id());
            } else {
                assignments.fill(lease, submission.id());
            }
        } else if (skip != null) {
            if (protocol.skipReasons().stream().noneMatch(reason -> reason.id().equals(skip.reason()))) {
                throw Problem.invalid(
                        "invalid_answer",
                        "skip.reason",
                        "Protocol " + protocol.reference() + " has no skip reason " + skip.reason() + ".");
            }
            insert(who, lease, submission, protocol, null, skip.reason(), false);
            assignments.release(lease);
        }
        return new Accepted(
                submission.id(),
                answers == null || counts ? Status.ACCEPTED : Status.EXTRA,
                lease.campaign(),
                lease.gold() && lease.tellsGold());
    }

    private boolean isDuplicate(Submission submission) {
        var assignment = jdbc.sql("SELECT assignment_id FROM label WHERE id = ?")
                .param(submission.id())
                .query(UUID.class)
                .optional();
        if (assignment.isPresent() && !assignment.get().equals(submission.assignment())) {
            throw idTaken();
        }
        return assignment.isPresent();
    }

    private static Problem idTaken() {
        return Problem.conflict("id_taken", "This label id is taken. Make a new random UUID.");
    }

    private static void checkSizes(Submission submission) {
        ActiveTime.require("activeMilliseconds", submission.activeMilliseconds());
        // a first answer after the end is kept as it came: a browser's clock is no reason to lose a judgement
        ActiveTime.require("firstAnswerMilliseconds", submission.firstAnswerMilliseconds());
        var comment = submission.comment();
        if (comment != null && comment.length() > LONGEST_COMMENT) {
            throw Problem.invalid(
                    "invalid_answer", "comment", "A comment has at most " + LONGEST_COMMENT + " characters.");
        }
        var attention = submission.attention();
        if (attention != null && (!attention.isObject() || attention.toString().length() > LARGEST_ATTENTION)) {
            throw Problem.invalid("invalid_answer", "attention", "Attention is a small JSON object.");
        }
    }

    private Former former(Lease lease, UUID id) {
        Optional<Former> former = jdbc.sql("""
                        SELECT id, kind = 'SKIP' AS skipped, slot FROM label l WHERE id = ? AND assignment_id = ?
                        AND NOT EXISTS (SELECT 1 FROM label newer WHERE newer.supersedes = l.id)""")
                .params(id, lease.id())
                .query((row, number) -> new Former(
                        row.getObject("id", UUID.class),
                        row.getBoolean("skipped"),
                        row.getObject("slot") == null ? null : row.getShort("slot")))
                .optional();
        return former.orElseThrow(() -> Problem.conflict(
                "not_current",
                "The answer you correct is not your latest one for this pair. Reload and correct that."));
    }

    /** Where the label comes from, that is how its pair came into the queue, is said by its lease. */
    private void insert(
            SignedIn who,
            Lease lease,
            Submission submission,
            Protocol protocol,
            @Nullable Map<String, Answer> answers,
            @Nullable String skipReason,
            boolean fillsSlot) {
        var attention = submission.attention();
        int inserted = jdbc.sql("""
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
                .param("slot", fillsSlot ? lease.slot() : null)
                .param("kind", answers == null ? "SKIP" : "ANSWER")
                .param("protocol", protocol.sha256())
                .param("answers", answers == null ? null : AnswerJson.toStored(answers))
                .param("verdicts", answers == null ? null : AnswerJson.verdictsToStored(protocol.verdicts(answers)))
                .param("skipReason", skipReason)
                .param("comment", submission.comment())
                .param("flagged", Boolean.TRUE.equals(submission.flagged()))
                .param("active", submission.activeMilliseconds())
                .param("firstAnswer", submission.firstAnswerMilliseconds())
                .param("attention", attention == null ? "{}" : attention.toString())
                .param("supersedes", submission.supersedes())
                .update();
        if (inserted == 0) {
            throw idTaken();
        }
    }

    private record Former(
            UUID id, boolean skipped, @Nullable Short slot) {}

    /** What became of a submission. */
    public enum Status {
        /** It counts. */
        ACCEPTED,
        /** It was here before; nothing changed. */
        DUPLICATE,
        /** It is kept beside the pair's labels: they were complete, or the campaign is closed. */
        EXTRA
    }

    /**
     * The acknowledgement of a submission.
     *
     * @param id the label
     * @param status what became of it
     * @param campaign the campaign it belongs to
     * @param known whether the answer was known and the annotator is to learn it
     */
    public record Accepted(UUID id, Status status, UUID campaign, boolean known) {}
}
