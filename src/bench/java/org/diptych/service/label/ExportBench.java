package org.diptych.service.label;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;
import javax.sql.DataSource;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.diptych.service.dataset.ExportFormat;
import org.diptych.service.dataset.ExportPreviews;
import org.diptych.service.dataset.ExportService;
import org.diptych.service.dataset.ExportWish;
import org.diptych.service.image.ObjectStore;
import org.flywaydb.core.Flyway;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Exports of a campaign of many pairs with one label each on a PostgreSQL of their own: rows a second and how much the heap
 * grows, as JSON lines and as Parquet with pictures of 64 bytes; and what a preview takes. Argument: number of pairs (200000).
 */
public final class ExportBench {
    private static final int RUNS = 3;
    private static final int PICTURES = 3;

    private ExportBench() {}

    /** Makes the campaign, runs, and prints rows of tables. */
    public static void main(String[] arguments) throws Exception {
        int pairs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200_000;
        System.setProperty(
                "diptych.data-dir", Files.createTempDirectory("export-bench").toString());
        System.setProperty("logging.level.root", "WARN");
        var application = new SpringApplication(LoopAtScale.Service.class);
        application.setWebApplicationType(WebApplicationType.SERVLET);
        application.setDefaultProperties(Map.of("server.port", "0", "spring.jpa.open-in-view", "false"));
        try (var context = application.run()) {
            Flyway.configure()
                    .dataSource(context.getBean(DataSource.class))
                    .load()
                    .migrate();
            var admin = new SignedIn(UUID.randomUUID(), "bench", "Bench", Role.ADMIN);
            context.getBean(JdbcTemplate.class)
                    .update(
                            "INSERT INTO account (id, name, display_name, role) VALUES (?, 'bench', 'Bench', 'ADMIN')",
                            admin.id());
            var campaign = campaign(context, pairs);
            System.out.println("| what | seconds | rows/s | heap grows by, MB |");
            System.out.println("|---|---|---|---|");
            for (int run = 0; run < RUNS; run++) {
                measure(context, admin, campaign, ExportFormat.JSONL, pairs);
                measure(context, admin, campaign, ExportFormat.PARQUET, pairs);
                long begun = System.nanoTime();
                var preview = context.getBean(ExportPreviews.class)
                        .of(admin, campaign, new ExportWish("parquet", List.of(), null, null, null, null, null));
                System.out.printf(
                        Locale.ROOT,
                        "| preview, parquet (%,d tasks, estimated: %s) | %.1f | | |%n",
                        preview.tasks(),
                        preview.estimated(),
                        (System.nanoTime() - begun) / 1e9);
            }
        }
    }

    private static void measure(
            ConfigurableApplicationContext context, SignedIn admin, UUID campaign, ExportFormat format, int rows) {
        var exports = context.getBean(ExportService.class);
        System.gc();
        long before = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        var peak = new AtomicLong(before);
        var watch = watch(peak);
        long begun = System.nanoTime();
        exports.write(admin, campaign, format, OutputStream.nullOutputStream());
        double seconds = (System.nanoTime() - begun) / 1e9;
        watch.run();
        System.out.printf(
                Locale.ROOT,
                "| %s | %.1f | %,.0f | %d |%n",
                format.word(),
                seconds,
                rows / seconds,
                (peak.get() - before) >> 20);
    }

