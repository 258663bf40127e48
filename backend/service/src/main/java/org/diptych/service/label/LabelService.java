package org.diptych.service.label;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.diptych.protocol.Answer;
import org.diptych.protocol.Protocol;
import org.diptych.service.account.SignedIn;
import org.diptych.service.assignment.AssignmentService;
import org.diptych.service.assignment.Fate;
import org.diptych.service.assignment.Lease;
import org.diptych.service.audit.Unaudited;
import org.diptych.service.problem.Problem;
import org.diptych.service.protocol.ProtocolService;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Accepts labels. A label is acknowledged only after its transaction has committed; submitting the same id again is
 * answered the same way and changes nothing; nothing is ever updated or deleted.
 */
@Service
@Transactional
@Unaudited("annotators' own work")
public class LabelService {
    private static final int LONGEST_COMMENT = 4_000;
    private static final int LARGEST_ATTENTION = 16_384;

    private final AssignmentService assignments;
    private final ProtocolService protocols;
    private final LabelTable table;

    LabelService(AssignmentService assignments, ProtocolService protocols, LabelTable table) {
        this.assignments = assignments;
        this.protocols = protocols;
        this.table = table;
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
        return submit(who, submission, assignments.lock(who, submission.assignment()));
    }

    /** Accepts a submission under a lease that is locked. */
    Accepted submit(SignedIn who, Submission submission, Lease lease) {
        // before anything is taken up for it; what holds its slot finds out when it is written
        boolean holds = lease.state() == Lease.State.LEASED && submission.supersedes() == null;
        if (!holds && isDuplicate(submission)) {
            return accepted(lease, submission, Status.DUPLICATE);
        }
        var fate = fate(lease, submission);
        if (fate instanceof Fate.Refused(Problem why)) {
            if (holds && isDuplicate(submission)) {
                return accepted(lease, submission, Status.DUPLICATE);
            }
            throw why;
        }
        var protocol = protocols.bySha256(lease.protocolSha256()).protocol();
        var answers = checked(submission, lease, protocol);
        if (!table.add(who, lease, submission, protocol, answers, fate.filledSlot())) {
            if (isDuplicate(submission)) {
                return accepted(lease, submission, Status.DUPLICATE);
            }
            throw idTaken();
        }
        assignments.settle(lease, fate, submission.id());
        return accepted(lease, submission, status(lease, fate));
    }

    /** What somebody has submitted in a campaign of theirs, latest first. */
    @Transactional(readOnly = true)
    List<OwnLabel> own(SignedIn who, UUID campaign, int limit) {
        return table.own(who.id(), campaign, limit);
    }

    private Fate fate(Lease lease, Submission submission) {
        var former = submission.supersedes() == null ? null : former(lease, submission.supersedes());
        var corrected = former == null || former.skipped() ? null : former.answered();
        return assignments.fate(lease, submission.token(), corrected, submission.skip() != null);
    }

    private LabelTable.Current former(Lease lease, UUID id) {
        return table.current(id, lease)
                .orElseThrow(() -> Problem.conflict(
                        "not_current",
                        "The answer you correct is not your latest one for this pair. Reload and correct that."));
    }

    private static Status status(Lease lease, Fate fate) {
        return switch (fate) {
            case Fate.Extra _ -> Status.EXTRA;
            case Fate.Corrects corrects -> corrects.slot() == null && !lease.gold() ? Status.EXTRA : Status.ACCEPTED;
            case Fate.Fills _, Fate.Checks _, Fate.Skips _, Fate.TakesUp _, Fate.Refused _ -> Status.ACCEPTED;
        };
    }

    private static Accepted accepted(Lease lease, Submission submission, Status status) {
        return new Accepted(submission.id(), status, lease.campaign(), lease.gold() && lease.tellsGold());
    }

    private boolean isDuplicate(Submission submission) {
        var assignment = table.assignment(submission.id());
        if (assignment.isPresent() && !assignment.get().equals(submission.assignment())) {
            throw idTaken();
        }
        return assignment.isPresent();
    }

    /** What was answered, in stored order; null for a skip. */
    private static @Nullable Map<String, Answer> checked(Submission submission, Lease lease, Protocol protocol) {
        checkSizes(submission);
        var answers = submission.answers();
        var skip = submission.skip();
        if ((answers == null) == (skip == null)) {
            throw Problem.invalid("invalid_answer", "answers", "Send either answers or a skip.");
        }
        if (skip != null
                && protocol.skipReasons().stream()
                        .noneMatch(reason -> reason.id().equals(skip.reason()))) {
            throw Problem.invalid(
                    "invalid_answer",
                    "skip.reason",
                    "Protocol " + protocol.reference() + " has no skip reason " + skip.reason() + ".");
        }
        return answers == null ? null : AnswerJson.fromScreen(answers, lease.swapped());
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
