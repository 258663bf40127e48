package org.diptych.service.conduct;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An annotator whose labels are in no dataset from a day on.
 *
 * @param from the first day, which begins at midnight UTC
 * @param by the lead; null for the annotator
 */
public record Exclusion(
        UUID annotator,
        String name,
        LocalDate from,
        String reason,
        Instant at,
        @Nullable String by) {
    Exclusion nameless() {
        return new Exclusion(annotator, name, from, reason, at, null);
    }
}
