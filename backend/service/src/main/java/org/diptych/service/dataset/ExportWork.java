package org.diptych.service.dataset;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.diptych.protocol.text.Sha256;
import org.diptych.service.database.Streaming;
import org.diptych.service.image.ObjectStore;
import org.diptych.service.image.StagingFolder;
import org.diptych.service.problem.Outage;
import org.diptych.service.problem.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;

/**
 * What a worker does for exports: it writes what somebody has asked for into a file, stores the file, and deletes files whose
 * time is over. A file is there completely or not at all; whoever stops, dies or is replaced leaves the row to be begun again.
 */
@Service
public class ExportWork {
    /** So many are written at once by all workers together: each reads one long view of the database. */
    public static final int LANES = 2;

    /** Of rows without a file, such as failures, a campaign keeps so many. */
    private static final int MOST_ENDED = 50;

    /** A worker loses the database so often under one export before it gives up. */
    private static final int MOST_OUTAGES = 10;

    /** How often, a second and more apart, a worker looks whether the database is back. */
    private static final int LOOKS_FOR_DATABASE = 120;

    private static final String OFTEN_LOST = "The connection to the database was lost " + MOST_OUTAGES
            + " times while this was written. Its administrator finds in the logs of the worker and of the database why. Start"
            + " it again when the database stays.";

    private static final Logger log = LoggerFactory.getLogger(ExportWork.class);

    private final ExportQueue queue;
    private final ExportTable table;
    private final ExportService exports;
    private final ExportSize size;
    private final ObjectStore store;
    private final StagingFolder staging;
    private final ExportSettings settings;
    private final Clock clock;
    private final Map<UUID, Integer> outages = new ConcurrentHashMap<>();

    ExportWork(
            ExportQueue queue,
            ExportTable table,
            ExportService exports,
            ExportSize size,
            ObjectStore store,
            StagingFolder staging,
            ExportSettings settings,
            Clock clock) {
        this.queue = queue;
        this.table = table;
        this.exports = exports;
        this.size = size;
        this.store = store;
        this.staging = staging;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Writes what waits, until nothing does.
     *
     * @param lane the place of work, from 0; nobody else may work in it meanwhile, and what somebody left in it is begun again
     * @param stopping whether the process goes down: what is being written is given back
     */
    public void writeWaiting(int lane, BooleanSupplier stopping) {
        while (!stopping.getAsBoolean()) {
            var taken = queue.take(lane);
            if (taken.isEmpty()) {
                return;
            }
            write(taken.get(), stopping);
        }
    }

    private void write(ExportQueue.Taken taken, BooleanSupplier stopping) {
        var file = draft(taken.object());
        try {
            if (taken.former() != null) {
                Files.deleteIfExists(draft(taken.former()));
                store.delete(key(taken.former()));
            }
            store(taken, file, stopping);
        } catch (ExportStopped stopped) {
            settle(taken, stopped.why());
        } catch (IOException | RuntimeException failed) {
            if (stopping.getAsBoolean()) {
                giveBackInterrupted(taken, failed);
                return;
            }
            if (Outage.isBehind(failed) && Problem.behind(failed).code().equals("unavailable")) {
                afterOutage(taken, failed, stopping);
                return;
            }
            var problem = Problem.behind(failed);
            if (problem.status().is5xxServerError()) {
                log.error("export {} failed", taken.id(), failed);
            }
            queue.fail(taken, problem);
        } finally {
            delete(file);
        }
    }

    /** Whatever it was doing when the process went down has failed because of that. */
    private void giveBackInterrupted(ExportQueue.Taken taken, Exception failed) {
        log.info("export {} is given back: the worker stops", taken.id(), failed);
        // an interrupted thread gets no connection
        boolean interrupted = Thread.interrupted();
        try {
            queue.giveBack(taken);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Waits for the database and gives the export back: that it was away is no death of a worker. If it does not come back in
     * time, the row stays as it is, and whoever works here next begins again.
     */
    private void afterOutage(ExportQueue.Taken taken, Exception failed, BooleanSupplier stopping) {
        log.warn("export {} lost its database", taken.id(), failed);
        boolean often = outages.merge(taken.id(), 1, Integer::sum) >= MOST_OUTAGES;
        for (int looked = 0; looked < LOOKS_FOR_DATABASE && !stopping.getAsBoolean(); looked++) {
            try {
                if (often) {
                    queue.fail(taken, Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "database_lost", OFTEN_LOST));
                    outages.remove(taken.id());
                } else {
                    queue.giveBack(taken);
                }
                return;
            } catch (RuntimeException away) {
                if (!Outage.isBehind(away)) {
                    throw away;
                }
                LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
            }
        }
    }

    private void store(ExportQueue.Taken taken, Path file, BooleanSupplier stopping) throws IOException {
        var options = taken.wish().options();
        var format = taken.wish().wanted();
        exports.requirePossible(taken.campaign(), format, options);
        var watch = new ExportWatch(queue, taken, size.rowsToRead(taken.campaign(), format, options), stopping);
        Written written;
        var digest = Sha256.digest();
        try (var stream =
                new BufferedOutputStream(new DigestOutputStream(Files.newOutputStream(file), digest), 1 << 16)) {
            written = Streaming.watched(watch::row, () -> exports.write(taken.campaign(), format, options, stream));
        }
        watch.look();
        long bytes = Files.size(file);
        store.put(key(taken.object()), file);
        var sha256 = HexFormat.of().formatHex(digest.digest());
        outages.remove(taken.id());
        if (!queue.finish(taken, written, bytes, sha256, clock.instant().plus(settings.keepFor()))) {
            store.delete(key(taken.object()));
            throw new ExportStopped(ExportStopped.Why.CANCELLED);
        }
    }

    private void settle(ExportQueue.Taken taken, ExportStopped.Why why) {
        switch (why) {
            case CANCELLED -> queue.cancelled(taken);
            case SERVER_STOPS -> queue.giveBack(taken);
            case LOST -> log.info("export {} has another worker", taken.id());
        }
    }

    /** Deletes files that are too old or too many, and what died workers have left. */
    public void deleteExpired() {
        table.expire(clock.instant(), settings.keep());
        for (var object : table.leftObjects()) {
            try {
                store.delete(key(object));
                table.forgetObject(object);
            } catch (IOException e) {
                log.warn("the file of an export stays for now: {}", object, e);
            }
        }
        table.forgetOld(MOST_ENDED);
    }

    /** Where it is written: whoever begins again on the same machine finds what a dead worker has left. */
    private Path draft(String object) {
        return staging.newPath().resolveSibling(object);
    }

    /** Where the file of an export lies. */
    static String key(String object) {
        return ObjectStore.keyOf(object) + ".export";
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            log.warn("{} stays for now", file, e);
        }
    }
}
