package org.diptych.service.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Whose the secrets are that were shown lately, so that a program that calls all the time does not ask the database each
 * time. Of many who ask for the same one at once, one reads. {@link AccountChanges} says when what is remembered of an
 * account holds no more; where a node cannot be told, it does so for some seconds longer.
 */
final class RecentSecrets {
    private static final Duration TRUSTED_FOR = Duration.ofSeconds(5);
    private static final int MOST_RECENT = 10_000;

    private final Cache<String, SignedIn> known = Caffeine.newBuilder()
            .maximumSize(MOST_RECENT)
            .expireAfterWrite(TRUSTED_FOR)
            .build();
    private final AtomicLong changes = new AtomicLong();

    /**
     * Whose secret has this hash.
     *
     * @param look asks the database
     */
    Optional<SignedIn> find(byte[] hash, Function<byte[], Optional<SignedIn>> look) {
        var key = HexFormat.of().formatHex(hash);
        long before = changes.get();
        @Nullable SignedIn who = known.get(key, _ -> look.apply(hash).orElse(null));
        if (changes.get() != before) {
            // what was read may be from before the change, and was not there yet to be forgotten
            known.invalidate(key);
        }
        return Optional.ofNullable(who);
    }

    /** Forgets what is known of the account; null for all. */
    void forget(@Nullable UUID account) {
        changes.incrementAndGet();
        known.asMap().values().removeIf(who -> account == null || who.id().equals(account));
    }
}
