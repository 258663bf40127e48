package org.diptych.service.account;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Makes a node forget what it remembers of accounts that change: its own changes at their commit, so that nobody reads the
 * old state in between and keeps it; those of other nodes and by hand when {@link AccountListener} hears of them.
 */
@Component
class AccountChanges {
    private final List<RecentSecrets> remembered = new CopyOnWriteArrayList<>();

    /** A new place to remember whose secrets are. */
    RecentSecrets remembering() {
        var secrets = new RecentSecrets();
        remembered.add(secrets);
        return secrets;
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
        remembered.forEach(secrets -> secrets.forget(account));
    }

    /** Nobody knows which accounts have changed. */
    void unknown() {
        remembered.forEach(secrets -> secrets.forget(null));
    }
}
