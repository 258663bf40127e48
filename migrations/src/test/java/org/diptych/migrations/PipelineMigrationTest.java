package org.diptych.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** An installation with pictures from before and after colours were heeded, and with a task in two formats. */
class PipelineMigrationTest {
    private static final String EARLIER = """
            INSERT INTO protocol (sha256, id, version, document) VALUES (repeat('a', 64), 'p', 1, 'text');
            INSERT INTO campaign (name, protocol_sha256) VALUES ('Dogs', repeat('a', 64));
            INSERT INTO image (sha256, media_type, width, height, bytes, pixels_sha256, colour_managed)
                VALUES (repeat('1', 64), 'image/png', 1, 1, 1, repeat('e', 64), true),
                       (repeat('2', 64), 'image/jpeg', 1, 1, 1, repeat('e', 64), true),
                       (repeat('3', 64), 'image/png', 1, 1, 1, NULL, false);
            INSERT INTO item (campaign_id, external_id, instruction, source_sha256, task_sha256)
                SELECT id, 'one', 'Make it red.', repeat('1', 64), repeat('0', 64) FROM campaign
                UNION ALL SELECT id, 'two', 'Make it red.', repeat('2', 64), repeat('1', 64) FROM campaign
                UNION ALL SELECT id, 'gold', 'Make it red.', repeat('2', 64), NULL FROM campaign;
            INSERT INTO candidate (campaign_id, item_id, ordinal, model, path, image_sha256)
                SELECT campaign_id, id, o, 'm', 'p', repeat((ARRAY['1', '3'])[o], 64) FROM item, generate_series(1, 2) o;
            UPDATE candidate_evidence SET outcome = 'NO_REGION', measured_at = now()
                WHERE candidate_id = (SELECT min(candidate_id::text)::uuid FROM candidate_evidence)""";

    private static List<String> texts(DataSource database, String query) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            var texts = new ArrayList<String>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }

    @Test
    void earlier_pictures_wait_to_be_looked_at_and_a_task_is_one_in_every_format() throws Exception {
        try (var postgres = EmbeddedPostgres.builder().start()) {
            var database = postgres.getPostgresDatabase();
            Flyway.configure().dataSource(database).target("22").load().migrate();
            try (var connection = database.getConnection();
                    var statement = connection.createStatement()) {
                statement.execute(EARLIER);
            }

            Flyway.configure().dataSource(database).load().migrate();

            assertThat(texts(database, "SELECT measured_by || '/' || taken_in_by FROM image ORDER BY sha256"))
                    .containsExactly("2/2", "2/2", "1/1");
            assertThat(texts(database, "SELECT DISTINCT task_sha256 FROM item WHERE external_id <> 'gold'"))
                    .singleElement()
                    .asString()
                    .hasSize(64);
            assertThat(texts(database, "SELECT task_sha256 FROM item WHERE external_id = 'gold'"))
                    .containsExactly((String) null);
            assertThat(texts(database, "SELECT pipeline::text FROM candidate_evidence WHERE outcome <> 'PENDING'"))
                    .containsExactly("1");
        }
    }
}
