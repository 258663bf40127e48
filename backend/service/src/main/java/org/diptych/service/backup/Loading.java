package org.diptych.service.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Fills the tables of a schema that is as old as the backup, in one transaction. What guards rows against changes is set
 * aside meanwhile, for the rows are what they were: triggers would write them anew, foreign keys would want an order that
 * two tables that refer to each other do not have, and rules that hold from some day on do not hold for what is older.
 */
final class Loading implements AutoCloseable {
    private static final String REFERS_TO_NOTHING = "23503";

    private final Connection connection;
    private final List<BackupHeader.Table> tables;
    private final Set<String> foreign;
    private final List<Constraint> aside;
    private final Consumer<String> warnings;
    private BackupHeader.@Nullable Table current;
    private @Nullable CopyIn copy;

    private record Constraint(String table, String name, String definition) {}

    private Loading(
            Connection connection,
            List<BackupHeader.Table> tables,
            Set<String> foreign,
            List<Constraint> aside,
            Consumer<String> warnings) {
        this.connection = connection;
        this.tables = tables;
        this.foreign = foreign;
        this.aside = aside;
        this.warnings = warnings;
    }

    /** Empties the tables of what migrations wrote, and lets rows in. */
    static Loading begin(Connection connection, List<BackupHeader.Table> tables, Consumer<String> warnings)
            throws SQLException {
        connection.setAutoCommit(false);
        Snapshot.setForms(connection);
        var present = Catalog.tables(connection);
        var foreign = foreign(tables, present);
        for (var table : foreign) {
            warnings.accept("Warning: the backup holds a table " + table
                    + ", which is none of Diptych's. It is not restored;" + " tar unpacks its rows from the file.");
        }
        var aside = constraints(connection);
        var loading = new Loading(connection, present, foreign, aside, warnings);
        for (var constraint : aside) {
            loading.execute("ALTER TABLE %s DROP CONSTRAINT %s".formatted(constraint.table, constraint.name));
        }
        for (var table : present) {
            loading.execute("ALTER TABLE %s DISABLE TRIGGER USER".formatted(table.quotedName()));
        }
        loading.execute("TRUNCATE "
                + present.stream().map(BackupHeader.Table::quotedName).collect(Collectors.joining(", ")));
        return loading;
    }

    /** Tables that somebody else kept in the same schema: no migration makes them. Columns of ours are all known. */
    private static Set<String> foreign(List<BackupHeader.Table> wanted, List<BackupHeader.Table> present) {
        var columns = present.stream().collect(Collectors.toMap(BackupHeader.Table::name, BackupHeader.Table::columns));
        var foreign = new LinkedHashSet<String>();
        for (var table : wanted) {
            var known = columns.get(table.name());
            if (known == null) {
                foreign.add(table.name());
            } else if (!known.containsAll(table.columns())) {
                throw new BackupProblem("This backup holds a table " + table.name() + " with columns "
                        + table.columns()
                        + ", which this version of Diptych does not know at that schema. Restore it with"
                        + " the version that made it, or a later one.");
            }
        }
        return foreign;
    }

    private static List<Constraint> constraints(Connection connection) throws SQLException {
        var constraints = new ArrayList<Constraint>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("""
                        SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint
                        WHERE connamespace = current_schema()::regnamespace AND conrelid <> 0 AND conparentid = 0
                          AND (contype = 'f' OR contype = 'c' AND NOT convalidated) ORDER BY oid""")) {
            while (rows.next()) {
                constraints.add(new Constraint(rows.getString(1), rows.getString(2), rows.getString(3)));
            }
        }
        return constraints;
    }

    /** Names of the backup's tables that are none of ours and stay away. */
    Set<String> foreign() {
        return foreign;
    }

    /** Adds rows to a table of ours; those of a table come one after the other. */
    void add(BackupHeader.Table table, byte[] rows) throws SQLException {
        if (!table.equals(current)) {
            endTable();
            copy = connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY %s (%s) FROM STDIN".formatted(table.quotedName(), table.columnList()));
            current = table;
        }
        Objects.requireNonNull(copy).writeToCopy(rows, 0, rows.length);
    }

    private void endTable() throws SQLException {
        if (copy != null) {
            copy.endCopy();
            copy = null;
        }
    }

    /** Puts everything back that was set aside, sets the sequences and compares every table with the backup. */
    void end(BackupHeader header, BackupContents contents) throws SQLException, IOException {
        endTable();
        for (var constraint : aside) {
            putBack(constraint);
        }
        for (var table : tables) {
            execute("ALTER TABLE %s ENABLE TRIGGER USER".formatted(table.quotedName()));
        }
        setSequences(contents.sequences());
        for (var table : header.tables()) {
            if (!foreign.contains(table.name())) {
                compare(table, Objects.requireNonNull(contents.tables().get(table.name())));
            }
        }
        connection.commit();
        connection.setAutoCommit(true);
        for (var table : tables) {
            execute("ANALYZE " + table.quotedName());
        }
    }

    /**
     * Rows that refer to nothing were so in the installation already. A backup that cannot be restored for their sake would
     * save nothing: the rule holds from now on, and whoever restores is told.
     */
    private void putBack(Constraint constraint) throws SQLException {
        var add = "ALTER TABLE %s ADD CONSTRAINT %s %s"
                .formatted(constraint.table, constraint.name, constraint.definition);
        var before = connection.setSavepoint();
        try {
            execute(add);
            connection.releaseSavepoint(before);
        } catch (SQLException e) {
            if (!REFERS_TO_NOTHING.equals(e.getSQLState())) {
                throw e;
            }
            connection.rollback(before);
            execute(add + " NOT VALID");
            warnings.accept("Warning: the backup has rows that refer to others which it does not have, because the"
                    + " installation itself had lost them: " + e.getMessage());
        }
    }

    private void setSequences(Map<String, Long> sequences) throws SQLException {
        try (var set = connection.prepareStatement("""
                        SELECT setval(oid::regclass, ?) FROM pg_class
                        WHERE relnamespace = current_schema()::regnamespace AND relkind = 'S' AND relname = ?""")) {
            for (var sequence : sequences.entrySet()) {
                set.setLong(1, sequence.getValue());
                set.setString(2, sequence.getKey());
                try (var row = set.executeQuery()) {
                    if (!row.next()) {
                        warnings.accept("Warning: the backup holds a sequence " + sequence.getKey()
                                + ", which is none of Diptych's. It is not restored; it stood at "
                                + sequence.getValue() + ".");
                    }
                }
            }
        }
    }

    private void compare(BackupHeader.Table table, BackupContents.TableContent wanted)
            throws SQLException, IOException {
        var digest = Digests.sha256();
        long rows = Snapshot.copy(connection, table, new DigestOutputStream(OutputStream.nullOutputStream(), digest));
        var sha256 = Digests.hex(digest);
        if (rows != wanted.rows() || !sha256.equals(wanted.sha256())) {
            throw new BackupProblem("Table " + table.name() + " is not after the restore what it was in the backup: "
                    + rows + " rows instead of " + wanted.rows() + ", SHA-256 " + sha256 + " instead of "
                    + wanted.sha256()
                    + ". This is a defect of Diptych; please report it.");
        }
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** What has not been ended leaves nothing. */
    @Override
    public void close() throws SQLException {
        if (copy != null && copy.isActive()) {
            copy.cancelCopy();
        }
        if (!connection.getAutoCommit()) {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }
}
