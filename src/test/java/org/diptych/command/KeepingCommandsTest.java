package org.diptych.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.diptych.embedded.ApplicationRights;
import org.diptych.embedded.Database;
import org.diptych.embedded.EmbeddedDatabase;
import org.diptych.embedded.InstanceLock;
import org.diptych.service.image.ObjectStore;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One data folder through its life: two roles, a backup beside the running database, restores, and a verification. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@ExtendWith(OutputCaptureExtension.class)
class KeepingCommandsTest {
    private static final String PICTURE = "not a picture, but bytes all the same";

    @TempDir
    private static Path folder;

    private record Run(int exit, String out, String err) {
        JsonNode json() {
            return JsonMapper.shared().readTree(out);
        }
    }

    private static Run run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = new CommandLine(new Commands())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, _) -> {
                    command.getErr().println(failure.getMessage());
                    return failure instanceof CommandFailure known ? known.exitCode() : 1;
                })
                .execute(arguments);
        return new Run(exit, out.toString(), err.toString());
    }

    @CommandLine.Command(
            subcommands = {
                BackupCommand.class,
                RestoreCommand.class,
                VerifyCommand.class,
                ObjectsCommand.class,
                PasswordCommand.class
            })
    private static final class Commands {}

    private static Path data() {
        return folder.resolve("data");
    }

    private static Path backup() {
        return folder.resolve("first.backup");
    }

    private static String data(Path directory) {
        return directory.toString();
    }

    private static Flyway flyway(DataSource owner, String target) {
        return Flyway.configure()
                .dataSource(owner)
                .locations("classpath:db/migration")
                .target(target)
                .load();
    }

    private static void execute(DataSource source, String... statements) throws SQLException {
        try (Connection connection = source.getConnection();
                var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    @Order(1)
    void an_installation_of_one_role_goes_on_with_two_and_the_application_cannot_change_history() throws Exception {
        Files.createDirectories(data());
        try (InstanceLock lock = InstanceLock.acquire(data());
                EmbeddedDatabase embedded = EmbeddedDatabase.start(data(), folder.resolve("cache"))) {
            assertThat(lock).isNotNull();
            Database database = embedded.database();
            flyway(database.asOwner(), "22").migrate();
            // as the product did until now: everything in the one role
            execute(
                    database.asOwner(),
                    "INSERT INTO protocol (sha256, id, version, document) VALUES ('" + sha256("text")
                            + "', 'p', 1, 'text')",
                    "INSERT INTO image (sha256, media_type, width, height, bytes) VALUES ('" + sha256(PICTURE)
                            + "', 'image/png', 1, 1, 1)",
                    "INSERT INTO audit_event (action) VALUES ('one')");
            ObjectStore.in(data().resolve("objects"))
                    .put(ObjectStore.keyOf(sha256(PICTURE)), PICTURE.getBytes(StandardCharsets.UTF_8));

            flyway(database.asOwner(), "latest").migrate();
            ApplicationRights.grant(database.asOwner(), database.application().user());
            ApplicationRights.grant(database.asOwner(), database.application().user());

            DataSource application = database.asApplication();
            execute(application, "SELECT document FROM protocol", "INSERT INTO audit_event (action) VALUES ('two')");
            execute(application, "UPDATE installation SET is_the_one = true", "SELECT nextval('fencing_token')");
            for (String table :
                    List.of("label", "protocol", "audit_event", "label_chain", "known_answer", "protocol_move")) {
                String column =
                        "SELECT attname FROM pg_attribute WHERE attrelid = '" + table + "'::regclass AND attnum = 1";
                for (String change : List.of(
                        "UPDATE " + table + " SET " + text(application, column) + " = DEFAULT",
                        "DELETE FROM " + table,
                        "TRUNCATE " + table,
                        "ALTER TABLE " + table + " DISABLE TRIGGER USER",
                        "DROP TABLE " + table)) {
                    assertThatThrownBy(() -> execute(application, change))
                            .as(change)
                            .isInstanceOf(SQLException.class)
                            .hasMessageMatching("(?s).*(permission denied|must be owner).*");
                }
            }
            assertThatThrownBy(() -> execute(application, "DELETE FROM flyway_schema_history"))
                    .hasMessageContaining("permission denied");
            assertThatThrownBy(() -> execute(application, "CREATE TABLE mine (id integer)"))
                    .hasMessageContaining("permission denied");

            backUpBesideTheRunningDatabase();
        }
    }

    private static String text(DataSource source, String query) throws SQLException {
        try (Connection connection = source.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    private static void backUpBesideTheRunningDatabase() {
        Run made = run("backup", "--data-dir", data(data()), backup().toString());
        assertThat(made.exit).as(made.err).isZero();
        assertThat(made.json().path("tables").path("audit_event").asInt()).isEqualTo(2);
        assertThat(made.json().path("pictures").path("objects").asInt()).isEqualTo(1);
        Run again = run("backup", "--data-dir", data(data()), backup().toString());
        assertThat(again.exit).isEqualTo(2);
        assertThat(again.err).contains("is there already");
    }

    @Test
    @Order(2)
    void a_verification_of_a_server_that_stands_still_starts_its_database_and_stops_it() {
        Run verified = run("verify", "--data-dir", data(data()));
        assertThat(verified.exit).as(verified.err).isZero();
        assertThat(verified.json().path("intact").asBoolean()).isTrue();
        assertThat(verified.json().path("pictures").path("checked").asInt()).isEqualTo(1);
        assertThat(data().resolve("postgres/postmaster.pid")).doesNotExist();
    }

    @Test
    @Order(2)
    void a_lost_password_is_replaced_in_the_data_of_a_server_that_stands_still_and_the_change_is_written_down()
            throws Exception {
        Path other = Files.createDirectories(folder.resolve("locked-out"));
        try (InstanceLock lock = InstanceLock.acquire(other);
                EmbeddedDatabase embedded = EmbeddedDatabase.start(other, folder.resolve("cache"))) {
            assertThat(lock).isNotNull();
            DataSource owner = embedded.database().asOwner();
            flyway(owner, "latest").migrate();
            execute(
                    owner,
                    "INSERT INTO account (name, display_name, role, password_hash)"
                            + " VALUES ('admin', 'Root', 'ADMIN', 'lost')");
        }
        Run made = run("password", "--user", "admin", "--data-dir", data(other));
        assertThat(made.exit).as(made.err).isZero();
        assertThat(made.json().path("user").asString()).isEqualTo("admin");
        assertThat(made.json().path("password").asString()).hasSize(20);

        Path chosen = Files.writeString(folder.resolve("new.txt"), "chosen by hand\n");
        Run again = run("password", "--user", "Admin", "--password-file", data(chosen), "--data-dir", data(other));
        assertThat(again.exit).as(again.err).isZero();
        assertThat(again.out).doesNotContain("chosen by hand");

        Run unknown = run("password", "--user", "nobody", "--data-dir", data(other));
        assertThat(unknown.exit).isEqualTo(2);
        assertThat(unknown.err).contains("There is no account of that name.");
        try (InstanceLock lock = InstanceLock.acquire(other);
                EmbeddedDatabase embedded = EmbeddedDatabase.start(other, folder.resolve("cache"))) {
            assertThat(lock).isNotNull();
            DataSource owner = embedded.database().asOwner();
            assertThat(text(
                            owner,
                            "SELECT count(*)::text FROM audit_event WHERE action = 'password.reset'"
                                    + " AND subject = 'admin' AND detail = '{\"after\": {\"by\": \"command\"}}'"))
                    .isEqualTo("2");
            assertThat(text(owner, "SELECT password_hash FROM account")).startsWith("{pbkdf2}");
        }
    }

    @Test
    @Order(3)
    void a_restore_into_an_empty_folder_brings_everything_back() throws Exception {
        Path target = folder.resolve("restored");
        Run restored = run("restore", "--data-dir", data(target), backup().toString());
        assertThat(restored.exit).as(restored.err).isZero();
        assertThat(restored.json().path("tables").path("audit_event").asInt()).isEqualTo(2);
        assertThat(target.resolve("restore.unfinished")).doesNotExist();
        // a password of its own
        assertThat(Files.readString(target.resolve("database.password")))
                .isNotEqualTo(Files.readString(data().resolve("database.password")));
        Run verified = run("verify", "--data-dir", data(target));
        assertThat(verified.exit).as(verified.err).isZero();
        assertThat(verified.json().path("pictures").path("checked").asInt()).isEqualTo(1);
        assertThat(ObjectStore.in(target.resolve("objects")).find(ObjectStore.keyOf(sha256(PICTURE))))
                .isPresent();
    }

    @Test
    @Order(4)
    void a_folder_that_is_not_empty_is_refused_by_what_it_holds() throws Exception {
        Run refused = run("restore", "--data-dir", data(data()), backup().toString());
        assertThat(refused.exit).isEqualTo(2);
        assertThat(refused.err).contains(data() + " is not empty", "postgres", "objects");

        Path other = Files.createDirectories(folder.resolve("other"));
        Files.writeString(other.resolve("thesis.txt"), "precious");
        assertThat(run("restore", "--data-dir", data(other), backup().toString()).err)
                .contains("thesis.txt");
        assertThat(other.resolve("thesis.txt")).hasContent("precious");
    }

    @Test
    @Order(5)
    void a_damaged_file_leaves_no_folder_half_full() throws Exception {
        byte[] bytes = Files.readAllBytes(backup());
        bytes[bytes.length / 2] ^= 1;
        Path damaged = Files.write(folder.resolve("damaged.backup"), bytes);
        Path target = folder.resolve("never");
        Run refused = run("restore", "--data-dir", data(target), damaged.toString());
        assertThat(refused.exit).isEqualTo(2);
        assertThat(refused.err).contains("is damaged", "Nothing was restored");
        assertThat(target).doesNotExist();
    }

    @Test
    @Order(6)
    void a_restore_that_was_killed_is_begun_anew() throws Exception {
        Path target = Files.createDirectories(folder.resolve("killed"));
        Files.writeString(target.resolve("restore.unfinished"), "own");
        Files.createDirectories(target.resolve("postgres/base"));
        Files.createDirectories(target.resolve("objects/ab"));
        Run restored = run("restore", "--data-dir", data(target), backup().toString());
        assertThat(restored.exit).as(restored.err).isZero();
        assertThat(target.resolve("restore.unfinished")).doesNotExist();
        assertThat(target.resolve("objects/ab")).doesNotExist();
    }

    @Test
    @Order(7)
    void what_was_changed_or_lost_is_said_with_its_place() throws Exception {
        Path object = data().resolve("objects").resolve(ObjectStore.keyOf(sha256(PICTURE)));
        Files.writeString(object, "another");
        Run verified = run("verify", "--data-dir", data(data()));
        assertThat(verified.exit).isEqualTo(1);
        assertThat(verified.json().path("intact").asBoolean()).isFalse();
        assertThat(verified.err).contains(sha256(PICTURE), "is not what its name says");
        ObjectStore.in(data().resolve("objects")).put(ObjectStore.keyOf(sha256("nobody's")), new byte[] {1});
        Run objects = run("objects", "verify", "--data-dir", data(data()));
        assertThat(objects.exit).isEqualTo(1);
        assertThat(objects.json().path("files").path("wrong").asInt()).isEqualTo(1);
        assertThat(objects.json().path("stored").asInt()).isEqualTo(2);
        assertThat(objects.json().path("unreferenced").asInt()).isEqualTo(1);
        assertThat(objects.err).contains(sha256(PICTURE), "is not what its name says");

        Run made = run(
                "backup",
                "--data-dir",
                data(data()),
                folder.resolve("second.backup").toString());
        assertThat(made.exit).isEqualTo(1);
        assertThat(made.err).contains("missing or damaged", sha256(PICTURE));
    }

    @Test
    @Order(8)
    void a_folder_without_data_is_bad_input() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        for (String command : Stream.of("backup", "verify").toList()) {
            Stream<String> file =
                    command.equals("backup") ? Stream.of(folder.resolve("x").toString()) : Stream.empty();
            Run refused = run(Stream.concat(Stream.of(command, "--data-dir", empty.toString()), file)
                    .toArray(String[]::new));
            assertThat(refused.exit).isEqualTo(2);
            assertThat(refused.err).contains("holds no database");
        }
        assertThat(empty).isEmptyDirectory();
    }

    @Test
    @Order(9)
    void a_server_that_is_asked_says_what_is_amiss_and_a_broken_answer_is_no_approval() throws IOException {
        try (StandInServer server = new StandInServer()) {
            server.answer("GET /api/v1/verification", 200, """
                            {"progress": "labels"}
                            {"report": {"intact": false, "campaigns": [{"name": "Cats", "campaign": "11", "chained": 3,\
                            "firstBreak": {"position": 2, "label": "77", "what": "the label is missing"}}]}}
                            """);
            Run verified = run("verify", "--server", server.url(), "--token", StandInServer.TOKEN);
            assertThat(verified.exit).as(verified.err).isEqualTo(1);
            assertThat(verified.err).contains("labels", "Cats", "entry 2, label 77: the label is missing");
        }
        try (StandInServer server = new StandInServer()) {
            server.answer("GET /api/v1/verification", 200, "{\"progress\": \"labels\"}\n");
            Run broken = run("verify", "--server", server.url(), "--token", StandInServer.TOKEN);
            assertThat(broken.exit).isEqualTo(1);
            assertThat(broken.err).contains("did not end the verification");
        }
    }

    @Test
    @Order(10)
    void pictures_that_were_there_before_a_killed_restore_stay() throws Exception {
        Path target = Files.createDirectories(folder.resolve("given"));
        Files.writeString(target.resolve("restore.unfinished"), "given");
        Files.createDirectories(target.resolve("postgres/base"));
        Path original = Files.createDirectories(target.resolve("objects/ab")).resolve("original");
        Files.writeString(original, "precious");
        Run refused = run("restore", "--data-dir", data(target), backup().toString());
        assertThat(refused.exit).as(refused.err).isEqualTo(2);
        assertThat(refused.err).contains("is not empty: it holds objects.");
        assertThat(original).hasContent("precious");
        assertThat(target.resolve("postgres")).doesNotExist();
    }

    @Test
    @Order(11)
    void a_folder_with_a_part_of_the_data_is_neither_backed_up_nor_verified() throws Exception {
        Path target = Files.createDirectories(folder.resolve("part"));
        Files.writeString(target.resolve("restore.unfinished"), "own");
        Files.createDirectories(target.resolve("postgres"));
        Path file = folder.resolve("part.backup");
        for (Run refused : List.of(
                run("backup", "--data-dir", data(target), file.toString()),
                run("verify", "--data-dir", data(target)))) {
            assertThat(refused.exit).isEqualTo(1);
            assertThat(refused.err).contains("did not end", "Run diptych restore again");
        }
        assertThat(file).doesNotExist();
        assertThat(target.resolve("app.lock")).doesNotExist();
    }

    @Test
    @Order(12)
    void beside_a_database_of_its_own_a_folder_is_touched_by_one_restore_and_only_when_the_database_is_empty(
            CapturedOutput log) throws Exception {
        Path target = Files.createDirectories(folder.resolve("external"));
        Path object = Files.createDirectories(target.resolve("objects/ab")).resolve("left");
        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
            DataSource administrator = server.getPostgresDatabase();
            execute(administrator, "CREATE ROLE diptych LOGIN", "CREATE DATABASE installation OWNER diptych");
            String url = server.getJdbcUrl("diptych", "installation");
            String[] restore = {"restore", "--data-dir", data(target), "--database-url", url, backup().toString()};
            Files.writeString(target.resolve("restore.unfinished"), "own");
            Files.writeString(object, "left by the killed one");
            try (InstanceLock lock = InstanceLock.acquire(target)) {
                assertThat(lock).isNotNull();
                Run second = run(restore);
                assertThat(second.exit).isEqualTo(1);
                assertThat(second.err).contains("is using the data folder");
            }
            execute(server.getDatabase("diptych", "installation"), "CREATE TABLE label (id integer)");
            Run refused = run(restore);
            assertThat(refused.exit).isEqualTo(2);
            assertThat(refused.err).contains("is not empty: it holds label");
            assertThat(object).exists();
            assertThat(target.resolve("restore.unfinished")).exists();

            execute(server.getDatabase("diptych", "installation"), "DROP TABLE label");
            Run restored = run(restore);
            assertThat(restored.exit).as(restored.err).isZero();
            assertThat(object).doesNotExist();
            assertThat(target.resolve("restore.unfinished")).doesNotExist();

            rightsBesideOtherRoles(server);
            assertThat(log).contains("The role application", "an owner over table protocol", "Two roles are needed");
        }
    }

    /** The application's own table, one of somebody else, and a schema that is closed to the public. */
    private static void rightsBesideOtherRoles(EmbeddedPostgres server) throws SQLException {
        execute(
                server.getDatabase("postgres", "installation"),
                "CREATE ROLE application LOGIN",
                "CREATE ROLE somebody",
                "REVOKE USAGE ON SCHEMA public FROM PUBLIC",
                "GRANT ALL ON SCHEMA public TO diptych WITH GRANT OPTION",
                "CREATE TABLE a_copy AS SELECT * FROM label",
                "ALTER TABLE a_copy OWNER TO somebody",
                "CREATE TABLE notes (id integer)",
                "ALTER TABLE notes OWNER TO application",
                "ALTER TABLE protocol OWNER TO application");
        // with the rights of both, as who went over from one role to two may have
        execute(server.getDatabase("postgres", "installation"), "GRANT application TO diptych");
        ApplicationRights.grant(server.getDatabase("diptych", "installation"), "application");
        DataSource application = server.getDatabase("application", "installation");
        execute(
                application,
                "SELECT * FROM label",
                "SELECT * FROM protocol",
                "INSERT INTO notes VALUES (1)",
                "SELECT * FROM notes");
        assertThatThrownBy(() -> execute(application, "DELETE FROM label")).hasMessageContaining("permission denied");
        assertThatThrownBy(() -> execute(application, "SELECT * FROM a_copy"))
                .hasMessageContaining("permission denied");
    }
}
