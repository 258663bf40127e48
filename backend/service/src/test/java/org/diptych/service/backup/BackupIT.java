package org.diptych.service.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.diptych.service.CampaignFixture;
import org.diptych.service.ServiceTest;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.SignedIn;
import org.diptych.service.assignment.AssignmentService;
import org.diptych.service.image.ObjectStore;
import org.diptych.service.label.LabelService;
import org.diptych.service.label.TestSubmissions;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Backups of a real database while people label, and what comes out of them. */
@ServiceTest
// while the database that all classes share is small: it is backed up whole, several times
@Order(1)
class BackupIT {
    private static final int ANNOTATORS = 6;

    @Autowired
    DataSource database;

    @Autowired
    AssignmentService assignments;

    @Autowired
    LabelService labels;

    @Autowired
    AccountService accounts;

    @Autowired
    JdbcClient jdbc;

    @TempDir
    Path folder;

    @Test
    void a_backup_taken_while_people_label_holds_one_moment_and_restores_to_it() throws Exception {
        var fixture = new CampaignFixture(jdbc, accounts);
        var campaign = fixture.campaign("edit-preference-v1", 150, 3);
        var store = ObjectStore.in(folder.resolve("objects"));
        var picture = picture(store, "a picture");
        TestDatabases.execute(database, image(picture));
        var stopped = new AtomicBoolean();
        var acknowledged = new AtomicInteger();
        var backups = new ArrayList<Backup.Written>();
        var before = new ArrayList<Integer>();
        try (var threads = Executors.newFixedThreadPool(ANNOTATORS)) {
            var runs = new ArrayList<Future<?>>();
            for (var annotator : fixture.annotators(campaign, ANNOTATORS)) {
                runs.add(threads.submit(() -> label(annotator, campaign, stopped, acknowledged)));
            }
            for (int i = 0; i < 3; i++) {
                int reached = 20 * (i + 1);
                while (acknowledged.get() < reached) {
                    Thread.onSpinWait();
                }
                before.add(acknowledged.get());
                backups.add(backup(database, store, Pictures.INCLUDED, folder.resolve("backup-" + i)));
            }
            stopped.set(true);
            for (var run : runs) {
                run.get();
            }
        }

        for (int i = 0; i < backups.size(); i++) {
            assertThat(backups.get(i).labels()).isGreaterThanOrEqualTo(before.get(i));
        }
        var restored = TestDatabases.empty(database);
        var objects = ObjectStore.in(folder.resolve("restored"));
        restore(backups.getLast().file(), restored, objects);

        assertThat(TestDatabases.number(restored, "SELECT count(*) FROM label"))
                .isEqualTo(backups.getLast().labels());
        // one moment: a slot is filled if and only if its label is there
        assertThat(TestDatabases.number(restored, """
                        SELECT count(*) FROM slot s LEFT JOIN label l ON l.id = s.label_id
                        WHERE (s.state = 'FILLED') IS DISTINCT FROM (l.id IS NOT NULL)""")).isZero();
        assertThat(TestDatabases.number(restored, """
                        SELECT count(*) FROM label l WHERE campaign_id = '%s'
                        AND NOT EXISTS (SELECT 1 FROM slot s WHERE s.label_id = l.id)""".formatted(campaign))).isZero();
        assertThat(TestDatabases.texts(restored, "SELECT l::text FROM label l ORDER BY sequence"))
                .isSubsetOf(TestDatabases.texts(database, "SELECT l::text FROM label l"));
        assertThat(objects.find(ObjectStore.keyOf(picture))).isPresent();
        assertThat(rulesOf(restored)).isEqualTo(rulesOf(database));
        numbersGoOn(restored);
        assertThatThrownBy(() -> TestDatabases.execute(restored, "UPDATE label SET comment = 'x'"))
                .hasMessageContaining("append-only");
    }

