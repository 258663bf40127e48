package org.diptych.service.draft;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.diptych.service.account.NewAccount;
import org.springframework.stereotype.Component;

/** First passwords between a launch and the page that shows them, in memory alone: nothing stores a password. */
@Component
class LaunchPasswords {
    static final Duration KEPT = Duration.ofHours(1);

    private final Cache<UUID, Made> made =
            Caffeine.newBuilder().expireAfterWrite(KEPT).maximumSize(1_000).build();

    private record Made(UUID lead, List<NewAccount> accounts) {}

    void put(UUID lead, UUID draft, List<NewAccount> accounts) {
        if (!accounts.isEmpty()) {
            made.put(draft, new Made(lead, List.copyOf(accounts)));
        }
    }

    /** Hands them out, once. */
    List<NewAccount> handOut(UUID lead, UUID draft) {
        var found = made.getIfPresent(draft);
        return found != null && found.lead().equals(lead) && made.asMap().remove(draft, found)
                ? found.accounts()
                : List.of();
    }
}
