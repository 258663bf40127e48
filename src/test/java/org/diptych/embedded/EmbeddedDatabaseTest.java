package org.diptych.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
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
        assertThat(Files.getPosixFilePermissions(cache))
                .as("where the programs are that run as this user")
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        PrivateFolder.create(data.resolve("made/new"));
        assertThat(Files.getPosixFilePermissions(data.resolve("made/new")))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
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

    private ProcessHandle process() throws IOException {
        var number = Files.readAllLines(data.resolve("postgres/postmaster.pid")).getFirst();
        return ProcessHandle.of(Long.parseLong(number.strip())).orElseThrow();
    }

    private static Connection awaitConnection(EmbeddedDatabase database) throws InterruptedException {
        while (true) {
            try {
                return connect(database, database.password());
            } catch (SQLException notYet) {
                Thread.sleep(50);
            }
        }
    }

    @Test
    void one_that_was_killed_is_there_again_with_its_data_and_ends_when_it_is_told_to() throws Exception {
        ProcessHandle last;
        try (EmbeddedDatabase database = EmbeddedDatabase.start(data, cache)) {
            try (Connection connection = connect(database, database.password())) {
                connection.createStatement().execute("CREATE TABLE kept AS SELECT 42 AS answer");
            }
            for (int time = 0; time < 2; time++) {
                process().destroyForcibly();
                try (Connection connection = awaitConnection(database);
                        ResultSet result = connection.createStatement().executeQuery("SELECT answer FROM kept")) {
                    assertThat(result.next()).isTrue();
                    assertThat(show(connection, "fsync")).isEqualTo("on");
                }
            }
            last = process();
        }
        assertThat(last.isAlive()).isFalse();
        assertThat(data.resolve("postgres/postmaster.pid")).doesNotExist();
    }

    @Test
    void one_that_was_killed_a_moment_ago_leaves_nothing_running_when_it_is_told_to_end() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(data, cache)) {
            process().destroyForcibly();
            assertThat(database.url()).isNotBlank();
        }
        assertThat(ProcessHandle.current().children())
                .filteredOn(child -> child.info().command().orElse("").endsWith("postgres"))
                .isEmpty();
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
