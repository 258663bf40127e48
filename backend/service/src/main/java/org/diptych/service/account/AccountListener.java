package org.diptych.service.account;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Hears from the database of accounts that other nodes or people at its prompt have changed. It has one connection of its
 * own, as those of the pool are for requests. Whenever it begins to listen, nothing that was remembered before holds.
 */
@Component
class AccountListener implements SmartLifecycle {
    /** How the database's list of connections names this one. */
    static final String NAME = "diptych account changes";

    private static final Duration QUIET = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Logger log = LoggerFactory.getLogger(AccountListener.class);

    private final DataSource pool;
    private final AccountChanges changes;
    private volatile @Nullable Thread thread;
    private volatile @Nullable Connection connection;

    AccountListener(DataSource pool, AccountChanges changes) {
        this.pool = pool;
        this.changes = changes;
    }

    @Override
    public void start() {
        var listening = Thread.ofPlatform().daemon().name("account-changes").unstarted(this::run);
        thread = listening;
        listening.start();
    }

    @Override
    public void stop() {
        var listening = thread;
        thread = null;
        close(connection);
        if (listening != null) {
            listening.interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    private void run() {
        boolean heard = true;
        while (isMine()) {
            try (var opened = open()) {
                connection = opened;
                try (var statement = opened.createStatement()) {
                    statement.execute("LISTEN account_changed");
                }
                changes.unknown();
                heard = true;
                listen(opened);
            } catch (SQLException e) {
                if (heard && isMine()) {
                    log.warn("what other nodes change of accounts is seen some seconds later: {}", e.getMessage());
                    heard = false;
                }
            }
            changes.unknown();
            if (isMine()) {
                rest();
            }
        }
    }

    private boolean isMine() {
        return thread == Thread.currentThread();
    }

    private void listen(Connection opened) throws SQLException {
        var notifications = opened.unwrap(PGConnection.class);
        while (isMine()) {
            var heard = notifications.getNotifications((int) QUIET.toMillis());
            for (var change : heard) {
                changed(change.getParameter());
            }
            // of a cut cable nobody is told
            if (heard.length == 0 && !opened.isValid((int) PATIENCE.toSeconds())) {
                throw new SQLException("the connection is gone");
            }
        }
    }

    /** Anybody may notify: what names no account may have been any. */
    private void changed(String account) {
        try {
            changes.changed(UUID.fromString(account));
        } catch (IllegalArgumentException e) {
            changes.unknown();
        }
    }

    private Connection open() throws SQLException {
        var settings = pool.unwrap(HikariDataSource.class);
        var properties = new Properties();
        properties.putAll(settings.getDataSourceProperties());
        if (settings.getUsername() != null) {
            properties.setProperty("user", settings.getUsername());
            properties.setProperty("password", settings.getPassword() == null ? "" : settings.getPassword());
        }
        properties.setProperty("ApplicationName", NAME);
        properties.setProperty("connectTimeout", String.valueOf(PATIENCE.toSeconds()));
        properties.setProperty("tcpKeepAlive", "true");
        return DriverManager.getConnection(settings.getJdbcUrl(), properties);
    }

    private static void rest() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(@Nullable Connection opened) {
        try {
            if (opened != null) {
                opened.abort(Runnable::run);
            }
        } catch (SQLException e) {
            log.debug("closing what is gone", e);
        }
    }
}
