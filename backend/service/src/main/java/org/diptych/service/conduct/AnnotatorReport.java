package org.diptych.service.conduct;

import java.util.List;
import org.diptych.service.quality.AnnotatorStanding;
import org.jspecify.annotations.Nullable;

/**
 * Everything about one annotator of a campaign, as leads see it; of themselves, annotators see the same without the names of
 * others.
 *
 * @param account who
 * @param qualification how they came into the queue
 * @param figures how they work
 * @param notices warnings and pauses, latest first
 * @param exclusion since when their labels are in no dataset; null while they are
 * @param mayRetrain whether sending them to the qualification set again would change anything
 */
public record AnnotatorReport(
        AnnotatorStanding.Account account,
        AnnotatorStanding.Qualification qualification,
        WorkFigures figures,
        List<Notice> notices,
        @Nullable Exclusion exclusion,
        boolean mayRetrain) {
    public AnnotatorReport {
        notices = List.copyOf(notices);
    }

    /** The pause that lasts, or null. */
    public @Nullable Notice pause() {
        return notices.stream().filter(Notice::holds).findFirst().orElse(null);
    }
}
