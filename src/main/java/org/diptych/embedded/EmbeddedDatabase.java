package org.diptych.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * A real PostgreSQL 18 inside the data folder. It writes durably (fsync and synchronous commit are on, and checked),
 * listens on a random port of the loopback interface, asks for a password, and recovers by itself after it, this process or
 * both were killed: one that ends under a running process is started again on its port ({@link KeptServer}). The caller holds the folder's {@link InstanceLock}.
 *
 * <p>Files: {@code postgres/} the cluster, {@code database.password}, {@code logs/postgres.log}.
 */
public final class EmbeddedDatabase implements AutoCloseable {
    private static final String USER = "diptych";
    private static final String APPLICATION = "diptych_application";
    private static final String DATABASE = "diptych";
    private static final String MAJOR_VERSION = "18";
    private static final long LARGEST_LOG = 8L << 20;
    /** Long enough for crash recovery of a large write-ahead log. */
    private static final Duration LONGEST_START = Duration.ofMinutes(5);

    private static final Map<String, String> SERVER_SETTINGS = Map.ofEntries(
            // the library switches both off
            Map.entry("fsync", "on"),
            Map.entry("synchronous_commit", "on"),
            Map.entry("listen_addresses", "127.0.0.1"),
            Map.entry("unix_socket_directories", ""),
            Map.entry("password_encryption", "scram-sha-256"),
            // small: this database shares a machine with the web server and the model
            Map.entry("shared_buffers", "96MB"),
            Map.entry("max_connections", "60"),
            Map.entry("io_method", "sync"),
            Map.entry("jit", "off"),
            // one server, no replicas
            Map.entry("wal_level", "minimal"),
            Map.entry("max_wal_senders", "0"),
            // a query whose client was killed must not keep an orphaned server from stopping
            Map.entry("client_connection_check_interval", "1000"),
            Map.entry("log_min_messages", "warning"));

    private final EmbeddedPostgres server;
    private final String password;
    private final String applicationPassword;
    private final KeptServer kept;

    private EmbeddedDatabase(EmbeddedPostgres server, KeptServer kept, String password, String applicationPassword) {
        this.server = server;
        this.kept = kept;
        this.password = password;
        this.applicationPassword = applicationPassword;
    }

    /**
     * Starts the database of a data folder, creating it on the first start.
     *
     * @param dataDirectory the data folder; it must exist and be locked by the caller
     * @param cacheDirectory where the PostgreSQL programs are unpacked; it may be shared and may be lost
     * @throws StartFailure when the database cannot be used, with what to do
     */
    public static EmbeddedDatabase start(Path dataDirectory, Path cacheDirectory) {
        Path cluster = dataDirectory.resolve("postgres").toAbsolutePath();
        Path log = dataDirectory.resolve("logs/postgres.log").toAbsolutePath();
        // stands while the cluster is being made: half a cluster (killed on the first start) is made anew
        Path incomplete = dataDirectory.resolve("postgres.incomplete");
        @Nullable EmbeddedPostgres server = null;
        @Nullable KeptServer kept = null;
        try {
            requireKnownVersion(cluster);
            OrphanedServer.stop(cluster);
            if (Files.exists(incomplete)) {
                FileSystemUtils.deleteRecursively(cluster);
            } else if (!Files.exists(cluster)) {
                Files.createFile(incomplete);
            }
            prepareLog(log);
            Path passwordFile = dataDirectory.resolve("database.password").toAbsolutePath();
            String password = DatabasePassword.readOrCreate(passwordFile);
            server = server(cluster, cacheDirectory, log, passwordFile, password);
            kept = new KeptServer(cluster, log);
            EmbeddedDatabase database = new EmbeddedDatabase(server, kept, password, DatabasePassword.random());
            database.requireDurability();
            database.createDatabase();
            database.admitApplication();
            Files.deleteIfExists(incomplete);
            return database;
        } catch (IOException | SQLException | IllegalStateException exception) {
            closeQuietly(kept, server, exception);
            throw new StartFailure(
                    "The embedded database in " + cluster + " did not start: " + exception.getMessage() + ". See " + log
                            + ".",
                    exception);
        } catch (StartFailure failure) {
            closeQuietly(kept, server, failure);
            throw failure;
        }
    }

    /** The JDBC address of the product's database. */
    public String url() {
        return url(server.getPort());
    }

    /** The database of another process of this user, as its owner in both roles: the application's password is that process's. */
    static Database at(int port, String password) {
        Database.Login owner = new Database.Login(USER, password);
        return new Database(url(port), owner, owner);
    }

    private static String url(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE;
    }

