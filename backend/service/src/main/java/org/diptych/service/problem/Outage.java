package org.diptych.service.problem;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.stream.Stream;

/** Whether a failure means that the database is away for now. */
public final class Outage {
    private Outage() {}

    /** Whether a failure, or anything that caused it, is that the database is away. */
    public static boolean isBehind(Throwable failure) {
        return causes(failure).anyMatch(Outage::is);
    }

    /**
     * No connection in time, a connection that broke (class 08), a database that stops, starts or is full (57P, 53). The
     * driver names a state for each of its failures; what has none comes from the pool, about a connection that it has closed
     * because it broke: often all that is left to see, since the rollback that fails on it hides the failure that broke it.
     */
    private static boolean is(Throwable cause) {
        if (cause instanceof SQLTransientConnectionException || cause instanceof SQLRecoverableException) {
            return true;
        }
        if (!(cause instanceof SQLException database)) {
            return false;
        }
        var state = database.getSQLState();
        return state == null || state.startsWith("08") || state.startsWith("57P") || state.startsWith("53");
    }

    static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(50);
    }
}
