package org.diptych.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MigrationsTest {
    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void migrateAnEmptyDatabase() throws Exception {
        postgres = EmbeddedPostgres.builder().start();
        var result = Flyway.configure()
                .dataSource(postgres.getPostgresDatabase())
                .load()
                .migrate();
        assertThat(result.success).isTrue();
        assertThat(result.migrationsExecuted).isPositive();
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    private static Connection connection() throws SQLException {
        return postgres.getPostgresDatabase().getConnection();
    }

    private static void execute(String sql) throws SQLException {
        try (var connection = connection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void migrating_again_changes_nothing() {
        var again =
                Flyway.configure().dataSource(postgres.getPostgresDatabase()).load();
        assertThat(again.migrate().migrationsExecuted).isZero();
        again.validate();
    }

    @Test
    void a_published_protocol_can_neither_be_changed_nor_deleted() throws SQLException {
        var sha256 = "a".repeat(64);
        execute("INSERT INTO protocol (sha256, id, version, document) VALUES ('" + sha256 + "', 'p', 1, 'text')");
        assertThatThrownBy(() -> execute("UPDATE protocol SET document = 'texT' WHERE sha256 = '" + sha256 + "'"))
                .hasMessageContaining("append-only");
        assertThatThrownBy(() -> execute("DELETE FROM protocol WHERE sha256 = '" + sha256 + "'"))
                .hasMessageContaining("append-only");
        assertThatThrownBy(() -> execute("INSERT INTO protocol (sha256, id, version, document) VALUES ('"
                        + "b".repeat(64) + "', 'p', 1, 'other text')"))
                .hasMessageContaining("protocol_id_version_key");
    }
}
