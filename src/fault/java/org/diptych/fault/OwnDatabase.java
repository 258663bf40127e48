package org.diptych.fault;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A PostgreSQL that the product does not start, reached through a way that can be cut; it may be killed and come back. */
final class OwnDatabase implements AutoCloseable {
    private final Path folder;
    private final int port;
    private final TcpProxy way;
    private EmbeddedPostgres server;

    OwnDatabase(Path folder) throws IOException {
        this.folder = folder;
        this.port = Installation.freePort();
        this.server = start();
        this.way = new TcpProxy(port);
    }

    private EmbeddedPostgres start() throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(folder)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPort(port)
                .setPGStartupWait(Duration.ofMinutes(2))
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "100")
                .start();
    }

    String url() {
        return "jdbc:postgresql://localhost:" + way.port() + "/postgres";
    }

    Map<String, String> login() {
        return Map.of("DIPTYCH_DATABASE_USER", "postgres", "DIPTYCH_DATABASE_PASSWORD", "");
    }

    TcpProxy way() {
        return way;
    }

    /** kill -9 of all its processes. */
    void kill() throws Exception {
        // the process that started it has ended long ago
        var number = Files.readAllLines(folder.resolve("postmaster.pid")).getFirst();
        var first = ProcessHandle.of(Long.parseLong(number.strip())).orElseThrow();
        var all = Stream.concat(Stream.of(first), first.descendants()).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        for (var each : all) {
            each.onExit().get(30, TimeUnit.SECONDS);
        }
    }

    /** Somebody has started it again. */
    void startAgain() throws IOException {
        server.close();
        server = start();
    }

    @Override
    public void close() throws IOException {
        way.close();
        server.close();
    }
}
