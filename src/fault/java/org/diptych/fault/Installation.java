package org.diptych.fault;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One process of the built product on a data folder, which may be killed and started again. */
final class Installation implements AutoCloseable {
    static final String ADMIN_PASSWORD = "administrator-of-faults";

    private static final Duration LONGEST_START = Duration.ofMinutes(10);
    private static final Duration LONGEST_STOP = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path data;
    private final int port;
    private final Map<String, String> environment;
    private final List<String> options;
    private final Path log;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private Process process;

    /**
     * Starts the product and waits until it takes requests.
     *
     * @param data its data folder; its log lies beside it
     * @param environment what the database's passwords need
     * @param options of {@code diptych serve}
     */
    Installation(Path data, Map<String, String> environment, String... options) throws Exception {
        this.data = data;
        this.port = freePort();
        this.environment = environment;
        this.options = List.of(options);
        this.log = data.resolveSibling(data.getFileName() + ".log");
        start();
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Where the built product lies; the system property names its jar. */
    private static Path program() {
        return Path.of(System.getProperty("diptych.jar", "src/target/diptych.jar"))
                .toAbsolutePath()
                .resolveSibling("diptych");
    }

    /** Starts the process and waits until it takes requests. */
    void start() throws Exception {
        launch();
        for (long begin = System.nanoTime(); !isReady(); Thread.sleep(100)) {
            if (!process.isAlive() || System.nanoTime() - begin > LONGEST_START.toNanos()) {
                process.destroyForcibly();
                throw new IllegalStateException("the server did not start:\n" + Files.readString(log));
            }
        }
    }

    /** Starts the process. */
    void launch() throws IOException {
        var command = new ArrayList<>(List.of(
                program().toString(), "serve", "--data-dir", data.toString(), "--port", Integer.toString(port)));
        command.addAll(options);
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("DIPTYCH_START", "quiet");
        builder.environment().put("DIPTYCH_ADMIN_PASSWORD", ADMIN_PASSWORD);
        builder.environment().putAll(environment);
        process = builder.start();
    }

    String url() {
        return "http://localhost:" + port;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    boolean isReady() throws InterruptedException {
        return health("/readiness").startsWith("200");
    }

    /** Status and text of the answer about its health; empty without an answer. */
    String health(String group) throws InterruptedException {
        try {
            var answer = http.send(
                    HttpRequest.newBuilder(URI.create(url() + "/actuator/health" + group))
                            .timeout(PATIENCE)
                            .build(),
                    BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body();
        } catch (IOException noAnswer) {
            return "";
        }
    }

    /** kill -9. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** kill -9 of the embedded database, and of all its processes or of the first one alone. */
    void killDatabase(boolean whole) throws Exception {
        var number = Files.readAllLines(data.resolve("postgres/postmaster.pid")).getFirst();
        var database = ProcessHandle.of(Long.parseLong(number.strip()))
                .filter(process -> process.info().command().orElse("").endsWith("postgres"))
                .orElse(null);
        if (database == null) {
            return;
        }
        var children = database.descendants().toList();
        database.destroyForcibly();
        if (whole) {
            children.forEach(ProcessHandle::destroyForcibly);
        }
        database.onExit().get(30, TimeUnit.SECONDS);
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** Its exit status, once it has ended by itself. */
    int exit() throws InterruptedException {
        if (!process.waitFor(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("the server does not end");
        }
        return process.exitValue();
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() throws Exception {
        http.close();
        try {
            if (process.isAlive()) {
                process.destroy();
                exit();
            }
        } finally {
            // of a process that was killed
            if (Files.exists(data.resolve("postgres/postmaster.pid"))) {
                killDatabase(true);
            }
        }
    }
}
