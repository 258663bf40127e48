package org.diptych.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.diptych.embedded.CacheDirectory;
import org.diptych.embedded.Database;
import org.diptych.embedded.EmbeddedDatabase;
import org.diptych.embedded.InstanceLock;
import org.diptych.embedded.RunningDatabase;
import org.diptych.embedded.StartFailure;
import org.diptych.embedded.UnfinishedRestore;
import org.diptych.service.image.ObjectStore;
import org.jspecify.annotations.Nullable;

/**
 * The data of an installation, whether its server runs or not: the embedded database of a running server is used beside it,
 * one that stands still is started for as long as this is open.
 */
final class Installation implements AutoCloseable {
    private final Database database;
    private final Path dataDirectory;
    private final Deque<AutoCloseable> opened;

    private Installation(Database database, Path dataDirectory, Deque<AutoCloseable> opened) {
        this.database = database;
        this.dataDirectory = dataDirectory;
        this.opened = opened;
    }

    /**
     * The data of an existing installation.
     *
     * @param url address of its own database, or null for the embedded one
     * @throws CommandFailure when there is none
     * @throws StartFailure when it cannot be used, or holds a part of the data alone
     */
    static Installation open(Path dataDirectory, @Nullable String url) {
        if (!Files.isDirectory(dataDirectory)) {
            throw CommandFailure.badInput(
                    "There is no data folder " + dataDirectory + ". Name the server's with --data-dir.");
        }
        UnfinishedRestore.refuse(dataDirectory);
        if (url != null) {
            return new Installation(Database.external(url), dataDirectory, new ArrayDeque<>());
        }
        if (!Files.isDirectory(dataDirectory.resolve("postgres"))) {
            throw CommandFailure.badInput(
                    "The folder " + dataDirectory + " holds no database. Name the server's data folder"
                            + " with --data-dir, or its own database with --database-url.");
        }
        return RunningDatabase.find(dataDirectory)
                .map(database -> new Installation(database, dataDirectory, new ArrayDeque<>()))
                .orElseGet(() -> start(dataDirectory));
    }

    private static Installation start(Path dataDirectory) {
        Deque<AutoCloseable> opened = new ArrayDeque<>();
        try {
            opened.push(InstanceLock.acquire(dataDirectory));
            EmbeddedDatabase embedded = EmbeddedDatabase.start(
                    dataDirectory, CacheDirectory.resolve(dataDirectory).resolve("postgres"));
            opened.push(embedded);
            return new Installation(embedded.database(), dataDirectory, opened);
        } catch (RuntimeException failure) {
            close(opened, failure);
            throw failure;
        }
    }

    Database database() {
        return database;
    }

    ObjectStore objects() {
        return ObjectStore.in(dataDirectory.resolve("objects"));
    }

    @Override
    public void close() throws IOException {
        RuntimeException failure = new IllegalStateException("The embedded database did not stop cleanly");
        close(opened, failure);
        if (failure.getSuppressed().length > 0) {
            throw failure;
        }
    }

    private static void close(Deque<AutoCloseable> opened, RuntimeException failure) {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception exception) {
                failure.addSuppressed(exception);
            }
        }
    }
}
