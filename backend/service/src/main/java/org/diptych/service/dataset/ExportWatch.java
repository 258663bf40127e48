package org.diptych.service.dataset;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Looks on while an export is written: says how far it is, and ends it when it is not wanted any more. */
final class ExportWatch {
    private static final long PAUSE = Duration.ofSeconds(1).toNanos();

    private final ExportQueue queue;
    private final ExportQueue.Taken taken;
    private final @Nullable Long expected;
    private final BooleanSupplier stopping;
    private long rows;
    private long looked = System.nanoTime();

    ExportWatch(ExportQueue queue, ExportQueue.Taken taken, @Nullable Long expected, BooleanSupplier stopping) {
        this.queue = queue;
        this.taken = taken;
        this.expected = expected;
        this.stopping = stopping;
        look();
    }

    /** A row of the database was read. */
    void row() {
        rows++;
        if (System.nanoTime() - looked >= PAUSE) {
            look();
        }
    }

    /**
     * Says how far it is.
     *
     * @throws ExportStopped if it is to stop
     */
    void look() {
        if (stopping.getAsBoolean()) {
            throw new ExportStopped(ExportStopped.Why.SERVER_STOPS);
        }
        switch (queue.progress(taken, rows, expected)) {
            case CANCEL -> throw new ExportStopped(ExportStopped.Why.CANCELLED);
            case LOST -> throw new ExportStopped(ExportStopped.Why.LOST);
            case GO_ON -> looked = System.nanoTime();
        }
    }
}
