package org.diptych.service.problem;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.stream.Stream;

/** What is answered to a failure that no step of the product expected. */
final class Failure {
    private Failure() {}

    /** The refusal that a failure amounts to. */
    static Problem problem(Throwable failure) {
        return causes(failure)
                .filter(Problem.class::isInstance)
                .map(Problem.class::cast)
                .findFirst()
                .orElseGet(() -> unexpected(failure));
    }

    private static Problem unexpected(Throwable failure) {
        if (causes(failure).anyMatch(Failure::isOutage)) {
            return Problem.unavailable();
        }
        return StandardProblem.INTERNAL_ERROR.problem();
    }

    /**
     * Whether the database is away: no connection in time, a connection that broke (class 08), a database that stops,
     * starts or is full (57P, 53). The driver names a state for each of its failures; what has none comes from the pool,
     * about a connection that it has closed because it broke: often all that is left to see, since the rollback that
     * fails on it hides the failure that broke it.
     */
    private static boolean isOutage(Throwable cause) {
        if (cause instanceof SQLTransientConnectionException || cause instanceof SQLRecoverableException) {
            return true;
        }
        if (!(cause instanceof SQLException database)) {
            return false;
        }
        var state = database.getSQLState();
        return state == null || state.startsWith("08") || state.startsWith("57P") || state.startsWith("53");
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(50);
    }
}
