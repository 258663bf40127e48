package org.diptych.service.label;

import java.util.List;
import java.util.Objects;
import org.diptych.service.account.SignedIn;
import org.diptych.service.assignment.AssignmentService;
import org.diptych.service.assignment.AssignmentView;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes a label and hands out the next pairs in one transaction: the database writes to its disk once for both. Where nothing
 * can be handed out the label is taken alone, so that a claim that fails never costs a label.
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
        try {
            return Objects.requireNonNull(together.execute(_ -> {
                var accepted = labels.submit(who, submission);
                return new Taken(
                        accepted,
                        assignments.claim(who, accepted.campaign(), count).assignments());
            }));
        } catch (RuntimeException notBoth) {
            // nothing of either was kept; if it was, and only its answer is lost, the label is a duplicate
            return new Taken(labels.submit(who, submission), null);
        }
    }

    /**
     * What was taken.
     *
     * @param next what the annotator holds now; null where nothing could be handed out
     */
    record Taken(LabelService.Accepted label, @Nullable List<AssignmentView> next) {}
}
