package org.diptych.service.label;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.diptych.service.account.SignedIn;
import org.diptych.service.assignment.AssignmentService;
import org.diptych.service.assignment.AssignmentView;
import org.diptych.service.assignment.Lease;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedRuntimeException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes a label and hands out the next pairs in one transaction: the database writes to its disk once for both. Where the
 * claim fails the label is taken alone, so that it never costs a label; and so it is where its annotator does not hold the
 * pair any more.
 */
@Component
class LabelAndNext {
    private final LabelService labels;
    private final AssignmentService assignments;
    private final TransactionTemplate together;

    LabelAndNext(LabelService labels, AssignmentService assignments, PlatformTransactionManager transactions) {
        this.labels = labels;
        this.assignments = assignments;
        this.together = new TransactionTemplate(transactions);
    }

    /**
     * Takes the label.
     *
     * @param count how many pairs the annotator is to hold afterwards
     * @throws Problem as {@link LabelService#submit} does
     */
    Taken submit(SignedIn who, Submission submission, int count) {
        // what waits for a slot that nobody holds, or for one that is filled, is out of order: it does so alone
        if (submission.supersedes() != null) {
            return alone(who, submission, count);
        }
        return both(who, submission, count).orElseGet(() -> alone(who, submission, count));
    }

    private Optional<Taken> both(SignedIn who, Submission submission, int count) {
        try {
            return Objects.requireNonNull(together.execute(transaction -> both(who, submission, count, transaction)));
        } catch (CannotCreateTransactionException nothingTried) {
            throw nothingTried;
        } catch (NestedRuntimeException notBoth) {
            // nothing of either was kept; if it was, and only its answer is lost, the label is a duplicate
            return Optional.empty();
        }
    }

    /** Both, or nothing: then nothing is kept. A label that is refused is refused for good. */
    private Optional<Taken> both(SignedIn who, Submission submission, int count, TransactionStatus transaction) {
        var lease = assignments.lockHeld(who, submission.assignment());
        if (lease.state() == Lease.State.LEASED) {
            var label = labels.submit(who, submission, lease);
            var next = next(who, label.campaign(), count);
            if (next != null) {
                return Optional.of(new Taken(label, next));
            }
        }
        transaction.setRollbackOnly();
        return Optional.empty();
    }

    private Taken alone(SignedIn who, Submission submission, int count) {
        var label = labels.submit(who, submission);
        return new Taken(label, next(who, label.campaign(), count));
    }

    private @Nullable List<AssignmentView> next(SignedIn who, UUID campaign, int count) {
        try {
            return assignments.claim(who, campaign, count).assignments();
        } catch (RuntimeException notNow) {
            // their browser asks for pairs by itself then, and is told why there are none
            return null;
        }
    }

    /**
     * What was taken.
     *
     * @param next what the annotator holds now; null where nothing could be handed out
     */
    record Taken(LabelService.Accepted label, @Nullable List<AssignmentView> next) {}
}
