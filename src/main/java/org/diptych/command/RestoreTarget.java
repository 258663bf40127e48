package org.diptych.command;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.diptych.embedded.CacheDirectory;
import org.diptych.embedded.Database;
import org.diptych.embedded.EmbeddedDatabase;
import org.diptych.embedded.InstanceLock;
import org.diptych.embedded.StartFailure;
import org.diptych.embedded.UnfinishedRestore;
import org.diptych.service.backup.BackupHeader;
import org.diptych.service.backup.Pictures;
import org.diptych.service.backup.Restore;
import org.diptych.service.image.ObjectStore;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * An empty data folder and an empty database on the way to an installation. Unless it is kept, the folder is empty again
 * when this is closed; a server does not start on one whose restore was killed, and the next restore begins anew there.
 */
final class RestoreTarget implements AutoCloseable {
    private static final String OBJECTS = "objects";
    /** What file systems put into a folder that is their root. */
    private static final Set<String> NOT_OURS = Set.of("lost+found");

    private final Path folder;
    private final boolean ownObjects;
    private final InstanceLock lock;
    private final @Nullable EmbeddedDatabase embedded;
    private final Database database;
    private boolean kept;

    private RestoreTarget(
            Path folder,
            boolean ownObjects,
            InstanceLock lock,
            @Nullable EmbeddedDatabase embedded,
            Database database) {
        this.folder = folder;
        this.ownObjects = ownObjects;
        this.lock = lock;
        this.embedded = embedded;
        this.database = database;
    }

    /**
     * Takes a target.
     *
     * @param url the database, or null for an embedded one that is made in the folder
     * @throws CommandFailure when it is not empty, with what it holds
     * @throws StartFailure when another restore, or a server, is using the folder
     */
    static RestoreTarget prepare(Path folder, @Nullable String url, BackupHeader header)
            throws IOException, SQLException {
        boolean ownObjects = header.pictures() == Pictures.INCLUDED;
        // everything that can be refused is refused before anything is touched
        @Nullable Database external = url == null ? null : Database.external(url);
        if (external != null) {
            Restore.requireEmpty(external.asOwner(), Database.shown(external.url()));
        }
        if (!UnfinishedRestore.in(folder)) {
            requireEmpty(folder, ownObjects);
        }
        Files.createDirectories(folder);
        InstanceLock lock = InstanceLock.acquire(folder);
        try {
            clearUnfinished(folder, ownObjects);
            // once more, now that nobody else fills it
            requireEmpty(folder, ownObjects);
            UnfinishedRestore.begin(folder, ownObjects);
            return begun(folder, ownObjects, lock, external);
        } catch (IOException | RuntimeException failure) {
            lock.close();
            throw failure;
        }
    }

    private static RestoreTarget begun(Path folder, boolean ownObjects, InstanceLock lock, @Nullable Database external)
            throws IOException {
        if (external != null) {
            return new RestoreTarget(folder, ownObjects, lock, null, external);
        }
        try {
            EmbeddedDatabase embedded = EmbeddedDatabase.start(
                    folder, CacheDirectory.resolve(folder).resolve("postgres"));
            return new RestoreTarget(folder, ownObjects, lock, embedded, embedded.database());
        } catch (RuntimeException failure) {
            empty(folder, ownObjects);
            lock.remove();
            throw failure;
        }
    }

    /**
     * The one that was killed may have left its database running; the one that still works holds the folder. Pictures go only
     * when they came from that one and come again: somebody may have put originals there since.
     */
    private static void clearUnfinished(Path folder, boolean ownObjects) throws IOException {
        if (UnfinishedRestore.in(folder)) {
            UnfinishedRestore.stopDatabase(folder);
            empty(folder, ownObjects && UnfinishedRestore.ownsObjects(folder));
        }
    }

    private static void requireEmpty(Path folder, boolean ownObjects) throws IOException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw CommandFailure.badInput(folder + " is not a folder. Choose another with --data-dir.");
        }
        List<String> held = new ArrayList<>();
        for (Path entry : entries(folder, ownObjects)) {
            held.add(String.valueOf(entry.getFileName()));
        }
        if (!held.isEmpty()) {
            held.sort(null);
            throw CommandFailure.badInput("The data folder " + folder + " is not empty: it holds "
                    + String.join(", ", held) + ". Restore into a new or empty folder, named with --data-dir.");
        }
    }

    private static List<Path> entries(Path folder, boolean ownObjects) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            for (Path entry : stream) {
                String name = String.valueOf(entry.getFileName());
                if (!NOT_OURS.contains(name) && !InstanceLock.isLock(entry) && (ownObjects || !name.equals(OBJECTS))) {
                    entries.add(entry);
                }
            }
        }
        return entries;
    }

    /** The file of the lock stays for as long as it is held: nobody else begins here meanwhile. */
    private static void empty(Path folder, boolean ownObjects) throws IOException {
        for (Path entry : entries(folder, ownObjects)) {
            if (!UnfinishedRestore.isMark(entry)) {
                FileSystemUtils.deleteRecursively(entry);
            }
        }
        UnfinishedRestore.end(folder);
    }

    Database database() {
        return database;
    }

    ObjectStore objects() {
        return ObjectStore.in(folder.resolve(OBJECTS));
    }

    /** Room for files on the disk of the target. */
    Path staging() throws IOException {
        return Files.createDirectories(folder.resolve("staging"));
    }

    /** From now on it is an installation. */
    void keep() throws IOException {
        FileSystemUtils.deleteRecursively(folder.resolve("staging"));
        kept = true;
    }

    @Override
    public void close() throws IOException {
        try (lock) {
            if (embedded != null) {
                embedded.close();
            }
            if (kept) {
                UnfinishedRestore.end(folder);
            } else {
                empty(folder, ownObjects);
                lock.remove();
            }
        }
    }
}
