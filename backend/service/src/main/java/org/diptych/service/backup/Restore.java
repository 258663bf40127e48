package org.diptych.service.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.diptych.service.image.ObjectStore;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;

/**
 * Fills an empty installation from a backup. The file is read twice: first to its end, to check every byte, and only then is
 * anything written. The schema is made as old as the backup, filled, compared with it, and then brought up to date like that
 * of any installation that a newer version starts on.
 */
public final class Restore {
    private final Path file;
    private final Consumer<String> progress;
    private final BackupHeader header;
    private final BackupContents contents;
    private Set<String> foreign = Set.of();

    private Restore(Path file, Consumer<String> progress, BackupHeader header, BackupContents contents) {
        this.file = file;
        this.progress = progress;
        this.header = header;
        this.contents = contents;
    }

    /**
     * Checks a backup and writes nothing.
     *
     * @throws DamagedBackupException if any byte of it is not what was written, with the place
     * @throws BackupProblem when it is no backup, or one of a newer version
     */
    public static Restore of(Path file, Consumer<String> progress) throws IOException {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new BackupProblem(file + ": no such file, or not readable.");
        }
        progress.accept("checking " + file);
        var seen = new BackupHeader[1];
        var contents = BackupReader.read(file, new BackupVisitor() {
            @Override
            public void begin(BackupHeader header) throws IOException {
                requireKnownSchema(header);
                seen[0] = header;
            }
        });
        return new Restore(file, progress, Objects.requireNonNull(seen[0]), contents);
    }

    /** What the backup says of itself. */
    public BackupHeader header() {
        return header;
    }

    /** What it holds. */
    public BackupContents contents() {
        return contents;
    }

    /** Names of tables in it that are none of Diptych's; after the restore, which leaves them out. */
    public Set<String> foreign() {
        return foreign;
    }

    /**
     * Requires that a database holds nothing.
     *
     * @throws BackupProblem naming what it holds
     */
    public static void requireEmpty(DataSource database, String name) throws SQLException {
        try (var connection = database.getConnection()) {
            var relations = Catalog.relations(connection);
            if (!relations.isEmpty()) {
                throw new BackupProblem("The database " + name + " is not empty: it holds " + relations.getFirst()
                        + (relations.size() == 1 ? "" : " and " + (relations.size() - 1) + " more")
                        + ". Restore into a new, empty database.");
            }
        }
    }

    /**
     * Restores the database and the objects. If it fails, the database is empty again; what was added to the store stays for
     * the caller to remove.
     *
     * @param database an empty one, as its owner
     * @param store where the objects go; those that a backup only names must be there already
     */
    public void into(DataSource database, ObjectStore store, Path staging) throws IOException, SQLException {
        if (header.pictures() == Pictures.REFERENCED) {
            requireObjects(store);
        }
        try {
            migrate(database, MigrationVersion.fromVersion(header.schema()));
            load(database, store, staging);
            progress.accept("bringing the schema up to date");
            migrate(database, MigrationVersion.LATEST);
        } catch (IOException | SQLException | RuntimeException failure) {
            clear(database, failure);
            throw failure;
        }
    }

    private void load(DataSource database, ObjectStore store, Path staging) throws IOException, SQLException {
        try (var connection = database.getConnection();
                var loading = Loading.begin(connection, header.tables(), progress)) {
            BackupReader.read(file, new BackupVisitor() {
                private BackupHeader.@Nullable Table last;

                @Override
                public void rows(BackupHeader.Table table, byte[] rows) throws IOException {
                    if (loading.foreign().contains(table.name())) {
                        return;
                    }
                    if (!table.equals(last)) {
                        progress.accept("table " + table.name());
                        last = table;
                    }
                    try {
                        loading.add(table, rows);
                    } catch (SQLException e) {
                        throw new IOException("table " + table.name() + ": " + e.getMessage(), e);
                    }
                }

                @Override
                public void object(String key, InputStream content) throws IOException {
                    put(store, key, content, staging);
                }
            });
            progress.accept("comparing every table with the backup");
            loading.end(header, contents);
            foreign = Set.copyOf(loading.foreign());
        }
    }

    private static void put(ObjectStore store, String key, InputStream content, Path staging) throws IOException {
        var draft = staging.resolve(UUID.randomUUID().toString());
        try {
            Files.copy(content, draft, StandardCopyOption.REPLACE_EXISTING);
            store.put(key, draft);
        } catch (IllegalArgumentException e) {
            throw new BackupProblem(
                    "This backup holds an object " + key + ", which this version of Diptych cannot keep."
                            + " Restore it with the version that made it, or a later one.",
                    e);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** Before anything is written: a restore without its pictures is none. */
    private void requireObjects(ObjectStore store) throws IOException {
        progress.accept("looking for the pictures and models that the backup names");
        BackupReader.read(file, new BackupVisitor() {
            @Override
            public void reference(String key, long bytes, String sha256) throws IOException {
                var object = store.find(key);
                if (object.isEmpty()) {
                    throw new BackupProblem(
                            "This backup names its pictures and models and does not hold them, and " + key
                                    + " is not in the folder objects of the target. Put the original's folder objects there first.");
                }
                try (var content = object.get().getInputStream()) {
                    if (object.get().contentLength() != bytes
                            || !Digests.of(content).equals(sha256)) {
                        throw new BackupProblem(
                                "The object " + key + " in the folder objects of the target is not the one that"
                                        + " the backup names: it is damaged. Replace it from another copy.");
                    }
                }
            }
        });
    }

    private static void requireKnownSchema(BackupHeader header) throws IOException {
        var wanted = MigrationVersion.fromVersion(header.schema());
        var latest = KnownSchema.latest();
        if (wanted.isNewerThan(latest)) {
            throw new BackupProblem(
                    "This backup was made by a newer version of Diptych (" + header.product() + ", schema " + wanted
                            + "; this version knows " + latest + "). Restore it with that version or a later one.");
        }
    }

    private static void migrate(DataSource database, MigrationVersion target) {
        flyway(database, target).migrate();
    }

    private static Flyway flyway(DataSource database, MigrationVersion target) {
        return Flyway.configure()
                .dataSource(database)
                .locations("classpath:db/migration")
                .target(target)
                .cleanDisabled(false)
                .load();
    }

    /** The target was empty, so everything in it is ours. */
    private static void clear(DataSource database, Exception reason) {
        try {
            flyway(database, MigrationVersion.LATEST).clean();
        } catch (RuntimeException e) {
            reason.addSuppressed(e);
        }
    }
}
