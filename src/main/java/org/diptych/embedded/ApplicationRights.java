package org.diptych.embedded;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the application may do in the schema, said anew after each migration: everything with rows, but in tables that are
 * history only read and add. Which tables are history the schema itself says, by the trigger that refuses changes.
 */
public final class ApplicationRights {
    private static final Logger log = LoggerFactory.getLogger(ApplicationRights.class);

    /**
     * Tables with the trigger that refuses changes, and the migrations' own; the rest; what is no table. What belongs to others
     * is theirs to grant, and an owner from whom rights are taken would not even read any more.
     */
    private static final String WANTED = """
            SELECT format('REVOKE ALL ON %I FROM %I', c.relname, r.name), format('GRANT %s ON %I TO %I',
                CASE WHEN c.relkind = 'S' THEN 'SELECT, USAGE, UPDATE'
                    WHEN c.relkind IN ('v', 'm') OR c.relname = 'flyway_schema_history' THEN 'SELECT'
                    WHEN EXISTS (SELECT 1 FROM pg_trigger t WHERE t.tgrelid = c.oid
                        AND t.tgfoid = to_regproc('refuse_change')) THEN 'SELECT, INSERT'
                    ELSE 'SELECT, INSERT, UPDATE, DELETE' END, c.relname, r.name)
            FROM pg_class c CROSS JOIN (SELECT ?::text AS name) r
            WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
                AND pg_has_role(c.relowner, 'USAGE') AND c.relowner <> quote_ident(r.name)::regrole
            ORDER BY c.relname""";

    private static final String SCHEMA = "SELECT format('GRANT USAGE ON SCHEMA %I TO %I', current_schema(), ?::text)";

    /** A table of history over which the application may do what its owner may. */
    private static final String OWNED = """
            SELECT c.relname FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace
                AND EXISTS (SELECT 1 FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgfoid = to_regproc('refuse_change'))
                AND pg_has_role(quote_ident(?)::regrole, c.relowner, 'USAGE')
            ORDER BY c.relname LIMIT 1""";

    /** Several nodes may start at once. */
    private static final String ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(5_724_610_397)";

    private ApplicationRights() {}

    /**
     * Gives the application its rights and takes what it had beyond them.
     *
     * @param owner connections of the role that owns the schema; when it is the application's own, nothing is done
     * @param application name of the application's role
     */
    public static void grant(DataSource owner, String application) throws SQLException {
        try (Connection connection = owner.getConnection()) {
            warnOfOwnedTables(connection, application);
            if (isSelf(connection, application)) {
                return;
            }
            connection.setAutoCommit(false);
            List<String> statements = new ArrayList<>(List.of(ONE_AT_A_TIME));
            statements.addAll(texts(connection, SCHEMA, application));
            statements.addAll(texts(connection, WANTED, application));
            try (Statement statement = connection.createStatement()) {
                for (String sql : statements) {
                    statement.execute(sql);
                }
            }
            connection.commit();
        }
    }

    private static void warnOfOwnedTables(Connection connection, String application) throws SQLException {
        for (String table : texts(connection, OWNED, application)) {
            log.warn(
                    "The role {} in which the application works has the rights of an owner over table {}, so it can change"
                            + " history. Two roles are needed to keep it from that: give the tables to another role (REASSIGN"
                            + " OWNED BY), of which {} is no member, and name that one in DIPTYCH_DATABASE_OWNER.",
                    application,
                    table,
                    application);
        }
    }

    private static boolean isSelf(Connection connection, String application) throws SQLException {
        return texts(connection, "SELECT current_user = ?", application).contains("t");
    }

    /** All columns of all rows, in their order. */
    private static List<String> texts(Connection connection, String sql, String application) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, application);
            try (ResultSet rows = query.executeQuery()) {
                List<String> texts = new ArrayList<>();
                while (rows.next()) {
                    for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                        texts.add(rows.getString(column));
                    }
                }
                return texts;
            }
        }
    }
}
