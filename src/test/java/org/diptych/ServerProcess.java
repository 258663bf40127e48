package org.diptych;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The built product, run as people run it: a process of its own on a data folder. */
final class ServerProcess implements AutoCloseable {
    static final String ADMIN_PASSWORD = "administrator-of-tests";

    private static final Duration LONGEST_START = Duration.ofMinutes(10);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Process process;
    private final Path errors;
    private final int port;

    private ServerProcess(Process process, Path errors, int port) {
        this.process = process;
        this.errors = errors;
        this.port = port;
    }

    /** What makes each start half as costly, made once for all tests; a plain start is right as well. */
    private static final class QuickStart {
        private static final String LAUNCHER = prepared();

        private static String prepared() {
            var launcher = Path.of(System.getProperty("diptych.jar"))
                    .resolveSibling("diptych")
                    .toString();
            try {
                var preparing = new ProcessBuilder(launcher, "prepare", "server").inheritIO();
                preparing.environment().put("JAVA_HOME", System.getProperty("java.home"));
                preparing.start().waitFor();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return launcher;
        }
    }

    /** A data folder with the demo in it: making one takes longer than all else that a start does. */
    private static final class DemoData {
        private static final DemoData MADE = made();

        private final Path data;
        private final Path errors;

        private DemoData(Path data, Path errors) {
            this.data = data;
            this.errors = errors;
        }

        private static DemoData made() {
            try {
                Path folder = Files.createTempDirectory("demo-data");
                Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
                Path data = folder.resolve("data");
                ServerProcess server = run(data, freePort(), "--demo");
                server.awaitReady();
                server.stop();
                return new DemoData(data, server.errors);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        /** Modes stay: PostgreSQL refuses a folder that others may read. */
        private void copy(Path to) throws IOException {
            try (Stream<Path> files = Files.walk(data)) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    Files.copy(file, to.resolve(data.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }

        private static void delete(Path folder) {
            try {
                FileSystemUtils.deleteRecursively(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Runs {@code diptych serve} with further options and does not wait. */
    static ServerProcess run(Path data, int port, String... options) throws IOException {
        return run(Files.createTempFile(data.toAbsolutePath().getParent(), "server", ".log"), data, port, options);
    }

    private static ServerProcess run(Path errors, Path data, int port, String... options) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(QuickStart.LAUNCHER, "serve", "--data-dir", data.toString(), "--port", Integer.toString(port)));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("DIPTYCH_START", "quiet");
        builder.environment().put("DIPTYCH_ADMIN_PASSWORD", ADMIN_PASSWORD);
        return new ServerProcess(builder.start(), errors, port);
    }

    /**
     * Runs the server and waits until it takes requests. A new data folder with the demo is a copy of one that was made once,
     * and what that start said, with the passwords of its accounts, counts as said by this one.
     */
    static ServerProcess start(Path data, int port, String... options) throws IOException, InterruptedException {
        Path errors = Files.createTempFile(data.toAbsolutePath().getParent(), "server", ".log");
        if (Files.notExists(data) && List.of(options).contains("--demo")) {
            DemoData.MADE.copy(data);
            Files.copy(DemoData.MADE.errors, errors, StandardCopyOption.REPLACE_EXISTING);
        }
        ServerProcess server = run(errors, data, port, options);
        server.awaitReady();
        return server;
    }

    private void awaitReady() throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (!ready()) {
            if (!process.isAlive() || System.nanoTime() - start > LONGEST_START.toNanos()) {
                close();
                throw new IllegalStateException("The server did not start:\n" + errors());
            }
            Thread.sleep(POLL);
        }
        System.out.printf("server ready after %.1f s%n", (System.nanoTime() - start) / 1e9);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    String url() {
        return "http://localhost:" + port;
    }

    boolean ready() throws InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                                    HttpRequest.newBuilder(URI.create(url() + "/actuator/health/readiness"))
                                            .build(),
                                    BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Runs a client command against the server and reads its result. */
    JsonNode command(String command, String... options) {
        return offline(Stream.concat(Stream.of(command, "--server", url()), Stream.of(options))
                .toArray(String[]::new));
    }

    /** Runs a command that needs no server and reads its result. */
    static JsonNode offline(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        CommandLine diptych =
                Diptych.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        assertThat(diptych.execute(arguments)).as(err.toString()).isZero();
        return JsonMapper.shared().readTree(out.toString());
    }

    /** kill -9. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** A stop signal; the exit status. */
    int stop() throws InterruptedException {
        process.destroy();
        return exit();
    }

    /** Waits for the process to end by itself. */
    int exit() throws InterruptedException {
        if (!process.waitFor(LONGEST_START.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("The server does not end.");
        }
        return process.exitValue();
    }

    /** What it wrote to standard error. */
    String errors() throws IOException {
        return Files.readString(errors);
    }

    @Override
    public void close() throws InterruptedException {
        if (process.isAlive()) {
            stop();
        }
    }
}