    @Test
    void verdicts_objections_and_their_queue_come_back_as_they_were_and_stay_append_only() throws Exception {
        var fixture = new CampaignFixture(jdbc, accounts);
        var campaign = fixture.campaign("edit-preference-v1", 2, 2);
        for (var annotator : fixture.annotators(campaign, 2)) {
            for (var assignment : assignments.claim(annotator, campaign, 5).assignments()) {
                labels.submit(annotator, TestSubmissions.rated(assignment, 4, 1));
            }
        }
        jdbc.sql("""
                        WITH said AS (SELECT * FROM label WHERE campaign_id = ? ORDER BY sequence LIMIT 1),
                        verdict AS (
                            INSERT INTO adjudication (campaign_id, pair_id, protocol_sha256, answers, verdicts, reason, swapped,
                                adjudicator_id)
                            SELECT campaign_id, pair_id, protocol_sha256, answers, verdicts, 'why', false, annotator_id FROM said
                            RETURNING *),
                        against AS (
                            INSERT INTO objection (adjudication_id, label_id, campaign_id, pair_id, annotator_id, words)
                            SELECT v.id, s.id, v.campaign_id, v.pair_id, s.annotator_id, 'no' FROM verdict v, said s RETURNING *)
                        INSERT INTO objection_answer (objection_id, campaign_id, accepted, answered_by)
                        SELECT id, campaign_id, true, annotator_id FROM against""").param(campaign).update();
        var store = ObjectStore.in(folder.resolve("objects"));
        var backup = backup(database, store, Pictures.REFERENCED, folder.resolve("backup"));
        var restored = TestDatabases.empty(database);
        restore(backup.file(), restored, store);

        for (var table : List.of("adjudication", "objection", "objection_answer", "adjudication_queue")) {
            var rows = "SELECT t::text FROM " + table + " t ORDER BY 1";
            assertThat(TestDatabases.texts(restored, rows))
                    .as(table)
                    .isNotEmpty()
                    .isEqualTo(TestDatabases.texts(database, rows));
        }
        for (var table : List.of("adjudication", "objection", "objection_answer")) {
            assertThatThrownBy(() -> TestDatabases.execute(restored, "DELETE FROM " + table))
                    .hasMessageContaining("append-only");
        }
    }

    /** Constraints and triggers: nothing that was set aside stays so. */
    private static List<String> rulesOf(DataSource database) throws SQLException {
        // a condition that is written down and read again loses parentheses that say nothing
        var rules = new ArrayList<>(TestDatabases.texts(database, """
                        SELECT conrelid::regclass || ' ' || conname || ' ' || translate(pg_get_constraintdef(oid), '()', '')
                        FROM pg_constraint
                        WHERE conrelid <> 0 AND connamespace = 'public'::regnamespace ORDER BY 1"""));
        rules.addAll(TestDatabases.texts(database, """
                        SELECT tgrelid::regclass || ' ' || tgname || ' ' || tgenabled::text FROM pg_trigger
                        WHERE NOT tgisinternal ORDER BY 1"""));
        return rules;
    }

    private static void numbersGoOn(DataSource restored) throws SQLException {
        assertThat(TestDatabases.number(restored, "SELECT nextval('fencing_token')"))
                .isGreaterThan(TestDatabases.number(restored, "SELECT max(fencing_token) FROM assignment"));
        assertThat(TestDatabases.number(restored, "SELECT nextval(pg_get_serial_sequence('label', 'sequence'))"))
                .isGreaterThan(TestDatabases.number(restored, "SELECT max(sequence) FROM label"));
    }

    private void label(SignedIn annotator, UUID campaign, AtomicBoolean stopped, AtomicInteger acknowledged) {
        while (!stopped.get()) {
            for (var assignment : assignments.claim(annotator, campaign, 2).assignments()) {
                labels.submit(annotator, TestSubmissions.rated(assignment, 4, 2));
                acknowledged.incrementAndGet();
            }
        }
    }

    @Test
    void a_database_that_is_not_empty_is_refused_by_the_name_of_what_it_holds() throws Exception {
        var target = TestDatabases.empty(database);
        TestDatabases.execute(target, "CREATE TABLE invoices (id integer)");
        assertThatThrownBy(() -> Restore.requireEmpty(target, "jdbc:postgresql://host/other"))
                .isInstanceOf(BackupProblem.class)
                .hasMessageContaining("jdbc:postgresql://host/other is not empty: it holds invoices");
    }

