package org.diptych.service.payment;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.diptych.service.problem.Problem;

/**
 * Whole days, from midnight to midnight.
 *
 * @param from first day
 * @param to last day
 * @param zone where they begin
 */
public record PaymentPeriod(LocalDate from, LocalDate to, ZoneId zone) {
    private static final int LONGEST = 366;
    private static final int EARLIEST_YEAR = 2000;
    private static final int LATEST_YEAR = 9999;

    /**
     * Checks the days.
     *
     * @throws Problem {@code invalid_period}
     */
    public PaymentPeriod {
        if (from.getYear() < EARLIEST_YEAR || to.getYear() > LATEST_YEAR || to.isBefore(from)) {
            throw Problem.invalid("invalid_period", "to", "A period ends on the day on which it begins, or later.");
        }
        if (from.plusDays(LONGEST).isBefore(to.plusDays(1))) {
            throw Problem.invalid("invalid_period", "to", "A period has at most " + LONGEST + " days.");
        }
    }

    /** When it begins. */
    OffsetDateTime begin() {
        return from.atStartOfDay(zone).toOffsetDateTime();
    }

    /** The moment after it. */
    OffsetDateTime end() {
        return to.plusDays(1).atStartOfDay(zone).toOffsetDateTime();
    }
}
