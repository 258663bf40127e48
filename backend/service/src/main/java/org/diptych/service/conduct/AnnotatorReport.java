package org.diptych.service.conduct;

import java.time.Instant;
import java.util.List;
import org.diptych.service.quality.AnnotatorStanding;
import org.jspecify.annotations.Nullable;

/**
 * Everything about one annotator of a campaign, as leads see it; of themselves, annotators see the same without the names of
 * others.
 *
 * @param account who
 * @param qualification how they came into the queue
 * @param figures how they work; null where only the rest was asked for
 * @param notices warnings and pauses, latest first
 * @param exclusion since when their labels are in no dataset; null while they are
 * @param retraining when they were sent to the qualification set again last; null for never
 * @param member whether they label in the campaign at present
 * @param mayRetrain whether sending them to the qualification set again would change anything
 */
public record AnnotatorReport(
        AnnotatorStanding.Account account,
        AnnotatorStanding.Qualification qualification,
        @Nullable WorkFigures figures,
        List<Notice> notices,
        @Nullable Exclusion exclusion,
        @Nullable Retraining retraining,
        boolean member,
        boolean mayRetrain) {
    public AnnotatorReport {
        notices = List.copyOf(notices);
    }

    /**
     * Somebody was sent to the qualification set again.
     *
     * @param by the lead; null for the annotator
     */
    public record Retraining(
            Instant at, String reason, @Nullable String by) {
        Retraining nameless() {
            return new Retraining(at, reason, null);
        }
    }

    /** What was asked of them and is not passed yet, or null. */
    public @Nullable Retraining asked() {
        return qualification.passed() ? null : retraining;
    }

    /** The pause that lasts, or null. */
    public @Nullable Notice pause() {
        return notices.stream().filter(Notice::holds).findFirst().orElse(null);
    }
}