    @Test
    void pictures_that_are_only_named_must_be_in_the_target_and_be_the_same() throws Exception {
        var source = TestDatabases.empty(database);
        TestDatabases.migrate(source, "latest");
        var store = ObjectStore.in(folder.resolve("objects"));
        var sha256 = picture(store, "a picture");
        TestDatabases.execute(source, image(sha256));
        var written = backup(source, store, Pictures.REFERENCED, folder.resolve("backup"));
        assertThat(written.contents().objects().count()).isEqualTo(1);
        assertThat(written.contents().missing()).isEmpty();

        var without = TestDatabases.empty(database);
        assertThatThrownBy(() -> restore(written.file(), without, ObjectStore.in(folder.resolve("nothing"))))
                .isInstanceOf(BackupProblem.class)
                .hasMessageContaining(ObjectStore.keyOf(sha256));
        assertThat(Catalog.relations(without.getConnection())).isEmpty();

        restore(written.file(), without, store);
        assertThat(TestDatabases.texts(without, "SELECT sha256 FROM image")).containsExactly(sha256);

        var damaged = folder.resolve("damaged");
        ObjectStore.in(damaged).put(ObjectStore.keyOf(sha256), "b picture".getBytes(StandardCharsets.UTF_8));
        var other = TestDatabases.empty(database);
        assertThatThrownBy(() -> restore(written.file(), other, ObjectStore.in(damaged)))
                .hasMessageContaining("it is damaged");
    }

    @Test
    void a_picture_that_the_installation_has_lost_is_named_and_everything_else_is_saved() throws Exception {
        var source = TestDatabases.empty(database);
        TestDatabases.migrate(source, "latest");
        var store = ObjectStore.in(folder.resolve("objects"));
        var kept = picture(store, "kept");
        var lost = "1".repeat(64);
        var changed = "2".repeat(64);
        store.put(ObjectStore.keyOf(changed), "not what its name says".getBytes(StandardCharsets.UTF_8));
        for (var sha256 : List.of(kept, lost, changed)) {
            TestDatabases.execute(source, image(sha256));
        }
        var written = backup(source, store, Pictures.INCLUDED, folder.resolve("backup"));
        assertThat(written.contents().missing())
                .containsExactlyInAnyOrder(ObjectStore.keyOf(lost), ObjectStore.keyOf(changed));
        assertThat(written.contents().objects().count()).isEqualTo(1);
        assertThat(Restore.of(written.file(), _ -> {}).contents()).isEqualTo(written.contents());
    }

    @Test
    void a_backup_goes_to_no_file_that_is_there_and_leaves_nothing_where_it_fails() throws Exception {
        var file = Files.writeString(folder.resolve("backup"), "precious");
        var store = ObjectStore.in(folder.resolve("objects"));
        assertThatThrownBy(() -> backup(database, store, Pictures.INCLUDED, file))
                .isInstanceOf(BackupProblem.class)
                .hasMessageContaining("is there already");
        assertThat(file).hasContent("precious");
        assertThatThrownBy(() -> backup(database, store, Pictures.INCLUDED, folder.resolve("no/such/backup")))
                .isInstanceOf(BackupProblem.class)
                .hasMessageContaining("There is no folder");
        var foreign = TestDatabases.empty(database);
        assertThatThrownBy(() -> backup(foreign, store, Pictures.INCLUDED, folder.resolve("other")))
                .isInstanceOf(BackupProblem.class)
                .hasMessageContaining("holds no data of Diptych");
        assertThat(folder).isDirectoryNotContaining(path -> path.toString().contains("other"));
    }

