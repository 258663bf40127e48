package org.diptych.simulation;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Times of requests, kept exactly (8 bytes each). Thread-safe. */
public final class Latencies {
    private static final int NANOSECONDS_PER_MICROSECOND = 1_000;
    private static final double MICROSECONDS_PER_MILLISECOND = 1_000;

    private long[] nanoseconds = new long[1_024];
    private int size;

    /** Notes one request. */
    public synchronized void add(long duration) {
        if (size == nanoseconds.length) {
            nanoseconds = Arrays.copyOf(nanoseconds, 2 * size);
        }
        nanoseconds[size++] = duration;
    }

    /** Percentiles (nearest rank) in milliseconds; null while there is no request. */
    public synchronized Map<String, Object> percentiles() {
        long[] sorted = Arrays.copyOf(nanoseconds, size);
        Arrays.sort(sorted);
        Map<String, Object> percentiles = new LinkedHashMap<>();
        for (int percent : new int[] {50, 95, 99}) {
            percentiles.put("p" + percent, size == 0 ? null : milliseconds(sorted[rank(percent)]));
        }
        return percentiles;
    }

    private int rank(int percent) {
        return Math.max(0, (int) Math.ceil(percent / 100.0 * size) - 1);
    }

    private static double milliseconds(long nanoseconds) {
        return Math.round((double) nanoseconds / NANOSECONDS_PER_MICROSECOND) / MICROSECONDS_PER_MILLISECOND;
    }
}
