package org.diptych.service.download;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.diptych.service.account.SignedIn;
import org.diptych.service.image.StagingFolder;
import org.diptych.service.problem.Problem;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/**
 * Answers of any length. What is written comes from the database at full speed into a file, and only then goes to the
 * client at the client's: a slow reader holds no connection of the database, and a failure while writing is answered as
 * one instead of breaking off in the middle.
 *
 * <p>Few are written at a time, and one account holds few at once, so that neither the pool nor the disk belongs to one
 * client.
 */
@Component
public class Downloads {
    private static final int WRITTEN_AT_ONCE = 2;
    private static final int HELD_BY_ONE = 2;
    private static final int PATIENCE_SECONDS = 60;

    private final StagingFolder staging;
    private final Semaphore writing = new Semaphore(WRITTEN_AT_ONCE, true);
    private final Map<UUID, Integer> held = new ConcurrentHashMap<>();

    Downloads(StagingFolder staging) {
        this.staging = staging;
    }

    /**
     * An answer with the content, which is complete on disk when this returns.
     *
     * @param content writes it; the stream is buffered, and closed afterwards
     * @throws Problem {@code too_many_downloads} when the account has as many as it may at once, {@code busy} when others
     *     have kept this server writing for too long
     */
    public ResponseEntity<StreamingResponseBody> answer(SignedIn who, MediaType type, Consumer<OutputStream> content) {
        hold(who);
        Spool spool;
        try {
            spool = write(content);
        } catch (RuntimeException | Error failed) {
            letGo(who);
            throw failed;
        }
        return ResponseEntity.ok().contentType(type).body(client -> {
            try (spool) {
                spool.stream.transferTo(client);
            } finally {
                letGo(who);
            }
        });
    }

    private void hold(SignedIn who) {
        held.compute(who.id(), (_, count) -> {
            if (count != null && count >= HELD_BY_ONE) {
                throw Problem.tooMany(
                        "too_many_downloads",
                        "You have " + count + " downloads under way. Wait until one is done, or end it.");
            }
            return count == null ? 1 : count + 1;
        });
    }

    private void letGo(SignedIn who) {
        held.computeIfPresent(who.id(), (_, count) -> count == 1 ? null : count - 1);
    }

    private Spool write(Consumer<OutputStream> content) {
        try {
            if (!writing.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw Problem.tooMany("busy", "Other exports keep this server busy. Try again in a minute.");
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw Problem.tooMany("busy", "This server is stopping. Try again in a minute.");
        }
        Path file = staging.newPath();
        try {
            try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
                content.accept(stream);
            }
            // gone with its last reader, also when the answer is never sent
            return new Spool(Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE));
        } catch (IOException unwritable) {
            delete(file);
            throw new UncheckedIOException(unwritable);
        } catch (RuntimeException | Error failed) {
            delete(file);
            throw failed;
        } finally {
            writing.release();
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }

    private record Spool(InputStream stream) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            stream.close();
        }
    }
}
