package org.diptych.service.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import javax.sql.DataSource;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.diptych.service.ServiceTest;
import org.diptych.service.image.ObjectStore;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

/** A backup of which a byte is another, or the end is missing, is refused with the place before anything is written. */
@ServiceTest
class DamagedBackupIT {
    private static final String PICTURE = "a picture that stands in the file as it is";

    @Autowired
    DataSource database;

    @TempDir
    Path folder;

    /** Where the content of each member begins. */
    private static final Map<String, Integer> members = new LinkedHashMap<>();

    private static Path backup;
    private static Path pictures;
    private static byte[] whole;

    @BeforeAll
    static void backup(@Autowired DataSource database, @TempDir Path shared) throws Exception {
        // of its own, and small: it is read hundreds of times
        var source = TestDatabases.empty(database);
        TestDatabases.migrate(source, "latest");
        TestDatabases.execute(source, """
                INSERT INTO protocol (sha256, id, version, document) VALUES (repeat('a', 64), 'p', 1, E'text\\twith\\\\n\\nlines');
                INSERT INTO account (name, display_name, role) VALUES ('ann', 'Ann', 'ANNOTATOR')""");
        pictures = shared.resolve("objects");
        var store = ObjectStore.in(pictures);
        TestDatabases.execute(source, BackupIT.image(BackupIT.picture(store, PICTURE)));
        var written = BackupIT.backup(source, store, Pictures.INCLUDED, shared.resolve("backup"));
        backup = written.file();
        whole = Files.readAllBytes(backup);
        var bytes = new ByteArrayInputStream(whole);
        try (var tar = new TarArchiveInputStream(bytes, Members.RECORD, "UTF-8")) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                members.put(entry.getName(), whole.length - bytes.available());
            }
        }
        assertThat(Restore.of(written.file(), _ -> {}).contents()).isEqualTo(written.contents());
    }

    private Throwable check(byte[] content) throws IOException {
        var file = Files.write(folder.resolve("damaged"), content);
        return catchThrowable(() -> BackupReader.read(file, new BackupVisitor() {}));
    }

    private byte[] flipped(int place) {
        var copy = whole.clone();
        copy[place] ^= 0x20;
        return copy;
    }

    @Test
    void a_byte_changed_in_any_kind_of_member_is_named_with_member_and_place() throws Exception {
        for (var kind :
                new String[] {"diptych-backup.json", "tables/account/000001.copy.gz", "objects/", "contents.json"}) {
            var member = members.entrySet().stream()
                    .filter(entry -> entry.getKey().startsWith(kind))
                    .findFirst()
                    .orElseThrow();
            assertThat(check(flipped(member.getValue() + 20)))
                    .isInstanceOf(DamagedBackupException.class)
                    .hasMessageContaining("damaged in " + member.getKey() + " at byte " + member.getValue());
        }
    }

    @Test
    void no_changed_byte_goes_unseen_wherever_it_is() throws Exception {
        var random = new Random(7);
        var places = random.ints(200, 0, whole.length).boxed().toList();
        for (int place : places) {
            assertThat(check(flipped(place)))
                    .as("byte %d of %d", place, whole.length)
                    .isInstanceOfAny(DamagedBackupException.class, BackupProblem.class);
        }
        // the end states the digest of all the rest: nothing states its own
        for (int place = whole.length - Members.TRAILER; place < whole.length; place += 41) {
            assertThat(check(flipped(place)))
                    .as("byte %d of %d", place, whole.length)
                    .isNotNull();
        }
    }

    @Test
    void a_file_that_is_cut_short_anywhere_is_refused_with_what_is_missing() throws Exception {
        var random = new Random(7);
        for (int length : random.ints(40, 1, whole.length).toArray()) {
            assertThat(check(Arrays.copyOf(whole, length)))
                    .as("%d of %d bytes", length, whole.length)
                    .isInstanceOfAny(DamagedBackupException.class, BackupProblem.class);
        }
        var picture = members.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("objects/"))
                .findFirst()
                .orElseThrow();
        assertThat(check(Arrays.copyOf(whole, picture.getValue() + 10)))
                .hasMessageContaining(picture.getKey())
                .hasMessageContaining("at byte " + picture.getValue())
                .hasMessageContaining("ends here");
        assertThat(check(Arrays.copyOf(whole, whole.length - Members.TRAILER)))
                .isInstanceOf(DamagedBackupException.class);
        assertThat(check(Arrays.copyOf(whole, whole.length + 1))).isInstanceOf(DamagedBackupException.class);
    }

    @Test
    void what_is_no_backup_is_refused_as_such() throws Exception {
        assertThat(check("PK, surely".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isInstanceOf(BackupProblem.class)
                .hasMessageContaining("no backup of Diptych");
        assertThat(check(new byte[0])).isInstanceOf(BackupProblem.class);
        assertThat(check(new byte[20_480])).isInstanceOf(BackupProblem.class);
        assertThatThrownBy(() -> Restore.of(folder.resolve("nothing"), _ -> {}))
                .isInstanceOf(BackupProblem.class)
                .hasMessageContaining("no such file");
    }

    @Test
    void a_database_that_does_not_take_the_rows_is_empty_again() throws Exception {
        var target = TestDatabases.empty(database);
        var full = ObjectStore.in(Files.createFile(folder.resolve("a-file-and-no-folder")));
        var restore = Restore.of(backup, _ -> {});
        assertThat(catchThrowable(() -> restore.into(target, full, pictures))).isNotNull();
        try (var connection = target.getConnection()) {
            assertThat(Catalog.relations(connection)).isEmpty();
        }
        restore.into(target, ObjectStore.in(folder.resolve("restored")), folder);
        assertThat(TestDatabases.number(target, "SELECT count(*) FROM protocol"))
                .isPositive();
    }
}