    @Test
    void a_backup_that_was_made_meanwhile_under_the_same_name_stays_and_nothing_else() throws Exception {
        var source = TestDatabases.empty(database);
        TestDatabases.migrate(source, "latest");
        var store = ObjectStore.in(folder.resolve("objects"));
        var file = folder.resolve("backup");
        var other = new ArrayList<Backup.Written>();
        try (var connection = source.getConnection()) {
            var slow = new Backup(store, Pictures.INCLUDED, "slow", _ -> {
                if (other.isEmpty()) {
                    try {
                        other.add(backup(source, store, Pictures.INCLUDED, file));
                    } catch (IOException | SQLException e) {
                        throw new IllegalStateException(e);
                    }
                }
            });
            assertThatThrownBy(() -> slow.write(connection, file))
                    .isInstanceOf(BackupProblem.class)
                    .hasMessageContaining("made by somebody else meanwhile");
        }
        assertThat(Restore.of(file, _ -> {}).contents())
                .isEqualTo(other.getFirst().contents());
        assertThat(Restore.of(file, _ -> {}).header().product()).isEqualTo("test");
        try (var files = Files.list(folder)) {
            assertThat(files.filter(Files::isRegularFile)).containsExactly(file);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void tables_that_somebody_else_keeps_in_the_schema_are_left_out_of_a_restore_and_named() throws Exception {
        var source = TestDatabases.empty(database);
        TestDatabases.migrate(source, "latest");
        var store = ObjectStore.in(folder.resolve("objects"));
        var sha256 = picture(store, "a picture");
        TestDatabases.execute(source, image(sha256));
        TestDatabases.execute(source, """
                CREATE TABLE image_copy AS SELECT * FROM image;
                CREATE TABLE "before/after the move" (id bigserial, place text);
                INSERT INTO "before/after the move" (place) VALUES ('here'), ('there')""");
        var written = backup(source, store, Pictures.INCLUDED, folder.resolve("backup"));

        var target = TestDatabases.empty(database);
        var said = new ArrayList<String>();
        var restore = Restore.of(written.file(), said::add);
        restore.into(target, ObjectStore.in(folder.resolve("restored")), folder);
        assertThat(restore.foreign()).containsExactlyInAnyOrder("image_copy", "before/after the move");
        assertThat(said)
                .anyMatch(line -> line.startsWith("Warning") && line.contains("table image_copy"))
                .anyMatch(line -> line.startsWith("Warning") && line.contains("table before/after the move"))
                .anyMatch(line -> line.startsWith("Warning") && line.contains("sequence before/after the move_id_seq"));
        assertThat(TestDatabases.texts(target, "SELECT sha256 FROM image")).containsExactly(sha256);
        assertThat(Catalog.relations(target.getConnection())).doesNotContain("image_copy");

        TestDatabases.execute(source, "ALTER TABLE image ADD COLUMN seen_by text");
        var altered = backup(source, store, Pictures.INCLUDED, folder.resolve("altered"));
        var other = TestDatabases.empty(database);
        assertThatThrownBy(() -> restore(altered.file(), other, ObjectStore.in(folder.resolve("other"))))
                .isInstanceOf(BackupProblem.class)
                .hasMessageContaining("seen_by");
    }

    @Test
    void a_table_of_somebody_else_that_cannot_be_read_is_left_out_and_one_of_ours_is_not() throws Exception {
        var source = TestDatabases.empty(database);
        TestDatabases.migrate(source, "latest");
        var store = ObjectStore.in(folder.resolve("objects"));
        var names = UUID.randomUUID().toString().replace("-", "");
        TestDatabases.execute(source, """
                CREATE ROLE reader_%1$s; CREATE ROLE somebody_%1$s;
                GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader_%1$s;
                GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO reader_%1$s;
                CREATE TABLE closed (id integer); ALTER TABLE closed OWNER TO somebody_%1$s""".formatted(names));
        var said = new ArrayList<String>();
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("SET ROLE reader_" + names);
            var backup = new Backup(store, Pictures.INCLUDED, "test", said::add);
            assertThat(backup.write(connection, folder.resolve("backup"))
                            .contents()
                            .tables())
                    .containsKey("label")
                    .doesNotContainKey("closed");
            assertThat(said).anyMatch(line -> line.startsWith("Warning") && line.contains("closed"));
            TestDatabases.execute(source, "REVOKE SELECT ON label FROM reader_" + names);
            assertThatThrownBy(() -> backup.write(connection, folder.resolve("other")))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("permission denied for table label");
        }
    }

    static String picture(ObjectStore store, String content) throws IOException {
        var bytes = content.getBytes(StandardCharsets.UTF_8);
        var sha256 = Digests.of(bytes);
        store.put(ObjectStore.keyOf(sha256), bytes);
        return sha256;
    }

    static String image(String sha256) {
        return "INSERT INTO image (sha256, media_type, width, height, bytes) VALUES ('" + sha256
                + "', 'image/png', 1, 1, 1)";
    }

    static Backup.Written backup(DataSource source, ObjectStore store, Pictures pictures, Path file)
            throws IOException, SQLException {
        try (var connection = source.getConnection()) {
            return new Backup(store, pictures, "test", _ -> {}).write(connection, file);
        }
    }

    static void restore(Path file, DataSource target, ObjectStore objects) throws IOException, SQLException {
        var staging = Files.createTempDirectory("restore");
        Restore.of(file, _ -> {}).into(target, objects, staging);
        assertThat(staging).isEmptyDirectory();
    }
}
