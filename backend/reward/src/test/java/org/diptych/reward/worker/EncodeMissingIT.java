package org.diptych.reward.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Looking for what is missing touches every row about once, however much is missing. */
class EncodeMissingIT {
    private static final String SHA = "%064x";
    private static final int CANDIDATES = 4;

    @Test
    void the_work_grows_like_what_is_missing() throws Exception {
        try (var postgres = EmbeddedPostgres.builder().start();
                var connection = postgres.getPostgresDatabase().getConnection()) {
            Flyway.configure().dataSource(postgres.getPostgresDatabase()).load().migrate();
            var one = new SingleConnectionDataSource(connection, true);
            var jdbc = JdbcClient.create(one);
            var transactions = new TransactionTemplate(new JdbcTransactionManager(one));
            jdbc.sql("INSERT INTO protocol (sha256, id, version, document) VALUES (?, 'p', 1, '')")
                    .param(SHA.formatted(1))
                    .update();
            long few = work(connection, jdbc, transactions, 1_000);
            long many = work(connection, jdbc, transactions, 8_000);
            assertThat(many).isBetween(4 * few, 12 * few);
        }
    }

    /** Rows of tables and indexes read for the candidates of so many items, as the database counts them. */
    private static long work(Connection connection, JdbcClient jdbc, TransactionTemplate transactions, int items)
            throws SQLException {
        var campaign = campaign(jdbc, items);
        long before = read(connection, jdbc);
        var missing = new MissingFeatures(jdbc, transactions, campaign, "e");
        int candidates = 0;
        for (var page = missing.next(); page != null; page = missing.next()) {
            assertThat(page.size()).as("a page is bounded").isLessThan(2_000);
            candidates += page.size();
        }
        assertThat(candidates).isEqualTo(items * CANDIDATES);
        return read(connection, jdbc) - before;
    }

    private static long read(Connection connection, JdbcClient jdbc) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("SELECT pg_stat_force_next_flush()");
        }
        return jdbc.sql("""
                        SELECT sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)) FROM pg_stat_user_tables
                        WHERE relname IN ('item', 'candidate', 'candidate_feature')""").query(Long.class).single();
    }

    private static UUID campaign(JdbcClient jdbc, int items) {
        var campaign = jdbc.sql("INSERT INTO campaign (name, protocol_sha256) VALUES (?, ?) RETURNING id")
                .params("items " + items, SHA.formatted(1))
                .query(UUID.class)
                .single();
        jdbc.sql("""
                        INSERT INTO image (sha256, media_type, width, height, bytes)
                        SELECT lpad(to_hex(g), 64, '0'), 'image/png', 1, 1, 1 FROM generate_series(1, ?) g ON CONFLICT DO NOTHING""").param(items).update();
        jdbc.sql("""
                        INSERT INTO item (campaign_id, external_id, instruction, source_sha256)
                        SELECT ?, 'i' || g, 'x', lpad(to_hex(g / 2 + 1), 64, '0') FROM generate_series(1, ?) g""").params(campaign, items).update();
        jdbc.sql("""
                        INSERT INTO candidate (campaign_id, item_id, ordinal, model, path, image_sha256)
                        SELECT campaign_id, id, g, 'm', 'p', source_sha256 FROM item CROSS JOIN generate_series(1, ?) g
                        WHERE campaign_id = ?""").params(CANDIDATES, campaign).update();
        return campaign;
    }
}
