package org.diptych.service.delivery;

import java.time.Duration;
import java.util.Optional;

/** When something that failed is tried again: half a minute later, then four times as late each time, at most a day. */
final class Backoff {
    private static final Duration FIRST = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final int FACTOR = 4;
    private static final int MOST_ATTEMPTS = 8;

    private Backoff() {}

    /** The wait after so many attempts; nothing when they were the last. */
    static Optional<Duration> after(int attempts) {
        if (attempts >= MOST_ATTEMPTS) {
            return Optional.empty();
        }
        var wait = FIRST.multipliedBy((long) Math.pow(FACTOR, attempts - 1.0));
        return Optional.of(wait.compareTo(LONGEST) < 0 ? wait : LONGEST);
    }
}
