package org.diptych.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server that outlived the process which started it (a {@code kill -9} of the JVM leaves it running). It is
 * stopped before a new one starts on the same files; the caller holds the {@link InstanceLock}, so nobody uses it.
 */
final class OrphanedServer {
    private static final Logger log = LoggerFactory.getLogger(OrphanedServer.class);
    private static final long ORDERLY_STOP_SECONDS = 30;
    private static final long FORCED_STOP_SECONDS = 10;

    private OrphanedServer() {}

    /** Stops the server whose {@code postmaster.pid} lies in the given cluster folder, if it still runs. */
    static void stop(Path cluster) {
        Optional<ProcessHandle> orphan = find(cluster);
        if (orphan.isEmpty()) {
            return;
        }
        log.info(
                "Stopping the database that the last run left behind (process {})",
                orphan.get().pid());
        end(orphan.get());
    }

    /** Ends a server, in order if it does so in time. Nothing happens to one that has ended. */
    static void end(ProcessHandle server) {
        server.destroy();
        if (!exits(server, ORDERLY_STOP_SECONDS)) {
            // children first: while one of them holds the shared memory, no new server may start on these files
            List<ProcessHandle> children = server.descendants().toList();
            children.forEach(ProcessHandle::destroyForcibly);
            server.destroyForcibly();
            children.forEach(child -> exits(child, FORCED_STOP_SECONDS));
            if (!exits(server, FORCED_STOP_SECONDS)) {
                throw new StartFailure("The database process " + server.pid() + " of an earlier run does not stop. End"
                        + " it (kill " + server.pid() + "), then start again.");
            }
        }
    }

    /** The server whose {@code postmaster.pid} lies in the given cluster folder, if it runs. */
    static Optional<ProcessHandle> find(Path cluster) {
        Path file = cluster.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            List<String> lines = Files.readAllLines(file);
            return lines.isEmpty()
                    ? Optional.empty()
                    : server(Long.parseLong(lines.getFirst().strip()));
        } catch (IOException | NumberFormatException exception) {
            throw new StartFailure(
                    "Cannot read " + file + ". If no PostgreSQL runs on this folder, delete that file and start again.",
                    exception);
        }
    }

    /** After a reboot the number may belong to any process: only a PostgreSQL is ours to stop. */
    private static Optional<ProcessHandle> server(long process) {
        return ProcessHandle.of(process)
                .filter(ProcessHandle::isAlive)
                .filter(handle -> handle.info()
                        .command()
                        .map(command ->
                                Path.of(command).getFileName().toString().startsWith("postgres"))
                        .orElse(false));
    }

    private static boolean exits(ProcessHandle process, long seconds) {
        try {
            process.onExit().get(seconds, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException exception) {
            return false;
        } catch (ExecutionException exception) {
            throw new IllegalStateException(exception);
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
