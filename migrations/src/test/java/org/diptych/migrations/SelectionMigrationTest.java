package org.diptych.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** An installation in which a batch was chosen: what its pairs said of themselves goes to their slots and leases. */
class SelectionMigrationTest {
    private static final String BEFORE = """
            INSERT INTO protocol (sha256, id, version, document) VALUES (repeat('a', 64), 'p', 1, 'text');
            INSERT INTO account (name, display_name, role) VALUES ('ann', 'Ann', 'ANNOTATOR'), ('bob', 'Bob', 'ANNOTATOR');
            INSERT INTO campaign (name, protocol_sha256) VALUES ('campaign', repeat('a', 64));
            INSERT INTO image (sha256, media_type, width, height, bytes) VALUES (repeat('b', 64), 'image/png', 1, 1, 1);
            INSERT INTO item (campaign_id, external_id, instruction, source_sha256)
                SELECT id, 'i', 'Make it red.', repeat('b', 64) FROM campaign;
            INSERT INTO candidate (campaign_id, item_id, ordinal, model, path, image_sha256)
                SELECT campaign_id, id, o, 'm', 'p', repeat('b', 64) FROM item, generate_series(1, 2) o;
            INSERT INTO acquisition_batch (campaign_id, policy, seed, pool, size) SELECT id, 'margin', 1, 1, 1 FROM campaign;
            INSERT INTO pair (campaign_id, item_id, first_candidate_id, second_candidate_id, stratum, selection_probability,
                    acquisition_batch_id, score_parts)
                SELECT f.campaign_id, f.item_id, f.id, s.id, 'ACQUIRED', 0.25, (SELECT id FROM acquisition_batch), '{"gain": 1}'
                FROM candidate f JOIN candidate s ON s.ordinal = 2 WHERE f.ordinal = 1;
            INSERT INTO slot (pair_id, ordinal, campaign_id, stratum)
                SELECT id, o, campaign_id, stratum FROM pair, generate_series(0, 2) o;
            INSERT INTO slot (pair_id, ordinal, campaign_id, stratum, extra, selection_probability, acquisition_batch_id,
                    score_parts)
                SELECT id, 3, campaign_id, stratum, true, 0.75, acquisition_batch_id, '{"again": 1}' FROM pair;
            INSERT INTO assignment (campaign_id, pair_id, annotator_id, slot, state, fencing_token, expires_at, swapped)
                SELECT p.campaign_id, p.id, a.id, CASE a.name WHEN 'ann' THEN 0 ELSE 1 END,
                    CASE a.name WHEN 'ann' THEN 'LABELLED' ELSE 'LEASED' END, 1, now(), false FROM pair p, account a;
            INSERT INTO label (id, campaign_id, pair_id, annotator_id, assignment_id, slot, kind, protocol_sha256, answers,
                    verdicts, swapped, stratum, selection_probability, fencing_token, active_milliseconds)
                SELECT gen_random_uuid(), campaign_id, pair_id, annotator_id, id, 0, 'ANSWER', repeat('a', 64), '{}', '{}',
                    false, 'ACQUIRED', 1, 1, 9223372036854775807 FROM assignment WHERE state = 'LABELLED';
            UPDATE slot SET state = 'FILLED', assignment_id = l.assignment_id, label_id = l.id FROM label l
                WHERE slot.ordinal = 0;
            UPDATE slot SET state = 'LEASED', assignment_id = a.id, expires_at = now() FROM assignment a
                WHERE a.state = 'LEASED' AND slot.ordinal = 1;
            """;

    private static List<String> rows(Connection connection, String sql) throws SQLException {
        var rows = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            while (result.next()) {
                rows.add(result.getString(1));
            }
        }
        return rows;
    }

    @Test
    void slots_and_leases_say_what_their_pair_or_their_label_said() throws Exception {
        try (var postgres = EmbeddedPostgres.builder().start();
                var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            var database = postgres.getPostgresDatabase();
            Flyway.configure().dataSource(database).target("9").load().migrate();
            statement.execute(BEFORE);

            Flyway.configure().dataSource(database).load().migrate();

            // labelled by chance, held and open by the batch, and the extra slot by its own words
            assertThat(rows(connection, """
                            SELECT ordinal || ' ' || selection_probability || ' ' || (acquisition_batch_id IS NOT NULL) || ' '
                                || score_parts FROM slot ORDER BY ordinal"""))
                    .containsExactly(
                            "0 1 false {}",
                            "1 0.25 true {\"gain\": 1}",
                            "2 0.25 true {\"gain\": 1}",
                            "3 0.75 true {\"again\": 1}");
            assertThat(rows(connection, """
                            SELECT state || ' ' || stratum || ' ' || selection_probability FROM assignment ORDER BY state""")).containsExactly("LABELLED ACQUIRED 1", "LEASED ACQUIRED 0.25");
            assertThat(rows(connection, "SELECT active_milliseconds FROM label"))
                    .containsExactly("9223372036854775807");
            assertThat(rows(connection, """
                            SELECT column_name FROM information_schema.columns
                            WHERE table_name = 'pair' AND column_name IN ('selection_probability', 'score_parts')""")).isEmpty();
        }
    }
}
