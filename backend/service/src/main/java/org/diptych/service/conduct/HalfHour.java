package org.diptych.service.conduct;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/**
 * The last full half hour. What compares an annotator with others or with gold ends there: figures that moved with every
 * answer would tell which pair was gold, and what the others said of it.
 */
@Component
class HalfHour {
    private static final long SECONDS = Duration.ofMinutes(30).toSeconds();

    private final Clock clock;

    HalfHour(Clock clock) {
        this.clock = clock;
    }

    Instant last() {
        long now = clock.instant().getEpochSecond();
        return Instant.ofEpochSecond(now - Math.floorMod(now, SECONDS));
    }
}
