package org.diptych.service.label;

import java.time.Duration;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;

/** Times that a browser says somebody spent on a pair: whole milliseconds, at most a day. */
public final class ActiveTime {
    /** A day. */
    public static final long LONGEST = Duration.ofDays(1).toMillis();

    private ActiveTime() {}

    /**
     * Requires a time that somebody can have spent.
     *
     * @param field its name in the request
     * @param milliseconds null where it was left out
     * @throws Problem {@code invalid_answer}
     */
    public static void require(String field, @Nullable Long milliseconds) {
        if (milliseconds != null && (milliseconds < 0 || milliseconds > LONGEST)) {
            throw Problem.invalid(
                    "invalid_answer",
                    field,
                    field + " must be a whole number of milliseconds from 0 to " + LONGEST + " (a day).");
        }
    }
}
