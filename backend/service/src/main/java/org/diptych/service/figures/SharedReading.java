package org.diptych.service.figures;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Figures that open pages ask for again and again. One reader at a time computes them, whoever asks meanwhile waits for the
 * same, and what was costly is good for a multiple of what it cost: however many pages are open, the database spends a small
 * share of its time on them. What is cheap is always read anew.
 *
 * @param <K> what the figures are of
 * @param <V> the figures
 */
public final class SharedReading<K, V> {
    /** Quicker than this is not worth a figure that is out of date. */
    private static final Duration CHEAP = Duration.ofMillis(50);

    private static final int TIMES_ITS_COST = 20;
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final Cache<K, Costed<V>> readings;
    private final Ticker ticker;

    /**
     * Nothing is known at first.
     *
     * @param most figures that are kept
     */
    public SharedReading(int most) {
        this(most, Ticker.systemTicker());
    }

    SharedReading(int most, Ticker ticker) {
        this.ticker = ticker;
        this.readings = Caffeine.newBuilder()
                .maximumSize(most)
                .ticker(ticker)
                .executor(Runnable::run)
                .expireAfter(Expiry.<K, Costed<V>>creating((_, reading) -> reading.goodFor()))
                .build();
    }

    /**
     * The figures, as they are or as they were a moment ago. Must not be called while a connection of the database is held:
     * the wait for another reader would hold it, too.
     *
     * @param compute reads them
     */
    public V get(K key, Supplier<V> compute) {
        return readings.get(key, _ -> {
                    long begun = ticker.read();
                    var value = compute.get();
                    return new Costed<>(value, Duration.ofNanos(ticker.read() - begun));
                })
                .value();
    }

    private record Costed<V>(V value, Duration cost) {
        Duration goodFor() {
            if (cost.compareTo(CHEAP) < 0) {
                return Duration.ZERO;
            }
            var good = cost.multipliedBy(TIMES_ITS_COST);
            return good.compareTo(LONGEST) < 0 ? good : LONGEST;
        }
    }
}
