package org.diptych.service.label;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The loop and a lead's pages in campaigns of several sizes on a real PostgreSQL of their own, in one command: what labelling
 * costs beside the least that PostgreSQL has to do for it in the same run, and what pages and an export cost. Arguments: labels
 * a client (400), then numbers of pairs (10000 100000 1000000).
 */
public final class LoopAtScale {
    private static final int[] CLIENTS = {1, 8};

    private LoopAtScale() {}

    /** The service module on a database of its own. */
    @SpringBootApplication(scanBasePackages = "org.diptych.service")
    @AutoConfigurationPackage(basePackages = "org.diptych.service")
    static class Service {
        @Bean(destroyMethod = "close")
        EmbeddedPostgres postgres() throws IOException {
            return EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "100")
                    .setServerConfig("shared_buffers", "512MB")
                    .setServerConfig("max_wal_size", "4GB")
                    // as in the product: an acknowledged label is on the disk
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .start();
        }

        @Bean
        Trips dataSource(EmbeddedPostgres postgres) {
            var pool = new Trips();
            pool.setJdbcUrl(postgres.getJdbcUrl("postgres", "postgres"));
            pool.setMaximumPoolSize(16);
            return pool;
        }
    }

    /** Makes each campaign, runs, and prints rows of tables. */
    public static void main(String[] arguments) throws Exception {
        int labels = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 400;
        int[] sizes = arguments.length > 1
                ? Arrays.stream(arguments).skip(1).mapToInt(Integer::parseInt).toArray()
                : new int[] {10_000, 100_000, 1_000_000};
        System.setProperty(
                "diptych.data-dir", Files.createTempDirectory("loop-at-scale").toString());
        System.setProperty("logging.level.root", "WARN");
        var application = new SpringApplication(Service.class);
        application.setWebApplicationType(WebApplicationType.SERVLET);
        application.setDefaultProperties(Map.of("server.port", "0", "spring.jpa.open-in-view", "false"));
        try (var context = application.run()) {
            Flyway.configure()
                    .dataSource(context.getBean(DataSource.class))
                    .load()
                    .migrate();
            var jdbc = context.getBean(JdbcTemplate.class);
            for (int pairs : sizes) {
                long begun = System.nanoTime();
                var campaign = campaign(jdbc, pairs);
                System.out.printf(
                        Locale.ROOT, "%n%,d pairs, made in %.0f s%n%n", pairs, (System.nanoTime() - begun) / 1e9);
                System.out.println("| what | clients | labels/s | of the least | claim p50 / p95 / p99, ms"
                        + " | submit p50 / p95 / p99, ms | trips a label |");
                System.out.println("|---|---|---|---|---|---|---|");
                var labelling = new LabellingBench(context);
                for (int clients : CLIENTS) {
                    labelling.run(campaign, clients, labels);
                }
                System.out.println();
                new PagesBench(context).run(campaign, pairs);
            }
        }
    }

    /** One in ten pairs is uniform with three slots, the others have one. */
    static UUID campaign(JdbcTemplate jdbc, int pairs) {
        var campaign = Objects.requireNonNull(jdbc.queryForObject(
                "INSERT INTO campaign (name, protocol_sha256) SELECT ?, sha256 FROM protocol"
                        + " WHERE id || '-v' || version = 'edit-preference-v1' RETURNING id",
                UUID.class,
                "bench " + pairs));
        withoutTriggers(jdbc, campaign, """
                INSERT INTO image (sha256, media_type, width, height, bytes) VALUES (lpad('1', 64, '0'), 'image/png', 8, 8, 64)
                ON CONFLICT DO NOTHING""", """
                INSERT INTO item (campaign_id, external_id, instruction, source_sha256)
                SELECT :campaign, 'item-' || g, 'Make it red.', lpad('1', 64, '0') FROM generate_series(1, %d) g""".formatted(pairs), """
                INSERT INTO candidate (campaign_id, item_id, ordinal, model, path, image_sha256)
                SELECT campaign_id, id, g, 'editor-' || g, external_id || g, lpad('1', 64, '0')
                FROM item CROSS JOIN generate_series(0, 1) g WHERE campaign_id = :campaign""", """
                INSERT INTO pair (campaign_id, item_id, first_candidate_id, second_candidate_id, stratum)
                SELECT f.campaign_id, f.item_id, f.id, s.id,
                    CASE WHEN abs(hashtext(f.path)) % 10 = 0 THEN 'UNIFORM' ELSE 'ACQUIRED' END
                FROM candidate f JOIN candidate s ON s.item_id = f.item_id AND s.ordinal = 1
                WHERE f.ordinal = 0 AND f.campaign_id = :campaign""", """
                INSERT INTO slot (pair_id, ordinal, campaign_id, stratum)
                SELECT p.id, g, p.campaign_id, p.stratum FROM pair p
                CROSS JOIN LATERAL generate_series(0, CASE p.stratum WHEN 'UNIFORM' THEN 2 ELSE 0 END) g
                WHERE p.campaign_id = :campaign""");
        jdbc.execute("VACUUM ANALYZE");
        return campaign;
    }

    /** What is made here is known to hold together: nothing is checked and nothing follows from it. */
    static void withoutTriggers(JdbcTemplate jdbc, UUID campaign, String... statements) {
        jdbc.execute((ConnectionCallback<Boolean>) connection -> {
            try (var statement = connection.createStatement()) {
                statement.execute("SET session_replication_role = replica");
                for (var each : statements) {
                    statement.execute(each.replace(":campaign", "'" + campaign + "'::uuid"));
                }
                statement.execute("SET session_replication_role = origin");
            }
            return true;
        });
    }
}
