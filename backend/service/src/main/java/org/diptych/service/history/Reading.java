package org.diptych.service.history;

import java.sql.Connection;
import java.sql.SQLException;

/** Reads the database as it is at one moment, for as long as it takes. */
final class Reading {
    private Reading() {}

    /** What is read. */
    interface Work<T, E extends Exception> {
        T read() throws SQLException, E;
    }

    /** Reads in a transaction of its own, which changes nothing. */
    static <T, E extends Exception> T atOneMoment(Connection connection, Work<T, E> work) throws SQLException, E {
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setReadOnly(true);
        connection.setAutoCommit(false);
        try {
            withoutTimeLimits(connection);
            return work.read();
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
            connection.setReadOnly(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        }
    }

    /** The transaction is idle for as long as pictures are read, and that of a command is nobody's burden. */
    private static void withoutTimeLimits(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL statement_timeout = 0");
        }
    }
}
