package org.diptych.reward.worker;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.diptych.service.problem.Outage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What became of a run is said until it is heard: while the database is away, again and again, less and less often. Whoever
 * takes the run up meanwhile ends it, since the word is then no longer this worker's to say.
 */
final class LastWord {
    private static final Logger log = LoggerFactory.getLogger(LastWord.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private LastWord() {}

    /**
     * Says it until it is heard.
     *
     * @param stopping whether the process goes down: then it is said once
     */
    static void say(Runnable word, BooleanSupplier stopping) {
        var pause = FIRST_PAUSE;
        while (true) {
            try {
                word.run();
                return;
            } catch (RuntimeException e) {
                if (!Outage.isBehind(e)
                        || stopping.getAsBoolean()
                        || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                log.warn("what became of a training run cannot be recorded yet: {}", e.getMessage());
                pause(pause, e);
            }
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        }
    }

    private static void pause(Duration time, RuntimeException unheard) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unheard;
        }
    }
}
