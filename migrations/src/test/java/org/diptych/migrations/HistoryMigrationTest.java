package org.diptych.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** An installation with history goes over to the chain: what is there stays, and nothing of it can be emptied. */
class HistoryMigrationTest {
    @Test
    void history_stays_and_waits_for_the_chain_and_cannot_be_emptied() throws Exception {
        try (var postgres = EmbeddedPostgres.builder().start();
                var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            var database = postgres.getPostgresDatabase();
            Flyway.configure().dataSource(database).target("22").load().migrate();
            statement.execute("INSERT INTO audit_event (action) VALUES ('before')");

            Flyway.configure().dataSource(database).load().migrate();

            try (var row = statement.executeQuery(
                    "SELECT count(*), (SELECT sequence FROM label_chain_mark) FROM audit_event")) {
                row.next();
                assertThat(row.getInt(1)).isEqualTo(1);
                assertThat(row.getLong(2)).isZero();
            }
            for (var table :
                    List.of("audit_event", "label", "protocol", "label_chain", "known_answer", "protocol_move")) {
                assertThatThrownBy(() -> statement.execute("TRUNCATE " + table + " CASCADE"))
                        .as(table)
                        .hasMessageContaining("append-only");
            }
        }
    }
}
