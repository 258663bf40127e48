package org.diptych.service.quality;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.diptych.service.qualification.Standing;
import org.diptych.service.qualification.Step;
import org.jspecify.annotations.Nullable;

/**
 * An annotator of a campaign, as its leads see them.
 *
 * @param account id, name and what to call them
 * @param qualification how they stand
 * @param attempts their attempts at the qualification set, first one first
 * @param grants tries that leads gave beyond the protocol's
 * @param gold how near their gold answers came to the known ones; null before the first
 * @param work what they have done
 */
public record AnnotatorStanding(
        Account account,
        Qualification qualification,
        List<Attempt> attempts,
        List<Grant> grants,
        @Nullable GoldAccuracy gold,
        Work work) {
    /** Who. */
    public record Account(UUID id, String name, String displayName, boolean simulated) {}

    /**
     * How an annotator stands.
     *
     * @param exempt whether they need not go through it
     * @param passed whether they passed the test; who works without is exempt, or in a campaign that has none
     * @param barred whether the queue is closed to them
     */
    public record Qualification(
            Step step,
            boolean exempt,
            boolean passed,
            boolean barred,
            @Nullable Instant guidelineConfirmedAt,
            int answeredExamples,
            int examples,
            int tries,
            int triesLeft) {
        /** How they stand, in fields. */
        public static Qualification of(Standing standing) {
            return new Qualification(
                    standing.step(),
                    standing.exempt(),
                    standing.passed(),
                    standing.barred(),
                    standing.confirmedAt(),
                    standing.answeredExamples().size(),
                    standing.rule().examples(),
                    standing.tries(),
                    standing.triesLeft());
        }
    }

    /**
     * An attempt.
     *
     * @param score 0 to 1; null while it is under way
     */
    public record Attempt(
            int number,
            Instant startedAt,
            @Nullable Instant finishedAt,
            @Nullable Double score,
            double passMark,
            @Nullable Boolean passed) {}

    /** A try that a lead gave. */
    public record Grant(String reason, String grantedBy, Instant grantedAt) {}

    /**
     * What an annotator has done in the campaign.
     *
     * @param labels pairs whose latest label by them is an answer, gold among them
     * @param today those whose first answer is of today, where the lead lives
     * @param medianSeconds median active time of a label; null before the first
     * @param lastLabelAt null before the first
     */
    public record Work(
            long labels,
            long today,
            @Nullable Double medianSeconds,
            @Nullable Instant lastLabelAt) {}
}