    /** The most that is left after a collection. */
    private static Runnable watch(AtomicLong peak) {
        var collectors = ManagementFactory.getGarbageCollectorMXBeans().stream()
                .map(NotificationEmitter.class::cast)
                .toList();
        javax.management.NotificationListener listener = (notification, _) -> {
            if (notification.getUserData() instanceof CompositeData data) {
                long left =
                        GarbageCollectionNotificationInfo.from(data)
                                .getGcInfo()
                                .getMemoryUsageAfterGc()
                                .values()
                                .stream()
                                .mapToLong(MemoryUsage::getUsed)
                                .sum();
                peak.accumulateAndGet(left, Math::max);
            }
        };
        collectors.forEach(collector -> collector.addNotificationListener(listener, null, null));
        return () -> collectors.forEach(collector -> {
            try {
                collector.removeNotificationListener(listener);
            } catch (javax.management.ListenerNotFoundException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** Every pair has its own instruction and one label; all share three small pictures. */
    private static UUID campaign(ConfigurableApplicationContext context, int pairs) throws Exception {
        var jdbc = context.getBean(JdbcTemplate.class);
        var store = context.getBean(ObjectStore.class);
        for (int i = 1; i <= PICTURES; i++) {
            store.put(
                    ObjectStore.keyOf("%064d".formatted(i)),
                    "%064d".formatted(i).getBytes(StandardCharsets.US_ASCII));
        }
        var campaign = UUID.randomUUID();
        jdbc.update(
                "INSERT INTO campaign (id, name, protocol_sha256) SELECT ?, 'exports', sha256 FROM protocol"
                        + " WHERE id || '-v' || version = 'edit-preference-v1'",
                campaign);
        LoopAtScale.withoutTriggers(jdbc, campaign, """
                INSERT INTO account (name, display_name, role) SELECT 'export-' || g, 'x', 'ANNOTATOR'
                FROM generate_series(0, 15) g""", """
                INSERT INTO image (sha256, media_type, width, height, bytes)
                SELECT lpad(g::text, 64, '0'), 'image/png', 8, 8, 64 FROM generate_series(1, 3) g""", """
                INSERT INTO item (campaign_id, external_id, instruction, source_sha256)
                SELECT :campaign, 'item-' || g, 'Make it red, and keep the lettering of sign ' || g || ' readable.',
                    lpad('1', 64, '0') FROM generate_series(1, %d) g""".formatted(pairs), """
                INSERT INTO candidate (campaign_id, item_id, ordinal, model, path, image_sha256)
                SELECT campaign_id, id, g, 'editor-' || g, external_id || '-' || g, lpad((g + 2)::text, 64, '0')
                FROM item CROSS JOIN generate_series(0, 1) g WHERE campaign_id = :campaign""", """
                INSERT INTO pair (campaign_id, item_id, first_candidate_id, second_candidate_id, stratum)
                SELECT f.campaign_id, f.item_id, f.id, s.id, 'UNIFORM'
                FROM candidate f JOIN candidate s ON s.item_id = f.item_id AND s.ordinal = 1
                WHERE f.ordinal = 0 AND f.campaign_id = :campaign""", """
                INSERT INTO assignment (campaign_id, pair_id, annotator_id, slot, state, fencing_token, expires_at, swapped,
                    protocol_sha256, stratum, selection_probability)
                SELECT p.campaign_id, p.id, a.id, 0, 'LABELLED', 0, now(), false, c.protocol_sha256, p.stratum, 1
                FROM pair p JOIN campaign c ON c.id = p.campaign_id
                JOIN account a ON a.name = 'export-' || abs(hashtext(p.id::text)) % 16 WHERE c.id = :campaign""", """
                INSERT INTO label (id, campaign_id, pair_id, annotator_id, assignment_id, slot, kind, protocol_sha256,
                    answers, verdicts, swapped, stratum, selection_probability, fencing_token, active_milliseconds)
                SELECT gen_random_uuid(), campaign_id, pair_id, annotator_id, id, slot, 'ANSWER', protocol_sha256,
                    '{"instruction_following": {"first": 4, "second": 2}, "visual_quality": {"first": 3, "second": 3}}',
                    '{"overall": "first", "instruction_following": "first", "visual_quality": "tie"}', swapped, stratum, 1, 0, 9000
                FROM assignment WHERE campaign_id = :campaign""");
        jdbc.execute("VACUUM ANALYZE");
        return campaign;
    }
}
