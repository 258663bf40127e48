package org.diptych.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** An installation that already has candidates. */
class EvidenceMigrationTest {
    private static final String ITEM = """
            INSERT INTO protocol (sha256, id, version, document) VALUES (repeat('a', 64), 'p', 1, 'text') ON CONFLICT DO NOTHING;
            INSERT INTO campaign (name, protocol_sha256) VALUES ('campaign', repeat('a', 64)) ON CONFLICT DO NOTHING;
            INSERT INTO image (sha256, media_type, width, height, bytes) VALUES (repeat('b', 64), 'image/png', 1, 1, 1)
                ON CONFLICT DO NOTHING;
            INSERT INTO item (campaign_id, external_id, instruction, source_sha256)
                SELECT id, '%s', 'Make it red.', repeat('b', 64) FROM campaign;
            INSERT INTO candidate (campaign_id, item_id, ordinal, model, path, image_sha256)
                SELECT campaign_id, id, o, 'm', 'p', repeat('b', 64) FROM item, generate_series(1, 2) o
                WHERE external_id = '%s'""";

    private static long pending(DataSource database) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var rows =
                        statement.executeQuery("SELECT count(*) FROM candidate_evidence WHERE outcome = 'PENDING'")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static void addItem(DataSource database, String id) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(ITEM.formatted(id, id));
        }
    }

    @Test
    void candidates_of_earlier_releases_wait_to_be_measured_and_so_does_every_new_one()
            throws SQLException, IOException {
        try (var postgres = EmbeddedPostgres.builder().start()) {
            var database = postgres.getPostgresDatabase();
            Flyway.configure().dataSource(database).target("4").load().migrate();
            addItem(database, "old");

            Flyway.configure().dataSource(database).load().migrate();

            assertThat(pending(database)).isEqualTo(2);
            addItem(database, "new");
            assertThat(pending(database)).isEqualTo(4);
        }
    }
}
