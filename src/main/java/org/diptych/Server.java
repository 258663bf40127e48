package org.diptych;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.diptych.embedded.CacheDirectory;
import org.diptych.embedded.Database;
import org.diptych.embedded.EmbeddedDatabase;
import org.diptych.embedded.InstanceLock;
import org.diptych.embedded.PrivateFolder;
import org.diptych.embedded.StartFailure;
import org.diptych.embedded.UnfinishedRestore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.event.ContextClosedEvent;

/**
 * A server process from its start to its end.
 *
 * @param role what it does
 * @param dataDirectory absolute path of the folder for everything that must be kept
 * @param endpoint where it is reached
 * @param databaseUrl JDBC address of an installation's own PostgreSQL, or null for the embedded one
 * @param encoder configuration of the encoder, or null for the embedded one
 * @param demo whether to create the demo campaigns
 */
record Server(
        Role role,
        Path dataDirectory,
        Endpoint endpoint,
        @Nullable String databaseUrl,
        @Nullable Path encoder,
        boolean demo) {
    private static final Logger log = LoggerFactory.getLogger(Server.class);

    /**
     * Starts and stays until the process is told to stop.
     *
     * @return exit status
     * @throws StartFailure when something outside keeps it from starting; nothing is left running
     */
    int run() throws InterruptedException {
        createDataDirectory();
        UnfinishedRestore.refuse(dataDirectory);
        endpoint.requireFree();
        IdleMemory.giveBack();
        try (ShutdownSequence shutdown = new ShutdownSequence()) {
            Path cache = CacheDirectory.resolve(dataDirectory);
            Database database = database(cache, shutdown);
            ModelEngine.configure(cache.resolve("engine"), role);
            CountDownLatch stopped = new CountDownLatch(1);
            SpringApplication application = new SpringApplication(Application.class);
            application.setRegisterShutdownHook(false);
            application.setDefaultProperties(properties(database));
            // from its first moment the context is in the sequence: a signal during the start closes it as well
            application.addInitializers(shutdown::add);
            application.addListeners((ContextClosedEvent event) -> stopped.countDown());
            try {
                application.run();
            } catch (RuntimeException reportedBySpring) {
                return 1;
            }
            log.info("Diptych is ready: {} (data in {})", endpoint.shown(), dataDirectory);
            stopped.await();
            return 0;
        }
    }

    private void createDataDirectory() {
        try {
            PrivateFolder.create(dataDirectory);
        } catch (IOException exception) {
            throw new StartFailure(
                    "Cannot make the data folder " + dataDirectory + ": " + exception.getMessage()
                            + ". Choose another with --data-dir.",
                    exception);
        }
    }

    private Database database(Path cache, ShutdownSequence shutdown) {
        if (databaseUrl != null) {
            return Database.external(databaseUrl);
        }
        shutdown.add(InstanceLock.acquire(dataDirectory));
        EmbeddedDatabase embedded = shutdown.add(EmbeddedDatabase.start(dataDirectory, cache.resolve("postgres")));
        return embedded.database();
    }

    private Map<String, Object> properties(Database database) {
        Map<String, Object> properties = new HashMap<>(endpoint.properties());
        properties.putAll(Map.ofEntries(
                Map.entry("diptych.role", role.property()),
                Map.entry("diptych.data-dir", dataDirectory.toString()),
                Map.entry("diptych.demo", demo),
                Map.entry("diptych.version", Version.number()),
                Map.entry("diptych.encoder", encoder == null ? "" : encoder.toString()),
                Map.entry("spring.datasource.url", database.url()),
                Map.entry("spring.datasource.username", database.application().user()),
                Map.entry("spring.datasource.password", database.application().password()),
                // the schema belongs to another role than the one that works with its rows
                Map.entry("spring.flyway.user", database.owner().user()),
                Map.entry("spring.flyway.password", database.owner().password())));
        return properties;
    }
}
