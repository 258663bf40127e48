package org.diptych;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.diptych.embedded.EmbeddedDatabase;
import org.diptych.embedded.InstanceLock;
import org.diptych.embedded.StartFailure;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Starts the server and stays until it is told to stop. */
@Command(
        name = "serve",
        description = {
            "Starts the server (the default command).",
            "The first start creates the user admin with the password in DIPTYCH_ADMIN_PASSWORD, else with a random one"
                    + " that is printed once."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ServeCommand implements Callable<Integer> {
    private static final Logger log = LoggerFactory.getLogger(ServeCommand.class);

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--role",
            paramLabel = "all|web|worker",
            description = "What this process does: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Role role = Role.ALL;

    @Option(
            names = "--data-dir",
            paramLabel = "FOLDER",
            description = "Where the database, images and models are kept. Default: ${DEFAULT-VALUE}.")
    private Path dataDirectory = Path.of("data");

    @Option(names = "--port", paramLabel = "PORT", description = "The port to listen on. Default: ${DEFAULT-VALUE}.")
    private int port = 8080;

    @Option(
            names = "--database-url",
            paramLabel = "URL",
            description = {
                "An own PostgreSQL instead of the embedded one, as jdbc:postgresql://host/database. User and password"
                        + " come from DIPTYCH_DATABASE_USER and DIPTYCH_DATABASE_PASSWORD.",
                "Required for the roles web and worker."
            })
    private @Nullable String databaseUrl;

    @Option(
            names = "--demo",
            description = "Also creates demo campaigns and the accounts annotator and lead to try them with.")
    private boolean demo;

    @Override
    public Integer call() throws InterruptedException {
        requireSensibleOptions();
        Path folder = createDataDirectory();
        requireFreePort();
        try (ShutdownSequence shutdown = new ShutdownSequence()) {
            Database database = database(folder, shutdown);
            ModelEngine.configure(CacheDirectory.resolve(folder).resolve("engine"), role);
            CountDownLatch stopped = new CountDownLatch(1);
            SpringApplication application = new SpringApplication(Application.class);
            application.setRegisterShutdownHook(false);
            application.setDefaultProperties(properties(folder, database));
            application.addInitializers(closeWith(shutdown));
            application.addListeners((ContextClosedEvent event) -> stopped.countDown());
            try {
                application.run();
            } catch (RuntimeException alreadyReported) {
                return 1;
            }
            log.info("Diptych is ready: http://localhost:{}/  (data in {}, role {})", port, folder, role.property());
            stopped.await();
            return 0;
        }
    }

    private void requireSensibleOptions() {
        if (role != Role.ALL && databaseUrl == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--role " + role.property() + " needs --database-url: the embedded database serves one process"
                            + " only.");
        }
        if (databaseUrl != null && !databaseUrl.startsWith("jdbc:postgresql:")) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--database-url must begin with jdbc:postgresql: (for example jdbc:postgresql://localhost/diptych).");
        }
        if (port < 1 || port > 65_535) {
            throw new ParameterException(spec.commandLine(), "--port must lie between 1 and 65535.");
        }
    }

    private Path createDataDirectory() {
        Path folder = dataDirectory.toAbsolutePath().normalize();
        try {
            return Files.createDirectories(folder);
        } catch (IOException exception) {
            throw new StartFailure(
                    "Cannot make the data folder " + folder + ": " + exception.getMessage()
                            + ". Choose another with --data-dir.",
                    exception);
        }
    }

    /** Said before the database starts, so that nothing has to be undone. */
    private void requireFreePort() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(port));
        } catch (IOException exception) {
            throw new StartFailure(
                    "Port " + port + " cannot be used: " + exception.getMessage()
                            + ". Stop the program that holds it, or choose another with --port.",
                    exception);
        }
    }

    private Database database(Path folder, ShutdownSequence shutdown) {
        if (databaseUrl != null) {
            return Database.external(databaseUrl);
        }
        shutdown.add(InstanceLock.acquire(folder));
        EmbeddedDatabase embedded = shutdown.add(
                EmbeddedDatabase.start(folder, CacheDirectory.resolve(folder).resolve("postgres")));
        return new Database(embedded.url(), embedded.user(), embedded.password());
    }

    private Map<String, Object> properties(Path folder, Database database) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("server.port", port);
        properties.put("diptych.role", role.property());
        properties.put("diptych.data-dir", folder.toString());
        properties.put("diptych.demo", demo);
        properties.put("spring.datasource.url", database.url());
        properties.put("spring.datasource.username", database.user());
        properties.put("spring.datasource.password", database.password());
        return properties;
    }

    /** From its first moment the context is part of the sequence: a signal during the start closes it as well. */
    private static ApplicationContextInitializer<ConfigurableApplicationContext> closeWith(ShutdownSequence shutdown) {
        return shutdown::add;
    }
}
