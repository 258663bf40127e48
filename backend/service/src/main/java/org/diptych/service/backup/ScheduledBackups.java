package org.diptych.service.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.diptych.service.image.ObjectStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Backups that the server makes by itself. What is in the folder says when the next one is due, so a server that was off makes
 * it when it is on again, and one that was moved goes on where the other stopped.
 */
@Service
public class ScheduledBackups {
    private static final Logger log = LoggerFactory.getLogger(ScheduledBackups.class);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final Pattern NAME = Pattern.compile("diptych-(\\d{8}T\\d{6}Z)\\.backup");
    private static final Pattern DRAFT =
            Pattern.compile("diptych-\\d{8}T\\d{6}Z\\.backup(\\.[0-9a-f-]{36})?\\.(part|keys)");
    /** A backup that fails is tried again before the next one is due, but not at once. */
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(15);

    /** By which the clocks of two processes may differ. */
    private static final Duration CLOCKS = Duration.ofMinutes(5);

    private final BackupSettings settings;
    private final DataSource database;
    private final ObjectStore store;
    private final Clock clock;
    private @Nullable Instant failed;

    ScheduledBackups(BackupSettings settings, DataSource database, ObjectStore store, Clock clock) {
        this.settings = settings;
        this.database = database;
        this.store = store;
        this.clock = clock;
    }

    private record Made(Path file, Instant at) {}

    /** Makes a backup if one is due, and removes the oldest beyond those that stay. One process at a time calls this. */
    public Optional<Path> makeWhenDue() {
        if (settings.folder() == null) {
            return Optional.empty();
        }
        var now = clock.instant();
        try {
            var folder = Files.createDirectories(settings.folder());
            var all = made(folder);
            var made = until(now, all);
            boolean due = made.isEmpty()
                    || !made.getLast().at().plus(settings.every()).isAfter(now);
            if (!due || (failed != null && failed.plus(AFTER_FAILURE).isAfter(now))) {
                return Optional.empty();
            }
            all.stream()
                    .filter(file -> !made.contains(file))
                    .forEach(file -> log.warn(
                            "{} is dated in the future and counts for nothing. Remove or rename it if it is of no use.",
                            file.file()));
            removeDrafts(folder);
            var written = make(folder.resolve("diptych-" + TIME.format(now) + ".backup"));
            // what the new one misses, an old one may still have
            if (written.contents().missing().isEmpty()) {
                removeOldest(until(now, made(folder)));
            }
            failed = null;
            return Optional.of(written.file());
        } catch (IOException | SQLException | BackupProblem e) {
            failed = now;
            log.error("The backup that was due could not be made in {}: {}", settings.folder(), e.getMessage(), e);
            return Optional.empty();
        }
    }

    private Backup.Written make(Path file) throws IOException, SQLException {
        var product = Optional.ofNullable(ScheduledBackups.class.getPackage().getImplementationVersion());
        try (var connection = database.getConnection()) {
            var written = new Backup(
                            store, settings.pictures(), product.orElse("(development)"), step -> log.debug("{}", step))
                    .write(connection, file);
            var missing = written.contents().missing();
            if (missing.isEmpty()) {
                log.info("Backup made: {} ({} bytes, {} labels)", file, written.bytes(), written.labels());
            } else {
                log.error(
                        "Backup made: {} ({} labels), but pictures or models are missing or damaged in the installation"
                                + " itself, first {}. Older backups stay until they are put back.",
                        file,
                        written.labels(),
                        missing.getFirst());
            }
            return written;
        }
    }

    /**
     * Without those of a day that has not come, dated by a clock that was wrong or by hand: until that day no backup would be
     * due, and new ones would be taken for the oldest.
     */
    private static List<Made> until(Instant now, List<Made> made) {
        return made.stream()
                .filter(file -> !file.at().isAfter(now.plus(CLOCKS)))
                .toList();
    }

    /** Oldest first. */
    private static List<Made> made(Path folder) throws IOException {
        var made = new ArrayList<Made>();
        try (var files = Files.newDirectoryStream(folder)) {
            for (var file : files) {
                var name = NAME.matcher(String.valueOf(file.getFileName()));
                if (name.matches()) {
                    time(name.group(1)).ifPresent(at -> made.add(new Made(file, at)));
                }
            }
        }
        made.sort(Comparator.comparing(Made::at));
        return made;
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(TIME.parse(text, Instant::from));
        } catch (DateTimeParseException notOurs) {
            return Optional.empty();
        }
    }

    private void removeOldest(List<Made> made) throws IOException {
        for (var old : made.subList(0, Math.max(0, made.size() - settings.keep()))) {
            Files.deleteIfExists(old.file());
        }
    }

    /** Left by a process that died while it wrote. */
    private static void removeDrafts(Path folder) throws IOException {
        try (var files = Files.newDirectoryStream(
                folder,
                file -> DRAFT.matcher(String.valueOf(file.getFileName())).matches())) {
            for (var file : files) {
                Files.deleteIfExists(file);
            }
        }
    }
}
