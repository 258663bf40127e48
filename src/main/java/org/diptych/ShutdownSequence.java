package org.diptych;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has to be closed when the process ends, last opened first: the web server finishes its requests before the
 * database stops. (The JVM runs shutdown hooks at the same time, so one hook must do it all; at a signal it is done before any
 * hook, see {@link TerminationSignal}.)
 */
final class ShutdownSequence implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ShutdownSequence.class);

    private final Deque<AutoCloseable> resources = new ArrayDeque<>();
    private boolean closed;

    ShutdownSequence() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "shutdown"));
        // first all of this, and only then what libraries do at the end of a process
        TerminationSignal.onArrival(status -> {
            close();
            System.exit(status);
        });
    }

    /** Remembers a resource. When the process is already ending, the resource is closed at once. */
    <T extends AutoCloseable> T add(T resource) {
        synchronized (resources) {
            if (!closed) {
                resources.push(resource);
                return resource;
            }
        }
        close(resource);
        return resource;
    }

    /** Closes everything; a second call waits for the first and then does nothing. */
    @Override
    public void close() {
        synchronized (resources) {
            closed = true;
            while (!resources.isEmpty()) {
                close(resources.pop());
            }
        }
    }

    private static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception exception) {
            log.warn("{} did not close cleanly", resource.getClass().getSimpleName(), exception);
        }
    }
}
