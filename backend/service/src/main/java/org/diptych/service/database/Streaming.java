package org.diptych.service.database;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads results of any size, some rows at a time: memory does not grow with them. */
@Component
public final class Streaming {
    private static final int ROWS_AT_A_TIME = 2_000;

    /** Milliseconds until a connection counts as broken on which a watched reading hears nothing. */
    private static final int LONGEST_SILENCE =
            Math.toIntExact(Duration.ofHours(1).toMillis());

    private static final ScopedValue<Runnable> WATCH = ScopedValue.newInstance();

    private final JdbcTemplate template;
    private final TransactionTemplate oneMoment;

    Streaming(JdbcTemplate template, PlatformTransactionManager transactions) {
        this.template = new JdbcTemplate(Objects.requireNonNull(template.getDataSource()));
        this.template.setFetchSize(ROWS_AT_A_TIME);
        this.oneMoment = new TransactionTemplate(transactions);
        oneMoment.setReadOnly(true);
        oneMoment.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    /**
     * Does some reading while somebody looks on.
     *
     * @param eachRow is called after each row that any statement hands over, by the thread that reads; what it throws ends
     *     the reading
     */
    public static <T> T watched(Runnable eachRow, Supplier<T> reading) {
        return ScopedValue.where(WATCH, eachRow).call(reading::get);
    }

    /** Hands over the rows of a statement, in the caller's transaction or in one of its own. */
    public void query(String statement, RowCallbackHandler row, Object... parameters) {
        // without a transaction the driver reads all rows at once
        asOfOneMoment(() -> {
            template.query(statement, WATCH.isBound() ? seen(row, WATCH.get()) : row, parameters);
            return true;
        });
    }

    private static RowCallbackHandler seen(RowCallbackHandler row, Runnable eachRow) {
        return result -> {
            row.processRow(result);
            eachRow.run();
        };
    }

    /** Reads several things as they were at one moment, unless the caller's transaction says otherwise. Changes nothing. */
    public <T> T asOfOneMoment(Supplier<T> reading) {
        return Objects.requireNonNull(oneMoment.execute(_ -> {
            if (WATCH.isBound()) {
                waitLonger();
            }
            return reading.get();
        }));
    }

    /** The first row of a large sort comes late; the pool puts the connection's own patience back. */
    private void waitLonger() {
        template.execute((ConnectionCallback<Boolean>) connection -> {
            connection.setNetworkTimeout(Runnable::run, LONGEST_SILENCE);
            return true;
        });
    }
}
