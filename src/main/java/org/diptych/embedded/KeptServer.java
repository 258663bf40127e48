package org.diptych.embedded;

import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database server that is started again when it ends without having been told to: it was killed, ran out of memory, or
 * found its disk full and gave up. It keeps its port, so everybody who lost a connection finds it where it was, and it
 * recovers from its own log. This is tried for as long as it takes: the disk may be emptied an hour later.
 */
final class KeptServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(KeptServer.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    /** A server that ran for so long had started. */
    private static final Duration SETTLED = Duration.ofSeconds(10);

    private final List<String> command;
    private final Path output;
    private final Thread keeper;
    private ProcessHandle server;
    private boolean closed;

    /**
     * Watches over a server that runs.
     *
     * @param cluster its folder
     * @param output where its output goes
     */
    KeptServer(Path cluster, Path output) {
        // it was started by a program that has ended since, so it is no child of this process
        this.server =
                OrphanedServer.find(cluster).orElseThrow(() -> new StartFailure("The database ended. See " + output));
        this.output = output;
        this.command = command(server);
        this.keeper = Thread.ofPlatform().daemon().name("database-keeper").start(this::keep);
    }

    /** How the server was started, empty where the system does not tell. */
    private static List<String> command(ProcessHandle server) {
        var info = server.info();
        Optional<String> program = info.command();
        Optional<String[]> arguments = info.arguments();
        if (program.isEmpty() || arguments.isEmpty()) {
            return List.of();
        }
        var command = new ArrayList<String>();
        if (LinuxUtils.isUnshareAvailable()) {
            // PostgreSQL refuses to run as root, and the library starts it so for that user
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(program.get());
        command.addAll(List.of(arguments.get()));
        return command;
    }

    private void keep() {
        Duration pause = FIRST_PAUSE;
        try {
            while (true) {
                long started = System.nanoTime();
                current().onExit().get();
                if (System.nanoTime() - started > SETTLED.toNanos()) {
                    pause = FIRST_PAUSE;
                }
                // what it left behind (its own children) ends within moments, and nothing new starts before
                Thread.sleep(pause);
                if (!startAgain()) {
                    return;
                }
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        } catch (InterruptedException told) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException unheard) {
            throw new IllegalStateException(unheard);
        }
    }

    private synchronized ProcessHandle current() {
        return server;
    }

    private synchronized boolean startAgain() {
        if (closed) {
            return false;
        }
        if (command.isEmpty()) {
            log.error("The database ended. Start Diptych again.");
            return false;
        }
        log.error("The database ended and is started again. See {}.", output);
        try {
            server = new ProcessBuilder(command)
                    .redirectOutput(Redirect.appendTo(output.toFile()))
                    .redirectError(Redirect.appendTo(output.toFile()))
                    .start()
                    .toHandle();
        } catch (IOException notNow) {
            // no memory, no process, no room for its output: the process that ended is looked at again after a pause
            log.error("The database cannot be started yet", notNow);
        }
        return true;
    }

    /** From now on the server may end. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        keeper.interrupt();
    }

    /** Ends what had been started again only just now, and took no order to stop yet. */
    void awaitEnd() {
        OrphanedServer.end(current());
    }
}
