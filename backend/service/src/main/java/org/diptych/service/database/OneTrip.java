package org.diptych.service.database;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.stereotype.Component;

/**
 * Statements that go to the database in one trip. Each begins when the one before it has ended, so in a transaction that
 * reads what is committed it sees everything that was waited for.
 */
@Component
public final class OneTrip {
    private final NamedParameterJdbcOperations jdbc;

    OneTrip(NamedParameterJdbcOperations jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Runs all but the last statement for what they do, and reads the rows of the last.
     *
     * @param first statements that answer with rows, which are passed over
     * @param parameters of all
     */
    public <T> List<T> query(List<String> first, String last, Map<String, ?> parameters, RowMapper<T> row) {
        var all = String.join("; ", first) + "; " + last;
        return Objects.requireNonNull(jdbc.execute(all, parameters, statement -> rows(statement, first.size(), row)));
    }

    private static <T> List<T> rows(PreparedStatement statement, int passedOver, RowMapper<T> row) throws SQLException {
        statement.execute();
        var rows = new ArrayList<T>();
        for (int results = 0; results < passedOver; results++) {
            statement.getMoreResults();
        }
        try (var results = statement.getResultSet()) {
            while (results.next()) {
                rows.add(row.mapRow(results, rows.size()));
            }
        }
        return rows;
    }
}
