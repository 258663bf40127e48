package org.diptych.service.figures;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Figures that open pages ask for again and again. What is small or cheap is always read anew, by one reader for all who
 * ask meanwhile. What was costly is good for a multiple of what it cost, and is then read again beside the requests: who
 * asks gets what is known, so that nobody waits but the first after a minute in which nobody looked. However many pages are
 * open, the database spends a small share of its time on them.
 *
 * <p>Nothing here may be called while a connection of the database is held: the wait for another reader would hold it, too.
 *
 * @param <K> what the figures are of
 * @param <V> the figures
 */
public final class SharedReading<K, V> {
    /** Quicker than this is not worth a figure that is out of date. */
    private static final Duration CHEAP = Duration.ofMillis(50);

    private static final int TIMES_ITS_COST = 20;
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Logger log = LoggerFactory.getLogger(SharedReading.class);

    private final Cache<K, Reading<V>> readings;
    private final Predicate<V> small;
    private final Ticker ticker;
    private final Executor beside;

    /**
     * Nothing is known at first.
     *
     * @param most figures that are kept
     * @param small figures that are read anew each time, however long that took: their cost says more about the machine
     *     than about them
     */
    public SharedReading(int most, Predicate<V> small) {
        this(most, small, Ticker.systemTicker(), Thread::startVirtualThread);
    }

    SharedReading(int most, Predicate<V> small, Ticker ticker, Executor beside) {
        this.small = small;
        this.ticker = ticker;
        this.beside = beside;
        this.readings = Caffeine.newBuilder()
                .maximumSize(most)
                .ticker(ticker)
                .executor(Runnable::run)
                .expireAfterAccess(LONGEST)
                .build();
    }

    /**
     * The figures as they are, or, where that is costly, as they were a moment ago.
     *
     * @param compute reads them
     */
    public V get(K key, Supplier<V> compute) {
        long asked = ticker.read();
        var known = readings.getIfPresent(key);
        if (known != null && known.goodAt(asked)) {
            return known.value();
        }
        if (known != null && known.tellsEnoughAt(asked)) {
            return readBeside(key, known, compute);
        }
        return Objects.requireNonNull(readings.asMap()
                        .compute(
                                key,
                                (_, other) -> other != null && (other.goodAt(asked) || other.begun() - asked >= 0)
                                        ? other
                                        : read(compute)))
                .value();
    }

    /**
     * The figures of many, as {@link #get} has them; those that have to be read are read together.
     *
     * @param compute reads some; has figures for each that it was asked for
     */
    public Map<K, V> getAll(Collection<K> keys, Function<Set<K>, Map<K, V>> compute) {
        long asked = ticker.read();
        var figures = new LinkedHashMap<K, V>();
        var wanted = new LinkedHashSet<K>();
        var old = new LinkedHashMap<K, Reading<V>>();
        for (var key : keys) {
            var known = readings.getIfPresent(key);
            if (known == null || !known.tellsEnoughAt(asked)) {
                wanted.add(key);
            } else {
                figures.put(key, known.value());
                if (!known.goodAt(asked)) {
                    old.put(key, known);
                }
            }
        }
        // together, or many campaigns would take many connections from those who work
        readBeside(old, compute);
        old.keySet().forEach(key -> {
            var now = readings.getIfPresent(key);
            if (now != null) {
                figures.put(key, now.value());
            }
        });
        if (!wanted.isEmpty()) {
            var together = read(() -> compute.apply(wanted), _ -> false);
            together.value().forEach((key, value) -> {
                readings.put(key, together.of(value, small));
                figures.put(key, value);
            });
        }
        return figures;
    }

    /**
     * The figures as they were a moment ago, for who asks so often that nothing may be read in between. Waits only where
     * nothing is known.
     *
     * @param age what is out of date by more is read again, beside the request
     */
    public V recent(K key, Duration age, Supplier<V> compute) {
        var known = Objects.requireNonNull(readings.get(key, _ -> read(compute)));
        long now = ticker.read();
        return known.isWithin(age, now) || known.goodAt(now) ? known.value() : readBeside(key, known, compute);
    }

    private V readBeside(K key, Reading<V> known, Supplier<V> compute) {
        readBeside(Map.of(key, known), _ -> Map.of(key, compute.get()));
        var now = readings.getIfPresent(key);
        return now == null ? known.value() : now.value();
    }

    private void readBeside(Map<K, Reading<V>> old, Function<Set<K>, Map<K, V>> compute) {
        var mine = old.keySet().stream()
                .filter(key -> Objects.requireNonNull(old.get(key)).replaced().compareAndSet(false, true))
                .collect(Collectors.toSet());
        if (mine.isEmpty()) {
            return;
        }
        beside.execute(() -> {
            boolean done = false;
            try {
                var together = read(() -> compute.apply(mine), _ -> false);
                together.value().forEach((key, value) -> readings.put(key, together.of(value, small)));
                done = true;
            } catch (RuntimeException e) {
                log.warn("the figures of {} could not be read and stay as they were: {}", mine, e.toString());
            } finally {
                if (!done) {
                    mine.forEach(key ->
                            Objects.requireNonNull(old.get(key)).replaced().set(false));
                }
            }
        });
    }

    private Reading<V> read(Supplier<V> compute) {
        return read(compute, small);
    }

    private <T> Reading<T> read(Supplier<T> compute, Predicate<T> unworthy) {
        long begun = ticker.read();
        var value = compute.get();
        return Reading.of(value, begun, Duration.ofNanos(ticker.read() - begun), unworthy);
    }

    /**
     * Figures that were read.
     *
     * @param begun when the reading began, in nanoseconds of the ticker: they know of all that was before
     * @param replaced whether somebody reads them again
     */
    private record Reading<V>(V value, long begun, Duration cost, boolean costly, AtomicBoolean replaced) {
        static <V> Reading<V> of(V value, long begun, Duration cost, Predicate<V> small) {
            boolean costly = cost.compareTo(CHEAP) >= 0 && !small.test(value);
            return new Reading<>(value, begun, cost, costly, new AtomicBoolean());
        }

        /** One of many that were read together. */
        <P> Reading<P> of(P part, Predicate<P> small) {
            return of(part, begun, cost, small);
        }

        boolean goodAt(long now) {
            return costly && isWithin(good(), now);
        }

        /** Whether who asks may get it once more while it is read again. */
        boolean tellsEnoughAt(long now) {
            return costly && isWithin(good().multipliedBy(2), now);
        }

        private Duration good() {
            var good = cost.multipliedBy(TIMES_ITS_COST);
            return good.compareTo(LONGEST) < 0 ? good : LONGEST;
        }

        boolean isWithin(Duration age, long now) {
            return now - begun - cost.toNanos() <= age.toNanos();
        }
    }
}
