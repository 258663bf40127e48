package org.diptych.service.label;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.diptych.service.assignment.AssignmentService;
import org.diptych.service.campaign.AnnotatorProgressService;
import org.flywaydb.core.Flyway;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Claiming and labelling in a campaign of any size on a real PostgreSQL, through the product's services, beside the least
 * that PostgreSQL has to do for it: two transactions of plain statements over the same pool. Arguments: pairs (100000),
 * labels a client (400), then numbers of clients (1 8).
 */
public final class LabellingBench {
    private LabellingBench() {}

    /** The service module on a database of its own. */
    @SpringBootApplication(scanBasePackages = "org.diptych.service")
    @AutoConfigurationPackage(basePackages = "org.diptych.service")
    static class Service {
        @Bean(destroyMethod = "close")
        EmbeddedPostgres postgres() throws java.io.IOException {
            return EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "100")
                    .setServerConfig("shared_buffers", "512MB")
                    .setPGStartupWait(Duration.ofMinutes(2))
                    .start();
        }

        @Bean
        DataSource dataSource(EmbeddedPostgres postgres) {
            var pool = new HikariDataSource();
            pool.setJdbcUrl(postgres.getJdbcUrl("postgres", "postgres"));
            pool.setMaximumPoolSize(16);
            return pool;
        }
    }

    /** Makes the campaign, runs, and prints labels a second and milliseconds. */
    public static void main(String[] arguments) throws Exception {
        int pairs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
        int labels = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 400;
        var clients = arguments.length > 2
                ? Arrays.stream(arguments).skip(2).mapToInt(Integer::parseInt).toArray()
                : new int[] {1, 8};
        System.setProperty(
                "diptych.data-dir", Files.createTempDirectory("labelling-bench").toString());
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
            long start = System.nanoTime();
            var campaign = campaign(jdbc, pairs);
            System.out.printf(Locale.ROOT, "%,d pairs made in %.0f s%n", pairs, (System.nanoTime() - start) / 1e9);
            for (int count : clients) {
                product(context, jdbc, campaign, count, labels);
                least(context, jdbc, campaign, count, labels);
            }
        }
    }

    static UUID campaign(JdbcTemplate jdbc, int pairs) {
        var campaign = jdbc.queryForObject(
                "INSERT INTO campaign (name, protocol_sha256) SELECT 'bench', sha256 FROM protocol"
                        + " WHERE id || '-v' || version = 'edit-preference-v1' RETURNING id",
                UUID.class);
        var image = "%064x".formatted(1);
        jdbc.execute("ALTER TABLE candidate DISABLE TRIGGER ALL");
        jdbc.update(
                "INSERT INTO image (sha256, media_type, width, height, bytes) VALUES (?, 'image/png', 8, 8, 64)",
                image);
        jdbc.update("""
                INSERT INTO item (campaign_id, external_id, instruction, source_sha256)
                SELECT ?, 'item-' || g, 'Make it red.', ? FROM generate_series(1, ?) g""", campaign, image, pairs);
        jdbc.update("""
                INSERT INTO candidate (campaign_id, item_id, ordinal, model, path, image_sha256)
                SELECT campaign_id, id, g, 'editor-' || g, external_id || g, ? FROM item CROSS JOIN generate_series(0, 1) g""", image);
        jdbc.update("""
                INSERT INTO pair (campaign_id, item_id, first_candidate_id, second_candidate_id, stratum)
                SELECT f.campaign_id, f.item_id, f.id, s.id,
                    CASE WHEN abs(hashtext(f.path)) % 10 = 0 THEN 'UNIFORM' ELSE 'ACQUIRED' END
                FROM candidate f JOIN candidate s ON s.item_id = f.item_id AND s.ordinal = 1 WHERE f.ordinal = 0""");
        jdbc.update("""
                INSERT INTO slot (pair_id, ordinal, campaign_id, stratum)
                SELECT p.id, g, p.campaign_id, p.stratum FROM pair p
                CROSS JOIN LATERAL generate_series(0, CASE p.stratum WHEN 'UNIFORM' THEN 2 ELSE 0 END) g""");
        jdbc.execute("VACUUM ANALYZE");
        return java.util.Objects.requireNonNull(campaign);
    }

    static SignedIn annotator(JdbcTemplate jdbc, UUID campaign) {
        var name = "bench-" + UUID.randomUUID();
        var id = java.util.Objects.requireNonNull(jdbc.queryForObject(
                "INSERT INTO account (name, display_name, role, simulated) VALUES (?, 'x', 'ANNOTATOR', true) RETURNING id",
                UUID.class,
                name));
        jdbc.update(
                "INSERT INTO campaign_member (campaign_id, account_id, role) VALUES (?, ?, 'ANNOTATOR')", campaign, id);
        return new SignedIn(id, name, "x", Role.ANNOTATOR);
    }

    /** A client of the product: one pair at a time, and the progress that comes with every answer. */
    private static void product(
            ConfigurableApplicationContext context, JdbcTemplate jdbc, UUID campaign, int clients, int labels)
            throws Exception {
        var assignments = context.getBean(AssignmentService.class);
        var service = context.getBean(LabelService.class);
        var progress = context.getBean(AnnotatorProgressService.class);
        var rating = JsonMapper.shared().readTree("{\"left\":4,\"right\":2}");
        measure("product", clients, labels, () -> {
            var who = annotator(jdbc, campaign);
            return (claims, submits, label) -> {
                long begun = System.nanoTime();
                var pair = assignments.claim(who, campaign, 1).assignments().getFirst();
                progress.of(who, campaign);
                long claimed = System.nanoTime();
                service.submit(
                        who,
                        new Submission(
                                UUID.randomUUID(),
                                pair.id(),
                                pair.token(),
                                Map.of("instruction_following", rating, "visual_quality", rating),
                                null,
                                null,
                                false,
                                1_000,
                                null,
                                null,
                                null));
                progress.of(who, campaign);
                claims[label] = claimed - begun;
                submits[label] = System.nanoTime() - claimed;
            };
        });
    }

    /** The same two transactions with nothing around them. */
    private static void least(
            ConfigurableApplicationContext context, JdbcTemplate jdbc, UUID campaign, int clients, int labels)
            throws Exception {
        var transaction = context.getBean(TransactionTemplate.class);
        measure("least", clients, labels, () -> {
            var who = annotator(jdbc, campaign).id();
            return (claims, submits, label) -> {
                long begun = System.nanoTime();
                var assignment = transaction.execute(
                        _ -> jdbc.queryForList("""
                                WITH next AS (
                                    SELECT pair_id, ordinal FROM slot WHERE campaign_id = ? AND state = 'OPEN' AND priority = 0
                                      AND stratum <> 'UNIFORM' AND random_key >= ? ORDER BY random_key LIMIT 1
                                      FOR UPDATE SKIP LOCKED),
                                lease AS (
                                    INSERT INTO assignment (campaign_id, pair_id, annotator_id, slot, state, fencing_token,
                                        expires_at, swapped)
                                    SELECT ?, pair_id, ?, ordinal, 'LEASED', nextval('fencing_token'),
                                        now() + interval '1 hour', false FROM next RETURNING id, pair_id, slot, expires_at)
                                UPDATE slot SET state = 'LEASED', assignment_id = lease.id, expires_at = lease.expires_at
                                FROM lease WHERE slot.pair_id = lease.pair_id AND slot.ordinal = lease.slot
                                RETURNING lease.id""", UUID.class, campaign, Math.random() * .9, campaign, who)
                                .getFirst());
                long claimed = System.nanoTime();
                transaction.executeWithoutResult(_ -> jdbc.update("""
                                WITH label AS (
                                    INSERT INTO label (id, campaign_id, pair_id, annotator_id, assignment_id, slot, kind,
                                        protocol_sha256, answers, verdicts, swapped, stratum, selection_probability,
                                        fencing_token, active_milliseconds)
                                    SELECT gen_random_uuid(), campaign_id, pair_id, annotator_id, id, slot, 'ANSWER',
                                        protocol_sha256, '{}', '{}', swapped, stratum, 1, fencing_token, 1000
                                    FROM assignment WHERE id = ? RETURNING id, assignment_id, pair_id, slot),
                                filled AS (
                                    UPDATE slot SET state = 'FILLED', label_id = label.id, expires_at = NULL FROM label
                                    WHERE slot.pair_id = label.pair_id AND slot.ordinal = label.slot)
                                UPDATE assignment SET state = 'LABELLED' FROM label WHERE assignment.id = label.assignment_id""", assignment));
                claims[label] = claimed - begun;
                submits[label] = System.nanoTime() - claimed;
            };
        });
    }

    private interface Labelling {
        /** Takes one pair and labels it, and writes how many nanoseconds each took. */
        void label(long[] claims, long[] submits, int label);
    }

    private static void measure(String what, int clients, int labels, Callable<Labelling> client) throws Exception {
        run(clients, labels / 4, client);
        long begun = System.nanoTime();
        var times = run(clients, labels, client);
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%-8s %2d clients: %6.0f labels/s; claim p50 %6.2f p95 %6.2f p99 %6.2f ms; submit p50 %6.2f p95 %6.2f p99 %6.2f ms%n",
                what,
                clients,
                clients * labels / seconds,
                quantile(times, 0, .5),
                quantile(times, 0, .95),
                quantile(times, 0, .99),
                quantile(times, 1, .5),
                quantile(times, 1, .95),
                quantile(times, 1, .99));
    }

    private static List<long[][]> run(int clients, int labels, Callable<Labelling> client) throws Exception {
        var times = new ArrayList<long[][]>();
        try (var threads = Executors.newFixedThreadPool(clients)) {
            var runs = new ArrayList<Future<long[][]>>();
            for (int i = 0; i < clients; i++) {
                var labelling = client.call();
                runs.add(threads.submit(() -> {
                    var taken = new long[2][labels];
                    IntStream.range(0, labels).forEach(label -> labelling.label(taken[0], taken[1], label));
                    return taken;
                }));
            }
            for (var run : runs) {
                times.add(run.get());
            }
        }
        return times;
    }

    private static double quantile(List<long[][]> times, int what, double share) {
        long[] sorted = times.stream()
                .flatMapToLong(client -> LongStream.of(client[what]))
                .sorted()
                .toArray();
        return sorted[(int) Math.min(sorted.length - 1, Math.round(share * sorted.length))] / 1e6;
    }
}
