package org.diptych.service.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.diptych.service.ServiceTest;
import org.diptych.service.image.ObjectStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Backups of earlier versions come into this one as an installation of theirs would. */
@ServiceTest
class OlderBackupIT {
    /** An installation in use, in columns that every version from the ninth on has, with a time that later rules refuse. */
    private static final String IN_USE = """
            INSERT INTO protocol (sha256, id, version, document) VALUES (repeat('a', 64), 'p', 1, E'text\\twith\\\\n\\nlines');
            INSERT INTO account (name, display_name, role) VALUES ('ann', 'Ann', 'ANNOTATOR'), ('bob', 'Bob', 'ANNOTATOR');
            INSERT INTO campaign (name, protocol_sha256) VALUES ('campaign', repeat('a', 64));
            INSERT INTO item (campaign_id, external_id, instruction, source_sha256)
                SELECT id, 'i', 'Make it ' || chr(30333) || '.', (SELECT sha256 FROM image) FROM campaign;
            INSERT INTO candidate (campaign_id, item_id, ordinal, model, path, image_sha256)
                SELECT campaign_id, id, o, 'm', 'p', source_sha256 FROM item, generate_series(1, 2) o;
            INSERT INTO pair (campaign_id, item_id, first_candidate_id, second_candidate_id, stratum)
                SELECT i.campaign_id, i.id, a.id, b.id, 'UNIFORM' FROM item i
                JOIN candidate a ON a.item_id = i.id AND a.ordinal = 1 JOIN candidate b ON b.item_id = i.id AND b.ordinal = 2;
            INSERT INTO slot (pair_id, ordinal, campaign_id, stratum)
                SELECT id, o, campaign_id, stratum FROM pair, generate_series(0, 2) o;
            INSERT INTO assignment (campaign_id, pair_id, annotator_id, slot, state, fencing_token, expires_at, swapped)
                SELECT p.campaign_id, p.id, a.id, CASE a.name WHEN 'ann' THEN 0 ELSE 1 END,
                    CASE a.name WHEN 'ann' THEN 'LABELLED' ELSE 'LEASED' END, nextval('fencing_token'), now(), false
                    FROM pair p, account a;
            INSERT INTO label (id, campaign_id, pair_id, annotator_id, assignment_id, slot, kind, protocol_sha256, answers,
                    verdicts, swapped, stratum, selection_probability, fencing_token, active_milliseconds)
                SELECT gen_random_uuid(), campaign_id, pair_id, annotator_id, id, 0, 'ANSWER', repeat('a', 64), '{}', '{}',
                    false, 'UNIFORM', 0.1, 1, 9223372036854775807 FROM assignment WHERE state = 'LABELLED';
            UPDATE slot SET state = 'FILLED', assignment_id = l.assignment_id, label_id = l.id FROM label l
                WHERE slot.ordinal = 0;
            UPDATE slot SET state = 'LEASED', assignment_id = a.id, expires_at = now() FROM assignment a
                WHERE a.state = 'LEASED' AND slot.ordinal = 1;
            INSERT INTO candidate_feature SELECT id, 'e', '\\x00ff0a5c' FROM candidate;
            INSERT INTO audit_event (action) VALUES ('one'), ('two')""";

    private static final List<String> QUESTIONS = List.of(
            "SELECT label::text FROM label",
            "SELECT slot::text FROM slot ORDER BY ordinal",
            "SELECT assignment::text FROM assignment ORDER BY id",
            "SELECT document FROM protocol",
            "SELECT instruction FROM item",
            "SELECT candidate_feature::text FROM candidate_feature ORDER BY candidate_id",
            "SELECT candidate_evidence::text FROM candidate_evidence ORDER BY candidate_id",
            "SELECT audit_event::text FROM audit_event ORDER BY id");

    @Autowired
    DataSource database;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"9", "17", "22"})
    void a_backup_of_an_earlier_schema_is_brought_up_to_date_like_the_installation_itself(String version)
            throws Exception {
        var source = TestDatabases.empty(database);
        TestDatabases.migrate(source, version.equals("22") ? "22" : "9");
        var store = ObjectStore.in(folder.resolve("objects"));
        TestDatabases.execute(source, BackupIT.image(BackupIT.picture(store, "a picture")));
        TestDatabases.execute(source, version.equals("22") ? IN_USE.replace("9223372036854775807", "5") : IN_USE);
        TestDatabases.migrate(source, version);
        var written = BackupIT.backup(source, store, Pictures.INCLUDED, folder.resolve("backup"));
        assertThat(written.header().schema()).isEqualTo("%04d".formatted(Integer.parseInt(version)));

        var target = TestDatabases.empty(database);
        BackupIT.restore(written.file(), target, ObjectStore.in(folder.resolve("restored")));

        TestDatabases.migrate(source, "latest");
        for (var question : QUESTIONS) {
            assertThat(TestDatabases.texts(target, question))
                    .as(question)
                    .isNotEmpty()
                    .isEqualTo(TestDatabases.texts(source, question));
        }
        // the first identity after a restore is the next one
        TestDatabases.execute(target, "INSERT INTO audit_event (action) VALUES ('three')");
        assertThat(TestDatabases.texts(target, "SELECT id FROM audit_event ORDER BY id"))
                .containsExactly("1", "2", "3");
        assertThat(TestDatabases.number(target, "SELECT nextval('fencing_token')"))
                .isEqualTo(3);
    }

    @Test
    void an_installation_that_has_lost_rows_is_restored_all_the_same_and_says_so() throws Exception {
        var source = TestDatabases.empty(database);
        TestDatabases.migrate(source, "latest");
        var store = ObjectStore.in(folder.resolve("objects"));
        TestDatabases.execute(source, BackupIT.image(BackupIT.picture(store, "a picture")));
        TestDatabases.execute(source, IN_USE.replace("9223372036854775807", "5"));
        TestDatabases.execute(
                source,
                "SET session_replication_role = replica; DELETE FROM label; SET session_replication_role = origin");
        var written = BackupIT.backup(source, store, Pictures.INCLUDED, folder.resolve("backup"));
        var target = TestDatabases.empty(database);
        var said = new ArrayList<String>();
        Restore.of(written.file(), said::add).into(target, ObjectStore.in(folder.resolve("restored")), folder);
        assertThat(said).anyMatch(line -> line.contains("Warning") && line.contains("slot_label_id_fkey"));
        assertThat(TestDatabases.number(target, "SELECT count(*) FROM slot WHERE state = 'FILLED'"))
                .isEqualTo(1);
    }

    @Test
    void a_backup_of_a_newer_version_is_refused_before_anything_is_written() throws Exception {
        var source = TestDatabases.empty(database);
        TestDatabases.migrate(source, "latest");
        TestDatabases.execute(source, """
                INSERT INTO flyway_schema_history
                SELECT max(installed_rank) + 1, '9000', 'from the future', 'SQL', 'V9000__from_the_future.sql', 1, 'diptych',
                    now(), 1, true FROM flyway_schema_history""");
        var written = BackupIT.backup(
                source, ObjectStore.in(folder.resolve("objects")), Pictures.INCLUDED, folder.resolve("backup"));
        assertThatThrownBy(() -> Restore.of(written.file(), _ -> {}))
                .isInstanceOf(BackupProblem.class)
                .hasMessageContaining("newer version of Diptych")
                .hasMessageContaining("9000");
    }
}
