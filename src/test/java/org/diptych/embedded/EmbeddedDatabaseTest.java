package org.diptych.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {
    @TempDir
    private static Path cache;

    @TempDir
    private Path data;

    @Test
    void it_writes_durably_keeps_its_data_and_asks_for_the_password() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(data, cache);
                Connection connection = connect(database, database.password())) {
            assertThat(show(connection, "fsync")).isEqualTo("on");
            assertThat(show(connection, "synchronous_commit")).isEqualTo("on");
            assertThat(show(connection, "is_superuser")).isEqualTo("off");
            connection.createStatement().execute("CREATE TABLE kept AS SELECT 42 AS answer");
            assertThatThrownBy(() -> connect(database, "wrong"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password");
        }
        assertThat(Files.getPosixFilePermissions(data.resolve("database.password")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(data.resolve("postgres.incomplete")).doesNotExist();

        try (EmbeddedDatabase database = EmbeddedDatabase.start(data, cache);
                Connection connection = connect(database, database.password());
                ResultSet result = connection.createStatement().executeQuery("SELECT answer FROM kept")) {
            assertThat(result.next()).isTrue();
            assertThat(result.getInt(1)).isEqualTo(42);
        }
        assertThat(data.resolve("postgres/postmaster.pid")).doesNotExist();
    }

    @Test
    void a_cluster_whose_making_was_interrupted_is_made_anew() throws Exception {
        Files.createDirectories(data.resolve("postgres/base"));
        Files.writeString(data.resolve("postgres/PG_VERSION"), "18\n");
        Files.createFile(data.resolve("postgres.incomplete"));
        try (EmbeddedDatabase database = EmbeddedDatabase.start(data, cache);
                Connection connection = connect(database, database.password())) {
            assertThat(show(connection, "data_checksums")).isEqualTo("on");
        }
    }

    @Test
    void a_cluster_of_another_postgresql_is_refused_and_left_alone() throws Exception {
        Path version = Files.createDirectories(data.resolve("postgres")).resolve("PG_VERSION");
        Files.writeString(version, "17\n");
        assertThatThrownBy(() -> EmbeddedDatabase.start(data, cache))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("made by PostgreSQL 17");
        assertThat(version).hasContent("17");
    }

    @Test
    void one_instance_holds_a_data_folder() throws Exception {
        try (InstanceLock lock = InstanceLock.acquire(data)) {
            assertThat(lock).isNotNull();
            assertThatThrownBy(() -> InstanceLock.acquire(data))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining(data.toString())
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
        }
        InstanceLock.acquire(data).close();
    }

    private static Connection connect(EmbeddedDatabase database, String password) throws SQLException {
        return DriverManager.getConnection(database.url(), database.user(), password);
    }

    private static String show(Connection connection, String setting) throws SQLException {
        try (ResultSet result = connection.createStatement().executeQuery("SHOW " + setting)) {
            result.next();
            return result.getString(1);
        }
    }
}
