package org.diptych.command;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.diptych.simulation.Latencies;

/** What all annotators of a simulation did together. Thread-safe. */
final class SimulationRecord {
    private static final double NANOSECONDS_PER_SECOND = 1e9;
    private static final int DECIMALS = 1_000;

    private final long start = System.nanoTime();
    private final AtomicLong labels = new AtomicLong();
    private final AtomicLong skips = new AtomicLong();
    private final AtomicLong duplicates = new AtomicLong();
    private final AtomicLong errors = new AtomicLong();
    private final AtomicLong lastLabel = new AtomicLong(start);
    private final Latencies next = new Latencies();
    private final Latencies submit = new Latencies();
    private volatile boolean heldByOthers;
    private volatile String lastError = "";

    void next(long nanoseconds) {
        next.add(nanoseconds);
    }

    void submit(long nanoseconds) {
        submit.add(nanoseconds);
    }

    void labelled() {
        labels.incrementAndGet();
        lastLabel.set(System.nanoTime());
    }

    void skipped() {
        skips.incrementAndGet();
    }

    void duplicate() {
        duplicates.incrementAndGet();
    }

    void error(String message) {
        errors.incrementAndGet();
        lastError = message;
    }

    /** What is left to label is leased to people outside the simulation. */
    void heldByOthers() {
        heldByOthers = true;
    }

    boolean isHeldByOthers() {
        return heldByOthers;
    }

    long labels() {
        return labels.get();
    }

    String lastError() {
        return lastError;
    }

    long nanosecondsSinceLabel() {
        return System.nanoTime() - lastLabel.get();
    }

    double seconds() {
        return Math.round((System.nanoTime() - start) / NANOSECONDS_PER_SECOND * DECIMALS) / (double) DECIMALS;
    }

    /** The report without the annotators. */
    Map<String, Object> report() {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("labels", labels.get());
        report.put("skips", skips.get());
        report.put("duplicates", duplicates.get());
        report.put("errors", errors.get());
        report.put("seconds", seconds());
        report.put("next", next.percentiles());
        report.put("submit", submit.percentiles());
        return report;
    }
}
