package org.diptych.embedded;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * What the application may do in the schema, said anew after each migration: everything with rows, but in tables that are
 * history only read and add. Which tables are history the schema itself says, by the trigger that refuses changes.
 */
public final class ApplicationRights {
    /** Tables with the trigger that refuses changes, and the migrations' own; the rest; what is no table. */
    private static final String WANTED = """
            SELECT format('REVOKE ALL ON %I FROM %I', c.relname, r.name), format('GRANT %s ON %I TO %I',
                CASE WHEN c.relkind = 'S' THEN 'SELECT, USAGE, UPDATE'
                    WHEN c.relkind IN ('v', 'm') OR c.relname = 'flyway_schema_history' THEN 'SELECT'
                    WHEN EXISTS (SELECT 1 FROM pg_trigger t WHERE t.tgrelid = c.oid
                        AND t.tgfoid = to_regproc('refuse_change')) THEN 'SELECT, INSERT'
                    ELSE 'SELECT, INSERT, UPDATE, DELETE' END, c.relname, r.name)
            FROM pg_class c CROSS JOIN (SELECT ?::text AS name) r
            WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
            ORDER BY c.relname""";

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
            if (isSelf(connection, application)) {
                return;
            }
            connection.setAutoCommit(false);
            List<String> statements = new ArrayList<>(List.of(ONE_AT_A_TIME));
            try (PreparedStatement query = connection.prepareStatement(WANTED)) {
                query.setString(1, application);
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        statements.add(rows.getString(1));
                        statements.add(rows.getString(2));
                    }
                }
            }
            try (Statement statement = connection.createStatement()) {
                for (String sql : statements) {
                    statement.execute(sql);
                }
            }
            connection.commit();
        }
    }

    private static boolean isSelf(Connection connection, String application) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT current_user = ?")) {
            query.setString(1, application);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }
}
