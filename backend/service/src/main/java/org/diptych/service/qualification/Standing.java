package org.diptych.service.qualification;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.diptych.protocol.Qualification;
import org.jspecify.annotations.Nullable;

/**
 * How an annotator stands in a campaign.
 *
 * @param account the annotator
 * @param exempt whether they need not go through it and have not passed: leads and administrators, simulated accounts, and everybody who has
 *     labelled in the campaign already
 * @param confirmedAt when they confirmed the guideline first
 * @param answeredExamples which worked examples of the campaign's protocol they have answered, from 0
 * @param questions size of the qualification set; 0: the campaign has none
 * @param rule what the protocol asks for
 * @param granted tries beyond the protocol's
 * @param finishedAttempts how often they went through the set
 * @param passed whether they passed
 * @param underway how far they are in the attempt that they have begun and not finished
 */
public record Standing(
        UUID account,
        boolean exempt,
        @Nullable Instant confirmedAt,
        List<Integer> answeredExamples,
        int questions,
        Qualification rule,
        int granted,
        int finishedAttempts,
        boolean passed,
        @Nullable Underway underway) {
    /**
     * An attempt that is not finished.
     *
     * @param answered questions answered
     * @param total questions in all
     */
    public record Underway(int answered, int total) {}

    public Standing {
        answeredExamples = List.copyOf(answeredExamples);
    }

    /** What comes next. A campaign without a qualification set ends after the examples. */
    public Step step() {
        if (exempt || passed) {
            return Step.QUALIFIED;
        }
        if (confirmedAt == null) {
            return Step.GUIDELINE;
        }
        if (answeredExamples.size() < rule.examples()) {
            return Step.EXAMPLES;
        }
        if (questions == 0) {
            return Step.QUALIFIED;
        }
        return triesLeft() > 0 ? Step.TEST : Step.FAILED;
    }

    /** Tries in all. */
    public int tries() {
        return rule.tries() + granted;
    }

    /** Tries that are left. */
    public int triesLeft() {
        return Math.max(0, tries() - finishedAttempts);
    }

    /** Whether the queue is closed to them until they qualify; without a qualification set it never is. */
    public boolean barred() {
        return questions > 0 && step() != Step.QUALIFIED;
    }
}
