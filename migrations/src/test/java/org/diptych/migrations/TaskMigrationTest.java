package org.diptych.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** An installation that already has campaigns with items and seeds. */
class TaskMigrationTest {
    private static final String EARLIER = """
            INSERT INTO protocol (sha256, id, version, document) VALUES (repeat('a', 64), 'p', 1, 'text');
            INSERT INTO campaign (name, protocol_sha256)
                VALUES (U&'C\\00e1ts', repeat('a', 64)), (U&' Ca\\0301ts\\200b', repeat('a', 64)), ('Dogs', repeat('a', 64));
            INSERT INTO image (sha256, media_type, width, height, bytes)
                SELECT repeat(c, 64), 'image/png', 1, 1, 1 FROM unnest(ARRAY['b', '1', 'c']) c;
            INSERT INTO item (campaign_id, external_id, instruction, source_sha256)
                SELECT id, 'one', U&'Make it \\00fc.', repeat('b', 64) FROM campaign WHERE name = 'Dogs';
            INSERT INTO candidate (campaign_id, item_id, ordinal, model, path, image_sha256, seed)
                SELECT i.campaign_id, i.id, o - 1, 'm', 'p', repeat((ARRAY['c', '1', 'c'])[o], 64), 9223372036854775807
                FROM item i, generate_series(1, 3) o""";

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
    void seeds_stay_tasks_get_their_digest_and_names_become_plain() throws Exception {
        try (var postgres = postgres()) {
            var database = postgres.getPostgresDatabase();
            Flyway.configure().dataSource(database).target("9").load().migrate();
            try (var connection = database.getConnection();
                    var statement = connection.createStatement()) {
                statement.execute(EARLIER);
            }

            Flyway.configure().dataSource(database).load().migrate();

            assertThat(texts(database, "SELECT DISTINCT seed::text FROM candidate"))
                    .containsExactly("9223372036854775807");
            var task = "b".repeat(64) + "\n" + "1".repeat(64) + "\n" + "c".repeat(64) + "\nMake it \u00fc.";
            assertThat(texts(database, "SELECT task_sha256 FROM item"))
                    .containsExactly(HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256")
                                    .digest(task.getBytes(StandardCharsets.UTF_8))));
            assertThat(texts(database, "SELECT name FROM campaign ORDER BY length(name), name"))
                    .satisfiesExactly(
                            name -> assertThat(name).isEqualTo("C\u00e1ts"),
                            name -> assertThat(name).isEqualTo("Dogs"),
                            name -> assertThat(name).matches("C\u00e1ts \\([0-9a-f]{12}\\)"));
        }
    }

    private static EmbeddedPostgres postgres() throws IOException {
        return EmbeddedPostgres.builder().start();
    }
}
