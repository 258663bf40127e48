package org.diptych.service.backup;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/** Further databases on the server of a test. */
final class TestDatabases {
    private TestDatabases() {}

    /** A new database beside that of the given pool. */
    static PGSimpleDataSource empty(DataSource beside) throws SQLException {
        var name = "test_" + UUID.randomUUID().toString().replace("-", "");
        try (var connection = beside.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        var database = new PGSimpleDataSource();
        var url = beside.unwrap(HikariDataSource.class).getJdbcUrl();
        database.setURL(url);
        database.setDatabaseName(name);
        return database;
    }

    /** The schema as it was at a version. */
    static void migrate(DataSource database, String version) {
        Flyway.configure().dataSource(database).target(version).load().migrate();
    }

    static void execute(DataSource database, String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static List<String> texts(DataSource database, String sql) throws SQLException {
        var texts = new ArrayList<String>();
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    static long number(DataSource database, String sql) throws SQLException {
        return Long.parseLong(texts(database, sql).getFirst());
    }
}
