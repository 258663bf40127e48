package org.diptych.service.history;

import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which entries are asked for; what is null is not asked.
 *
 * @param person name of the account that acted, or that was acted upon
 * @param action code of the action
 * @param campaign the campaign concerned; whoever is no administrator must name one
 * @param from first day, as the reader's days go
 * @param to last day
 */
public record AuditFilter(
        @Nullable String person,
        @Nullable String action,
        @Nullable UUID campaign,
        @Nullable LocalDate from,
        @Nullable LocalDate to) {
    private static final int LAST_YEAR = 9999;

    public AuditFilter {
        from = known(from);
        to = known(to);
    }

    /** Days beyond a calendar's are none that the database knows; every entry is between them. */
    private static @Nullable LocalDate known(@Nullable LocalDate day) {
        return day == null || day.getYear() < 1 || day.getYear() > LAST_YEAR ? null : day;
    }

    /** All entries. */
    public static final AuditFilter ALL = new AuditFilter(null, null, null, null, null);
}
