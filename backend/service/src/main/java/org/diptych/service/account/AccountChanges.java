package org.diptych.service.account;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Makes a node forget what it remembers of accounts that change: its own changes at their commit, so that nobody reads the
 * old state in between and keeps it; those of other nodes and by hand when {@link AccountListener} hears of them.
 */
@Component
class AccountChanges {
    private final List<Consumer<@Nullable UUID>> remembered = new CopyOnWriteArrayList<>();

    /** A new place to remember whose secrets are. */
    RecentSecrets remembering() {
        var secrets = new RecentSecrets();
        tell(secrets::forget);
        return secrets;
    }

    /**
     * Tells somebody of every change.
     *
     * @param forget told whose account has changed; null when it may have been any
     */
    void tell(Consumer<@Nullable UUID> forget) {
        remembered.add(forget);
    }

    /** The account changes in this transaction, or has changed where there is none. */
    void changing(UUID account) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            changed(account);
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                changed(account);
            }
        });
    }

    /** The account has changed. */
    void changed(UUID account) {
        remembered.forEach(forget -> forget.accept(account));
    }

    /** Nobody knows which accounts have changed. */
    void unknown() {
        remembered.forEach(forget -> forget.accept(null));
    }
}
