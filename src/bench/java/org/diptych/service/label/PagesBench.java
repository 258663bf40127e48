package org.diptych.service.label;

import java.nio.file.Files;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.diptych.service.acquisition.QueueService;
import org.diptych.service.agreement.AgreementFigureService;
import org.diptych.service.agreement.AgreementFilter;
import org.diptych.service.agreement.AgreementService;
import org.diptych.service.campaign.CampaignProgressService;
import org.diptych.service.campaign.CampaignService;
import org.flywaydb.core.Flyway;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What the pages of a lead ask for, in a campaign of any size: the first time, and while they stay open. Arguments: pairs
 * (100000), labels (10000).
 */
public final class PagesBench {
    private static final int LOOKS = 50;

    private PagesBench() {}

    /** Makes the campaign and its labels by SQL, and prints milliseconds. */
    public static void main(String[] arguments) throws Exception {
        int pairs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
        int labels = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10_000;
        System.setProperty(
                "diptych.data-dir", Files.createTempDirectory("pages-bench").toString());
        System.setProperty("logging.level.root", "WARN");
        var application = new SpringApplication(LabellingBench.Service.class);
        application.setWebApplicationType(WebApplicationType.SERVLET);
        application.setDefaultProperties(Map.of("server.port", "0", "spring.jpa.open-in-view", "false"));
        try (var context = application.run()) {
            Flyway.configure()
                    .dataSource(context.getBean(DataSource.class))
                    .load()
                    .migrate();
            var jdbc = context.getBean(JdbcTemplate.class);
            var campaign = LabellingBench.campaign(jdbc, pairs);
            label(jdbc, campaign, labels);
            var lead = lead(jdbc, campaign);
            System.out.printf(Locale.ROOT, "%,d pairs, %,d labels%n", pairs, labels);
            var progress = context.getBean(CampaignProgressService.class);
            var campaigns = context.getBean(CampaignService.class);
            var queue = context.getBean(QueueService.class);
            var agreement = context.getBean(AgreementService.class);
            measure("campaign in numbers", () -> campaigns.overview(lead, campaign));
            measure("progress", () -> progress.progress(lead, campaign));
            measure("campaigns", () -> progress.summaries(lead));
            measure("queue", () -> queue.next(lead, campaign, 50));
            measure("agreement", () -> agreement.of(lead, campaign));
            var figures = context.getBean(AgreementFigureService.class);
            var all = AgreementFilter.DEFAULT.of(AgreementFilter.Part.ALL);
            measure("agreement figures", () -> figures.of(lead, campaign, all));
        }
    }

    private static void measure(String what, Runnable look) throws InterruptedException {
        double first = milliseconds(look);
        double[] later = new double[LOOKS];
        for (int i = 0; i < LOOKS; i++) {
            Thread.sleep(100);
            later[i] = milliseconds(look);
        }
        Arrays.sort(later);
        System.out.printf(
                Locale.ROOT,
                "%-20s first %8.1f ms, while open p50 %6.1f max %6.1f ms%n",
                what,
                first,
                later[LOOKS / 2],
                later[LOOKS - 1]);
    }

    private static double milliseconds(Runnable look) {
        long begun = System.nanoTime();
        look.run();
        return (System.nanoTime() - begun) / 1e6;
    }

    /** Each of sixteen annotators has labelled their part of the queue's front, in the last thirty days. */
    private static void label(JdbcTemplate jdbc, UUID campaign, int labels) {
        jdbc.update("""
                INSERT INTO account (name, display_name, role)
                SELECT 'bench-' || g, 'x', 'ANNOTATOR' FROM generate_series(0, 15) g""");
        jdbc.update(
                "INSERT INTO campaign_member (campaign_id, account_id, role) SELECT ?, id, 'ANNOTATOR' FROM account"
                        + " WHERE name LIKE 'bench-%'",
                campaign);
        jdbc.update("""
                INSERT INTO assignment (campaign_id, pair_id, annotator_id, slot, state, fencing_token, expires_at, swapped)
                SELECT s.campaign_id, s.pair_id, a.id, s.ordinal, 'LABELLED', nextval('fencing_token'), now(), false
                FROM (SELECT * FROM slot WHERE campaign_id = ? ORDER BY random_key LIMIT ?) s
                JOIN account a ON a.name = 'bench-' || (s.ordinal * 5 + abs(hashtext(s.pair_id::text)) % 5)""", campaign, labels);
        jdbc.update("""
                INSERT INTO label (id, campaign_id, pair_id, annotator_id, assignment_id, slot, kind, protocol_sha256,
                    answers, verdicts, swapped, stratum, selection_probability, fencing_token, active_milliseconds,
                    submitted_at)
                SELECT gen_random_uuid(), campaign_id, pair_id, annotator_id, id, slot, 'ANSWER', protocol_sha256,
                    '{"instruction_following": {"first": 4, "second": 2}, "visual_quality": {"first": 3, "second": 3}}',
                    '{"overall": "FIRST", "instruction_following": "FIRST", "visual_quality": "TIE"}', swapped, stratum, 1,
                    fencing_token, (1000 + random() * 60000)::bigint, now() - random() * interval '30 days'
                FROM assignment WHERE campaign_id = ?""", campaign);
        jdbc.update("""
                UPDATE slot SET state = 'FILLED', assignment_id = l.assignment_id, label_id = l.id FROM label l
                WHERE l.pair_id = slot.pair_id AND l.slot = slot.ordinal""");
        jdbc.execute("VACUUM ANALYZE");
    }

    private static SignedIn lead(JdbcTemplate jdbc, UUID campaign) {
        var id = Objects.requireNonNull(jdbc.queryForObject(
                "INSERT INTO account (name, display_name, role) VALUES ('bench-lead', 'x', 'LEAD') RETURNING id",
                UUID.class));
        jdbc.update("INSERT INTO campaign_member (campaign_id, account_id, role) VALUES (?, ?, 'LEAD')", campaign, id);
        return new SignedIn(id, "bench-lead", "x", Role.LEAD);
    }
}
