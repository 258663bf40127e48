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
 * Two statements that go to the database in one trip. The second begins when the first has ended, so in a transaction that
 * reads what is committed it sees everything that the first waited for.
 */
@Component
public final class OneTrip {
    private final NamedParameterJdbcOperations jdbc;

    OneTrip(NamedParameterJdbcOperations jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Runs the first statement for what it does, and reads the rows of the second.
     *
     * @param parameters of both
     */
    public <T> List<T> query(String first, String second, Map<String, ?> parameters, RowMapper<T> row) {
        return Objects.requireNonNull(
                jdbc.execute(first + "; " + second, parameters, statement -> lastRows(statement, row)));
    }

    private static <T> List<T> lastRows(PreparedStatement statement, RowMapper<T> row) throws SQLException {
        statement.execute();
        var rows = new ArrayList<T>();
        // what the first one answers is passed over
        statement.getMoreResults();
        try (var results = statement.getResultSet()) {
            while (results.next()) {
                rows.add(row.mapRow(results, rows.size()));
            }
        }
        return rows;
    }
}
