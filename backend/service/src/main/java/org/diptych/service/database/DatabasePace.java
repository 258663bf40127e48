package org.diptych.service.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/**
 * Whether the database answers in time. A label costs a few round trips: where one of them takes a tenth of a second,
 * everybody waits, and nothing else says why. The server still does all its work, so it is called slow and not down.
 */
@Component
class DatabasePace implements HealthIndicator {
    static final Status SLOW = new Status("SLOW", "The database or the way to it is slow.");

    /** Milliseconds for the least statement, or for a connection to do it on. */
    private static final long TOO_LONG = 100;

    /** The quickest of them counts: one may have met a pause of this process. */
    private static final int ROUND_TRIPS = 3;

    private final DataSource pool;

    DatabasePace(DataSource pool) {
        this.pool = pool;
    }

    @Override
    public Health health() {
        long asked = System.nanoTime();
        try (var connection = pool.getConnection()) {
            long waited = since(asked);
            long roundTrip = Long.MAX_VALUE;
            for (int time = 0; time < ROUND_TRIPS; time++) {
                roundTrip = Math.min(roundTrip, roundTrip(connection));
            }
            var health = waited > TOO_LONG || roundTrip > TOO_LONG ? Health.status(SLOW) : Health.up();
            return health.withDetail("connectionMilliseconds", waited)
                    .withDetail("roundTripMilliseconds", roundTrip)
                    .build();
        } catch (SQLException e) {
            return Health.down(e).build();
        }
    }

    private static long roundTrip(Connection connection) throws SQLException {
        long sent = System.nanoTime();
        try (var statement = connection.createStatement()) {
            statement.execute("SELECT 1");
        }
        return since(sent);
    }

    private static long since(long nanoseconds) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanoseconds);
    }
}
