package org.diptych.service.backup;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What PostgreSQL's catalog says of the schema in use. */
final class Catalog {
    static final String HISTORY = "flyway_schema_history";

    private Catalog() {}

    /** What somebody else keeps in the same schema may be closed to us; a table of our own that is closed is a fault. */
    private static final String READABLE_OR_OURS = """
            (has_table_privilege(c.oid, 'SELECT')
                OR c.relowner = (SELECT h.relowner FROM pg_class h WHERE h.oid = to_regclass('flyway_schema_history')))""";

    /** All tables but the migrations' own, with the columns that are stored and not derived. */
    static List<BackupHeader.Table> tables(Connection connection) throws SQLException {
        var tables = new ArrayList<BackupHeader.Table>();
        try (var query = connection.prepareStatement("""
                        SELECT c.relname, array_agg(a.attname::text ORDER BY a.attnum)
                        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
                        WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
                          AND NOT c.relispartition AND c.relname <> ?
                          AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
                          AND """ + READABLE_OR_OURS + """
                         GROUP BY c.relname ORDER BY c.relname""")) {
            query.setString(1, HISTORY);
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    tables.add(new BackupHeader.Table(rows.getString(1), List.of((String[])
                            rows.getArray(2).getArray())));
                }
            }
        }
        return List.copyOf(tables);
    }

    /** Tables of others that cannot be read, by name. */
    static List<String> unreadable(Connection connection) throws SQLException {
        return texts(connection, """
                        SELECT c.relname FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace
                        AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND NOT """ + READABLE_OR_OURS + " ORDER BY c.relname");
    }

    /** Everything that a schema can hold, by name. */
    static List<String> relations(Connection connection) throws SQLException {
        return texts(connection, """
                        SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace
                        AND relkind IN ('r', 'p', 'v', 'm', 'S', 'f') ORDER BY relkind = 'S', relname""");
    }

    static List<String> texts(Connection connection, String sql) throws SQLException {
        var texts = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }
}
