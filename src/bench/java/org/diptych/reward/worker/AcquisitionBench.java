package org.diptych.reward.worker;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javax.sql.DataSource;
import org.diptych.service.reward.HeldRuns;
import org.diptych.service.reward.ModelVersionService;
import org.flywaydb.core.Flyway;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Choosing a batch of 500 from a campaign in a real PostgreSQL, exactly as the worker does it: features streamed, candidates
 * scored, scores written, pairs read, chosen, queue written. Arguments: open pairs (200000), repetitions (3).
 */
public final class AcquisitionBench {
    private AcquisitionBench() {}

    /** Builds the campaign, runs, and prints seconds and memory. */
    public static void main(String[] arguments) throws Exception {
        int pairs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200_000;
        int repetitions = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        var folder = Files.createTempDirectory("acquisition-bench");
        System.setProperty("diptych.data-dir", folder.toString());
        System.setProperty("diptych.role", "web");
        try (var postgres = EmbeddedPostgres.builder().start();
                var context = new AnnotationConfigApplicationContext()) {
            context.registerBean(DataSource.class, () -> pool(postgres));
            context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor());
            context.register(Parts.class);
            context.scan(
                    "org.diptych.service.account",
                    "org.diptych.service.acquisition",
                    "org.diptych.service.dataset",
                    "org.diptych.service.image",
                    "org.diptych.service.reward",
                    "org.diptych.reward.worker");
            context.refresh();
            Flyway.configure()
                    .dataSource(context.getBean(DataSource.class))
                    .load()
                    .migrate();
            var campaign = new LargeCampaign(context.getBean(JdbcTemplate.class), pairs);
            long start = System.nanoTime();
            campaign.create();
            campaign.train(campaign.encode(), context.getBean(ModelArchive.class));
            System.out.printf(
                    Locale.ROOT,
                    "%,d candidates, more than %,d open pairs, made in %.0f s%n",
                    campaign.candidates(),
                    pairs,
                    (System.nanoTime() - start) / 1e9);
            measure(context, campaign, repetitions);
        }
        delete(folder);
    }

    private static void measure(AnnotationConfigApplicationContext context, LargeCampaign campaign, int repetitions)
            throws Exception {
        var acquisition = context.getBean(PairAcquisition.class);
        var labels = context.getBean(SnapshotReader.class);
        var run = campaign.begin(context.getBean(HeldRuns.class));
        var active = context.getBean(ModelVersionService.class)
                .active(run.campaign())
                .orElseThrow();
        for (int repetition = 1; repetition <= repetitions; repetition++) {
            System.gc();
            long start = System.nanoTime();
            int chosen = acquisition.choose(run, labels.labels(campaign.snapshot()), active);
            double seconds = (System.nanoTime() - start) / 1e9;
            var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
            System.out.printf(
                    Locale.ROOT,
                    "run %d: %d labels in front after %.1f s; heap in use %,d MiB of at most %,d%n",
                    repetition,
                    chosen,
                    seconds,
                    heap.getUsed() >> 20,
                    heap.getMax() >> 20);
        }
    }

    private static DataSource pool(EmbeddedPostgres postgres) {
        var pool = new HikariDataSource();
        pool.setJdbcUrl(postgres.getJdbcUrl("postgres", "postgres"));
        return pool;
    }

    private static void delete(Path folder) throws java.io.IOException {
        try (var files = Files.walk(folder)) {
            for (var file : (Iterable<Path>) files.sorted(java.util.Comparator.reverseOrder())::iterator) {
                Files.delete(file);
            }
        }
    }

    /** What Spring Boot would bring. */
    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement
    static class Parts {
        @Bean
        JdbcTemplate template(DataSource dataSource) {
            return new JdbcTemplate(dataSource);
        }

        @Bean
        JdbcClient client(JdbcTemplate template) {
            return JdbcClient.create(template);
        }

        @Bean
        PlatformTransactionManager transactions(DataSource dataSource) {
            return new JdbcTransactionManager(dataSource);
        }

        @Bean
        TransactionTemplate transactionTemplate(PlatformTransactionManager transactions) {
            return new TransactionTemplate(transactions);
        }

        @Bean
        JsonMapper json() {
            return new JsonMapper();
        }
    }
}
