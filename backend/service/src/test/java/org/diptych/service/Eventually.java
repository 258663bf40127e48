package org.diptych.service;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.NullUnmarked;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Waits for what another thread or transaction brings about, and fails where it never comes. */
@NullUnmarked
public final class Eventually {
    /** Far longer than anything here takes, on however busy a machine. */
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private Eventually() {}

    public static void holds(String what, BooleanSupplier holds) {
        for (long begun = System.nanoTime(); !holds.getAsBoolean(); Thread.onSpinWait()) {
            if (System.nanoTime() - begun > LONGEST.toNanos()) {
                throw new AssertionError("did not come about: " + what);
            }
        }
    }

    /** Somebody in this database waits for a lock that another transaction holds. */
    public static void somebodyWaits(JdbcClient jdbc) {
        holds(
                "somebody waits for a lock",
                () -> jdbc.sql("""
                        SELECT EXISTS (SELECT 1 FROM pg_stat_activity
                            WHERE datname = current_database() AND wait_event_type = 'Lock')""").query(Boolean.class).single());
    }
}
