package org.diptych.service.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * How fast names and passwords may be tried. A try counts as wrong until it was right, so many at once gain nothing. After
 * some wrong ones each further one has to wait twice as long as the one before:
 *
 * <ul>
 *   <li>for a name from one address: after 5, up to 15 minutes,
 *   <li>for a name from everywhere: after 50, up to a minute, so that nobody is locked out for long by others,
 *   <li>from one address, whatever the names: after 100, up to 15 minutes. People share the address of their office.
 * </ul>
 *
 * What was wrong is forgotten an hour after the last wrong try, and with a restart. Each web node counts for itself.
 */
@Component
class SignInTries {
    private static final Rule NAME_FROM_ADDRESS = new Rule(5, Duration.ofMinutes(15));
    private static final Rule NAME = new Rule(50, Duration.ofMinutes(1));
    private static final Rule ADDRESS = new Rule(100, Duration.ofMinutes(15));
    private static final Duration REMEMBERED = Duration.ofHours(1);
    private static final int MOST = 100_000;
    private static final int NETWORK_BYTES = 8;

    private final Ticker ticker;
    private final Cache<Key, Wrong> wrong;

    @Autowired
    SignInTries() {
        this(Ticker.systemTicker());
    }

    SignInTries(Ticker ticker) {
        this.ticker = ticker;
        this.wrong = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(REMEMBERED)
                .ticker(ticker)
                .build();
    }

    /**
     * Begins a try.
     *
     * @param name as typed
     * @param address of the client
     * @return what to say when the try was right
     * @throws TryLater when it comes too early; it is not counted then
     */
    Try begin(String name, String address) {
        var typed = name.strip().toLowerCase(Locale.ROOT);
        var network = network(address);
        var keys = List.of(
                new Key(NAME_FROM_ADDRESS, typed, network), new Key(NAME, typed, ""), new Key(ADDRESS, "", network));
        long now = ticker.read();
        long wait = keys.stream().mapToLong(key -> waits(key, now)).max().orElse(0);
        if (wait > 0) {
            throw new TryLater(Duration.ofSeconds(TimeUnit.NANOSECONDS.toSeconds(wait - 1) + 1));
        }
        keys.forEach(key ->
                wrong.asMap().merge(key, new Wrong(1, now), (before, _) -> new Wrong(before.times() + 1, now)));
        return () -> {
            wrong.invalidate(keys.getFirst());
            keys.stream().skip(1).forEach(this::takeBack);
        };
    }

    private long waits(Key key, long now) {
        var before = wrong.getIfPresent(key);
        return before == null
                ? 0
                : before.last() + key.rule().pause(before.times()).toNanos() - now;
    }

    private void takeBack(Key key) {
        wrong.asMap()
                .computeIfPresent(
                        key, (_, before) -> before.times() == 1 ? null : new Wrong(before.times() - 1, before.last()));
    }

    /** An IPv6 client has a whole network of addresses: what counts is the network. */
    private static String network(String address) {
        try {
            var bytes = InetAddress.ofLiteral(address) instanceof Inet6Address six ? six.getAddress() : null;
            return bytes == null ? address : HexFormat.of().formatHex(bytes, 0, NETWORK_BYTES);
        } catch (IllegalArgumentException noAddress) {
            return address;
        }
    }

    /** A try that has begun. */
    interface Try {
        /** It was right: it does not count, and the name may be typed from there as if nothing had been wrong. */
        void right();
    }

    private record Key(Rule rule, String name, String network) {}

    private record Wrong(int times, long last) {}

    private record Rule(int free, Duration longest) {
        private static final int DOUBLINGS = 20;

        Duration pause(int times) {
            if (times < free) {
                return Duration.ZERO;
            }
            var pause = Duration.ofSeconds(1L << Math.min(times - free, DOUBLINGS));
            return pause.compareTo(longest) < 0 ? pause : longest;
        }
    }
}
