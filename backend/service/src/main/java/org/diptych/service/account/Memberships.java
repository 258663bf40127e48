package org.diptych.service.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Which campaigns people are in, remembered for some seconds, for what is asked several times with each pair: its pictures.
 * The end of a membership is forgotten with its commit, on every node. Whatever hands something out or takes something in
 * asks {@link CampaignAccess} or the database itself.
 */
@Service
public class Memberships {
    private static final Duration TRUSTED_FOR = Duration.ofSeconds(5);
    private static final int MOST_RECENT = 10_000;

    private final JdbcClient jdbc;
    private final AccountChanges accounts;
    private final AtomicLong changes = new AtomicLong();
    private final Cache<UUID, Set<UUID>> known = Caffeine.newBuilder()
            .maximumSize(MOST_RECENT)
            .expireAfterWrite(TRUSTED_FOR)
            .build();

    Memberships(JdbcClient jdbc, AccountChanges accounts) {
        this.jdbc = jdbc;
        this.accounts = accounts;
        accounts.tell(this::forget);
    }

    /** Whether an account is in one of the campaigns. That it is in none is never taken from what is remembered. */
    public boolean anyOf(Collection<UUID> campaigns, UUID account) {
        return !Collections.disjoint(campaigns, recent(account)) || !Collections.disjoint(campaigns, read(account));
    }

    /** The account's memberships change in this transaction. */
    public void changing(UUID account) {
        accounts.changing(account);
    }

    /** Of many who ask for the same account at once, one reads. */
    private Set<UUID> recent(UUID account) {
        long before = changes.get();
        var campaigns = Objects.requireNonNull(known.get(account, this::read));
        if (changes.get() != before) {
            // what was read may be from before the change, and was not there yet to be forgotten
            known.invalidate(account);
        }
        return campaigns;
    }

    private Set<UUID> read(UUID account) {
        return Set.copyOf(jdbc.sql("SELECT campaign_id FROM campaign_member WHERE account_id = ?")
                .param(account)
                .query(UUID.class)
                .list());
    }

    private void forget(@Nullable UUID account) {
        changes.incrementAndGet();
        if (account == null) {
            known.invalidateAll();
        } else {
            known.invalidate(account);
        }
    }
}