    /** The database with its two roles: the owner, and the application with a password of this run alone. */
    public Database database() {
        return new Database(
                url(), new Database.Login(APPLICATION, applicationPassword), new Database.Login(USER, password));
    }

    /** The role that owns the database; it is no superuser. */
    public String user() {
        return USER;
    }

    /** The password of {@link #user()}. */
    public String password() {
        return password;
    }

    /** Stops the server in an orderly way. */
    @Override
    public void close() throws IOException {
        kept.close();
        server.close();
        kept.awaitEnd();
    }

    private static EmbeddedPostgres server(
            Path cluster, Path cacheDirectory, Path log, Path passwordFile, String password) throws IOException {
        PrivateFolder.create(cacheDirectory);
        PrivateFolder.close(cacheDirectory);
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(cluster)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setOverrideWorkingDirectory(cacheDirectory.toFile())
                .setPGStartupWait(LONGEST_START)
                .setOutputRedirector(Redirect.appendTo(log.toFile()))
                .setErrorRedirector(Redirect.appendTo(log.toFile()))
                .setConnectConfig("password", password)
                // These become options of initdb. The library itself asks for "trust" first; the later option wins, so
                // that at no moment a connection without the password is accepted.
                .setLocaleConfig("auth", "scram-sha-256")
                .setLocaleConfig("pwfile", passwordFile.toString())
                // the same sort order on every machine, whatever locales it has
                .setLocaleConfig("locale", "C")
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8");
        SERVER_SETTINGS.forEach(builder::setServerConfig);
        EmbeddedPostgres started = builder.start();
        // the library lets everybody write where it unpacks the programs that it runs
        PrivateFolder.close(cacheDirectory);
        return started;
    }

    private void requireDurability() throws SQLException {
        try (Connection connection = administrator();
                Statement statement = connection.createStatement()) {
            for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
                try (ResultSet result = statement.executeQuery("SHOW " + setting)) {
                    result.next();
                    if (!"on".equals(result.getString(1))) {
                        throw new StartFailure("The embedded database runs with " + setting + "=" + result.getString(1)
                                + " and could lose labels. Remove that setting from postgresql.auto.conf.");
                    }
                }
            }
        }
    }

    private void createDatabase() throws SQLException {
        try (Connection connection = administrator();
                Statement statement = connection.createStatement()) {
            if (!exists(statement, "SELECT FROM pg_roles WHERE rolname = '" + USER + "'")) {
                // the password is URL-safe Base64: nothing in it needs quoting
                statement.execute("CREATE ROLE " + USER + " LOGIN PASSWORD '" + password + "'");
            }
            if (!exists(statement, "SELECT FROM pg_database WHERE datname = '" + DATABASE + "'")) {
                statement.execute("CREATE DATABASE " + DATABASE + " OWNER " + USER);
            }
        }
    }

    /**
     * The role in which the product works. Its password is drawn anew at each start: nobody needs to keep it. What it may do
     * is said after the schema is up to date.
     */
    private void admitApplication() throws SQLException {
        try (Connection connection = administrator();
                Statement statement = connection.createStatement()) {
            String verb = exists(statement, "SELECT FROM pg_roles WHERE rolname = '" + APPLICATION + "'")
                    ? "ALTER"
                    : "CREATE";
            statement.execute(
                    verb + " ROLE " + APPLICATION + " LOGIN NOSUPERUSER PASSWORD '" + applicationPassword + "'");
        }
    }

    private static boolean exists(Statement statement, String query) throws SQLException {
        try (ResultSet result = statement.executeQuery(query)) {
            return result.next();
        }
    }

    private Connection administrator() throws SQLException {
        return server.getPostgresDatabase(Map.of("password", password)).getConnection();
    }

    private static void requireKnownVersion(Path cluster) throws IOException {
        Path file = cluster.resolve("PG_VERSION");
        if (Files.exists(file) && !Files.readString(file).strip().equals(MAJOR_VERSION)) {
            throw new StartFailure(cluster + " was made by PostgreSQL "
                    + Files.readString(file).strip() + "; this version of Diptych brings PostgreSQL " + MAJOR_VERSION
                    + ". Start it with the version of Diptych that made it.");
        }
    }

    private static void prepareLog(Path log) throws IOException {
        Files.createDirectories(log.getParent());
        if (Files.exists(log) && Files.size(log) > LARGEST_LOG) {
            Files.delete(log);
        }
    }

    private static void closeQuietly(@Nullable KeptServer kept, @Nullable EmbeddedPostgres server, Exception reason) {
        if (kept != null) {
            kept.close();
        }
        if (server == null) {
            return;
        }
        try {
            server.close();
        } catch (IOException exception) {
            reason.addSuppressed(exception);
        }
    }
}
