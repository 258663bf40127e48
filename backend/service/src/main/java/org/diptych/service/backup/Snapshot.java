package org.diptych.service.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.flywaydb.core.api.MigrationVersion;
import org.postgresql.PGConnection;

/**
 * One moment of the database, whatever others write meanwhile: everything is read in one transaction, which waits for nobody
 * and for which nobody waits.
 */
final class Snapshot implements AutoCloseable {
    /** Values have one text form and rows one order, whatever database and session are set to. */
    private static final String FORMS = """
            SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL IntervalStyle = 'postgres';
            SET LOCAL extra_float_digits = 1; SET LOCAL bytea_output = 'hex'; SET LOCAL synchronize_seqscans = off;
            SET LOCAL max_parallel_workers_per_gather = 0;
            SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0""";

    /** Every picture and model that a row speaks of. */
    private static final String OBJECTS = """
            SELECT sha256, '' FROM image
            UNION SELECT overlay_sha256, '' FROM candidate_evidence WHERE overlay_sha256 IS NOT NULL
            UNION SELECT parameters_digest, '.model' FROM model_version WHERE parameters_digest ~ '^[0-9a-f]{64}$'""";

    private final Connection connection;

    private Snapshot(Connection connection) {
        this.connection = connection;
    }

    /**
     * Takes the snapshot.
     *
     * @param connection its own until the snapshot is closed
     */
    static Snapshot take(Connection connection) throws SQLException {
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setReadOnly(true);
        connection.setAutoCommit(false);
        setForms(connection);
        return new Snapshot(connection);
    }

    static void setForms(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(FORMS);
        }
    }

    Instant takenAt() throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT now()")) {
            row.next();
            return row.getObject(1, OffsetDateTime.class).toInstant();
        }
    }

    /**
     * The version of the schema.
     *
     * @throws BackupProblem when the database holds none of ours
     */
    String schema() throws SQLException {
        try (var statement = connection.createStatement();
                var there = statement.executeQuery("SELECT to_regclass('flyway_schema_history') IS NOT NULL")) {
            there.next();
            if (!there.getBoolean(1)) {
                throw new BackupProblem("The database "
                        + connection.getMetaData().getURL() + " holds no data of Diptych. Is it the right one?");
            }
        }
        var latest = MigrationVersion.EMPTY;
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "SELECT version FROM flyway_schema_history WHERE success AND version IS NOT NULL")) {
            while (rows.next()) {
                var version = MigrationVersion.fromVersion(rows.getString(1));
                latest = version.isNewerThan(latest) ? version : latest;
            }
        }
        return latest.getVersion();
    }

    List<BackupHeader.Table> tables() throws SQLException {
        return Catalog.tables(connection);
    }

    /** Names of the tables of others in the same schema that cannot be read. */
    List<String> unreadable() throws SQLException {
        return Catalog.unreadable(connection);
    }

    /** Writes a table's rows. @return how many */
    long copy(BackupHeader.Table table, OutputStream target) throws SQLException, IOException {
        return copy(connection, table, target);
    }

    static long copy(Connection connection, BackupHeader.Table table, OutputStream target)
            throws SQLException, IOException {
        return connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut(
                        "COPY (SELECT %s FROM %s) TO STDOUT".formatted(table.columnList(), table.quotedName()), target);
    }

    /** Writes one line for each picture and model: its SHA-256, a tab, and what its key ends with. */
    void copyObjects(OutputStream target) throws SQLException, IOException {
        connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("COPY (SELECT * FROM (%s) o ORDER BY 1, 2) TO STDOUT".formatted(OBJECTS), target);
    }

    /** The last number of each sequence. Read last: sequences know no snapshot, and no row may be ahead of its own. */
    SortedMap<String, Long> sequences() throws SQLException {
        var last = new TreeMap<String, Long>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("""
                        SELECT sequencename, last_value FROM pg_sequences
                        WHERE schemaname = current_schema() AND last_value IS NOT NULL""")) {
            while (rows.next()) {
                last.put(rows.getString(1), rows.getLong(2));
            }
        }
        return last;
    }

    /** Ends the transaction; the connection is as it was. */
    @Override
    public void close() throws SQLException {
        connection.rollback();
        connection.setAutoCommit(true);
        connection.setReadOnly(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    }
}
