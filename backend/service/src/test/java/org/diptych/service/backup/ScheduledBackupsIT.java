package org.diptych.service.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.diptych.service.ServiceTest;
import org.diptych.service.image.ObjectStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

/** Backups that the server makes by itself, at moments that a test sets. */
@ServiceTest
class ScheduledBackupsIT {
    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");

    @Autowired
    DataSource database;

    @TempDir
    Path folder;

    private DataSource source;

    @BeforeEach
    void migrate() throws Exception {
        source = TestDatabases.empty(database);
        TestDatabases.migrate(source, "latest");
    }

    private boolean madeAt(Instant moment, Path target) {
        var settings = new BackupSettings(target, Duration.ofHours(1), 2, Pictures.REFERENCED);
        return new ScheduledBackups(
                        settings,
                        source,
                        ObjectStore.in(folder.resolve("objects")),
                        Clock.fixed(moment, ZoneOffset.UTC))
                .makeWhenDue()
                .isPresent();
    }

    private List<String> files(Path target) throws Exception {
        try (var files = Files.list(target)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void one_is_made_when_it_is_due_and_the_oldest_goes_when_there_are_enough() throws Exception {
        var target = folder.resolve("new/backups");
        assertThat(madeAt(NOON, target)).isTrue();
        assertThat(madeAt(NOON.plus(Duration.ofMinutes(59)), target)).isFalse();
        assertThat(madeAt(NOON.plus(Duration.ofMinutes(60)), target)).isTrue();
        Files.writeString(target.resolve("diptych-20261128T130500Z.backup.part"), "left by a process that died");
        Files.writeString(target.resolve("of-my-own.backup"), "not made here");
        // off for a night: one, not all that were missed
        assertThat(madeAt(NOON.plus(Duration.ofHours(9)), target)).isTrue();
        assertThat(madeAt(NOON.plus(Duration.ofHours(9)), target)).isFalse();
        assertThat(files(target))
                .containsExactly(
                        "diptych-20261128T130000Z.backup", "diptych-20261128T210000Z.backup", "of-my-own.backup");
        assertThat(Restore.of(target.resolve("diptych-20261128T210000Z.backup"), _ -> {})
                        .header()
                        .pictures())
                .isEqualTo(Pictures.REFERENCED);
    }

    @Test
    void a_file_that_is_dated_in_the_future_keeps_no_backup_from_being_made_or_kept() throws Exception {
        var future = Files.writeString(folder.resolve("diptych-20991231T235959Z.backup"), "by a clock that was wrong");
        for (int hour = 0; hour < 3; hour++) {
            assertThat(madeAt(NOON.plus(Duration.ofHours(hour)), folder)).isTrue();
            assertThat(madeAt(NOON.plus(Duration.ofHours(hour)), folder)).isFalse();
        }
        assertThat(files(folder))
                .containsExactly(
                        "diptych-20261128T130000Z.backup",
                        "diptych-20261128T140000Z.backup",
                        String.valueOf(future.getFileName()));
    }

    @Test
    void while_the_installation_misses_pictures_no_backup_that_may_have_them_goes() throws Exception {
        assertThat(madeAt(NOON, folder)).isTrue();
        var draft = "diptych-20261128T123000Z.backup." + UUID.randomUUID();
        Files.writeString(folder.resolve(draft + ".part"), "left by a process that died");
        Files.writeString(folder.resolve(draft + ".keys"), "left by a process that died");
        var store = ObjectStore.in(folder.resolve("objects"));
        var picture = Digests.of("a picture".getBytes(StandardCharsets.UTF_8));
        TestDatabases.execute(source, BackupIT.image(picture));
        for (int hour = 1; hour < 4; hour++) {
            assertThat(madeAt(NOON.plus(Duration.ofHours(hour)), folder)).isTrue();
        }
        assertThat(files(folder)).hasSize(4);
        assertThat(BackupIT.picture(store, "a picture")).isEqualTo(picture);
        assertThat(madeAt(NOON.plus(Duration.ofHours(4)), folder)).isTrue();
        assertThat(files(folder))
                .containsExactly("diptych-20261128T150000Z.backup", "diptych-20261128T160000Z.backup", "objects");
    }

    @Test
    void a_folder_that_cannot_be_written_stops_nothing_and_leaves_nothing() throws Exception {
        var occupied = Files.writeString(folder.resolve("a-file"), "and no folder");
        assertThat(madeAt(NOON, occupied)).isFalse();
        assertThat(occupied).hasContent("and no folder");
    }

    @Test
    void without_a_folder_none_is_made() {
        assertThat(new ScheduledBackups(
                                new BackupSettings(null, Duration.ofHours(1), 2, Pictures.INCLUDED),
                                database,
                                ObjectStore.in(folder),
                                Clock.systemUTC())
                        .makeWhenDue())
                .isEmpty();
    }
}
