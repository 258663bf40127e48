package org.diptych.label;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.diptych.account.SignedIn;
import org.diptych.assignment.AssignmentService;
import org.diptych.assignment.Lease;
import org.diptych.problem.Problem;
import org.diptych.protocol.Answer;
import org.diptych.protocol.Protocol;
import org.diptych.protocol.ProtocolService;
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
     * @throws Problem {@code lease_lost} when the slot went to the queue meanwhile, {@code invalid_answer} when the
     *     answer does not fit the protocol
     */
    public Accepted submit(SignedIn who, Submission submission) {
        // the lock comes first, so that of two equal submits at once the second finds the first one's label
        var lease = assignments.lock(who, submission.assignment());
        if (isDuplicate(who, submission)) {
            return new Accepted(submission.id(), Status.DUPLICATE, lease.campaign(), lease.gold());
        }
        checkSizes(submission);
        var protocol = protocols.bySha256(lease.protocolSha256()).protocol();
        var former = submission.supersedes() == null ? null : former(lease, submission.supersedes());
        // a correction of a skip needs the slot back first, exactly as a late answer does
        var corrected = former != null && !former.skipped() ? former : null;
        if (corrected == null) {
            assignments.requireHeld(lease, submission.token());
        } else if (lease.fencingToken() != submission.token()) {
            throw Problem.conflict("lease_lost", "This answer belongs to another lease of the pair.");
        }
        boolean fillsSlot =
                !lease.gold() && (corrected != null ? corrected.slot() != null : lease.state() == Lease.State.LEASED);

        var answers = submission.answers();
        var skip = submission.skip();
        if ((answers == null) == (skip == null)) {
            throw Problem.invalid("invalid_answer", "answers", "Send either answers or a skip.");
        }
        if (answers != null) {
            var stored = AnswerJson.fromScreen(answers, lease.swapped());
            insert(who, lease, submission, protocol, stored, null, fillsSlot);
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
        var status = answers == null || fillsSlot || lease.gold() ? Status.ACCEPTED : Status.EXTRA;
        return new Accepted(submission.id(), status, lease.campaign(), lease.gold());
    }

    private boolean isDuplicate(SignedIn who, Submission submission) {
        var annotator = jdbc.sql("SELECT annotator_id FROM label WHERE id = ?")
                .param(submission.id())
                .query(UUID.class)
                .optional();
        if (annotator.isPresent() && !annotator.get().equals(who.id())) {
            throw Problem.conflict("id_taken", "This label id is taken. Make a new random UUID.");
        }
        return annotator.isPresent();
    }

    private static void checkSizes(Submission submission) {
        if (submission.activeMilliseconds() < 0) {
            throw Problem.invalid("invalid_answer", "activeMilliseconds", "Time cannot be negative.");
        }
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

    private void insert(
            SignedIn who,
            Lease lease,
            Submission submission,
            Protocol protocol,
            @Nullable Map<String, Answer> answers,
            @Nullable String skipReason,
            boolean fillsSlot) {
        var attention = submission.attention();
        jdbc.sql("""
                        INSERT INTO label (id, campaign_id, pair_id, annotator_id, assignment_id, slot, kind, protocol_sha256,
                            answers, verdicts, skip_reason, comment, flagged, swapped, stratum, selection_probability,
                            acquisition_batch_id, fencing_token, active_milliseconds, first_answer_milliseconds, attention,
                            supersedes)
                        SELECT :id, :campaign, p.id, :annotator, :assignment, :slot, :kind, :protocol, :answers::jsonb,
                            :verdicts::jsonb, :skipReason, :comment, :flagged, :swapped,
                            -- a pair may have come to be gold after it was labelled in its own stratum
                            CASE WHEN :gold THEN 'GOLD' ELSE p.stratum END,
                            coalesce(s.selection_probability, p.selection_probability),
                            coalesce(s.acquisition_batch_id, p.acquisition_batch_id), :token, :active, :firstAnswer,
                            :attention::jsonb, :supersedes
                        FROM pair p LEFT JOIN slot s ON s.pair_id = p.id AND s.ordinal = :leased WHERE p.id = :pair""")
                .param("id", submission.id())
                .param("campaign", lease.campaign())
                .param("pair", lease.pair())
                .param("annotator", who.id())
                .param("assignment", lease.id())
                .param("slot", fillsSlot ? lease.slot() : null)
                .param("leased", lease.slot())
                .param("kind", answers == null ? "SKIP" : "ANSWER")
                .param("protocol", protocol.sha256())
                .param("answers", answers == null ? null : AnswerJson.toStored(answers))
                .param("verdicts", answers == null ? null : AnswerJson.verdictsToStored(protocol.verdicts(answers)))
                .param("skipReason", skipReason)
                .param("comment", submission.comment())
                .param("flagged", Boolean.TRUE.equals(submission.flagged()))
                .param("swapped", lease.swapped())
                .param("gold", lease.gold())
                .param("token", lease.fencingToken())
                .param("active", submission.activeMilliseconds())
                .param("firstAnswer", submission.firstAnswerMilliseconds())
                .param("attention", attention == null ? "{}" : attention.toString())
                .param("supersedes", submission.supersedes())
                .update();
    }

    private record Former(
            UUID id, boolean skipped, @Nullable Short slot) {}

    /** What became of a submission. */
    public enum Status {
        /** It counts. */
        ACCEPTED,
        /** It was here before; nothing changed. */
        DUPLICATE,
        /** It is kept beside the pair's labels, which were complete. */
        EXTRA
    }

    /**
     * The acknowledgement of a submission.
     *
     * @param id the label
     * @param status what became of it
     * @param campaign the campaign it belongs to
     * @param gold whether the answer was known
     */
    public record Accepted(UUID id, Status status, UUID campaign, boolean gold) {}
}
