package org.diptych;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import org.diptych.embedded.EmbeddedDatabase;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The built jar on one data folder through its life: refused twice, killed twice, stopped, and too old for its data. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@NullUnmarked
class RecoveryIT {
    private static final int LABELS = 60;
    private static final String CAMPAIGN = "Procedural edits";

    /** One for the whole story, hence static. */
    @TempDir
    private static Path folder;

    private int port;
    private String token;
    private ServerProcess server;

    @AfterAll
    void stop() throws InterruptedException {
        if (server != null) {
            server.close();
        }
    }

    @Test
    @Order(1)
    void acknowledged_labels_survive_the_death_of_the_server() throws Exception {
        port = ServerProcess.freePort();
        server = ServerProcess.start(data(), port, "--demo");
        Path password = Files.writeString(folder.resolve("password"), ServerProcess.ADMIN_PASSWORD);
        token = server.command("token", "--user", "admin", "--password-file", password.toString())
                .path("token")
                .asString();
        Path truth = Files.write(
                folder.resolve("truth.jsonl"),
                RecoveryIT.class
                        .getResourceAsStream("/demo/procedural-edits/truth.jsonl")
                        .readAllBytes());
        JsonNode simulation = server.command(
                "simulate",
                "--token",
                token,
                "--campaign",
                CAMPAIGN,
                "--truth",
                truth.toString(),
                "--annotators",
                "4",
                "--labels",
                Integer.toString(LABELS));
        assertThat(simulation.path("labels").asInt()).isEqualTo(LABELS);
        assertThat(exportedLabels()).isEqualTo(LABELS);

        server.kill();

        assertThat(database()).as("the database outlives its parent").matches(ProcessHandle::isAlive);
        server = ServerProcess.start(data(), port, "--demo");
        assertThat(exportedLabels()).isEqualTo(LABELS);
    }

    @Test
    @Order(2)
    void a_second_instance_is_refused_and_the_first_goes_on() throws Exception {
        ServerProcess second = ServerProcess.run(data(), ServerProcess.freePort());
        assertThat(second.exit()).isEqualTo(1);
        assertThat(second.errors()).contains("is using the data folder " + data(), "--data-dir");
        assertThat(exportedLabels()).isEqualTo(LABELS);
    }

    @Test
    @Order(3)
    void a_port_in_use_is_said_before_anything_is_touched() throws Exception {
        Path untouched = folder.resolve("untouched");
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress(0));
            ServerProcess second = ServerProcess.run(untouched, taken.getLocalPort());
            assertThat(second.exit()).isEqualTo(1);
            assertThat(second.errors())
                    .contains("Port " + taken.getLocalPort() + " of 127.0.0.1 cannot be used", "--port");
        }
        assertThat(untouched).isEmptyDirectory();
    }

    @Test
    @Order(4)
    void acknowledged_labels_survive_the_death_of_server_and_database() throws Exception {
        ProcessHandle database = database();
        server.kill();
        database.descendants().forEach(ProcessHandle::destroyForcibly);
        database.destroyForcibly();
        database.onExit().get();
        server = ServerProcess.start(data(), port);
        assertThat(exportedLabels()).isEqualTo(LABELS);
    }

    @Test
    @Order(5)
    void a_stop_signal_stops_the_database_as_well() throws Exception {
        ProcessHandle database = database();
        server.stop();
        assertThat(data().resolve("postgres/postmaster.pid")).doesNotExist();
        // it takes its file away and then ends
        assertThat(database.onExit()).succeedsWithin(Duration.ofMinutes(1));
    }

    @Test
    @Order(6)
    void data_of_a_newer_version_is_refused_and_left_alone() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(data(), folder.resolve("cache"));
                Connection connection =
                        DriverManager.getConnection(database.url(), database.user(), database.password())) {
            connection.createStatement().execute("""
                    INSERT INTO flyway_schema_history
                    SELECT max(installed_rank) + 1, '9000', 'from the future', 'SQL', 'V9000__from_the_future.sql', 1,
                           'diptych', now(), 1, true FROM flyway_schema_history""");
        }
        ServerProcess old = ServerProcess.run(data(), port);
        assertThat(old.exit()).isEqualTo(1);
        assertThat(old.errors()).contains("newer version of Diptych", "9000").doesNotContain("at org.spring");
        assertThat(data().resolve("postgres/postmaster.pid")).doesNotExist();
    }

    private Path data() {
        return folder.resolve("data");
    }

    private ProcessHandle database() throws IOException {
        String number =
                Files.readAllLines(data().resolve("postgres/postmaster.pid")).getFirst();
        return ProcessHandle.of(Long.parseLong(number.strip())).orElseThrow();
    }

    private int exportedLabels() {
        return server.command(
                        "export",
                        "--token",
                        token,
                        "--campaign",
                        CAMPAIGN,
                        "--format",
                        "jsonl",
                        "--out",
                        folder.resolve("export").toString())
                .path("labels")
                .asInt();
    }
}
