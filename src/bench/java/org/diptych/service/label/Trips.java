package org.diptych.service.label;

import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** A pool that counts how often its connections go to the database and wait for the answer. */
final class Trips extends HikariDataSource {
    private static final Set<String> OF_CONNECTIONS =
            Set.of("commit", "rollback", "setTransactionIsolation", "getTransactionIsolation", "isValid");

    private final AtomicLong trips = new AtomicLong();

    long count() {
        return trips.get();
    }

    @Override
    public Connection getConnection() throws SQLException {
        return counted(Connection.class, super.getConnection());
    }

    private <T> T counted(Class<T> type, Object real) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (_, method, arguments) -> {
                    var name = method.getName();
                    if (name.startsWith("execute") || (real instanceof Connection && OF_CONNECTIONS.contains(name))) {
                        trips.incrementAndGet();
                    }
                    try {
                        var result = method.invoke(real, arguments);
                        return name.equals("prepareStatement") ? counted(PreparedStatement.class, result) : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
