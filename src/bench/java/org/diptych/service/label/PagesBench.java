package org.diptych.service.label;

import java.io.OutputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.diptych.service.acquisition.QueueService;
import org.diptych.service.agreement.AgreementFigureService;
import org.diptych.service.agreement.AgreementFilter;
import org.diptych.service.agreement.AgreementService;
import org.diptych.service.campaign.CampaignProgressService;
import org.diptych.service.campaign.CampaignService;
import org.diptych.service.campaign.CampaignTally;
import org.diptych.service.dataset.ExportFormat;
import org.diptych.service.dataset.ExportService;
import org.diptych.service.history.LabelChain;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What the pages of a lead ask for where half of a campaign is labelled: the first time, and while they stay open; and its
 * export as JSON lines.
 */
final class PagesBench {
    private static final int LOOKS = 30;

    private final ConfigurableApplicationContext context;
    private final JdbcTemplate jdbc;

    PagesBench(ConfigurableApplicationContext context) {
        this.context = context;
        this.jdbc = context.getBean(JdbcTemplate.class);
    }

    /** Makes the labels by SQL, and prints milliseconds. */
    void run(UUID campaign, int pairs) throws InterruptedException {
        label(campaign, pairs / 2);
        var lead = lead(campaign);
        double chained = milliseconds(() -> context.getBean(LabelChain.class).extend(() -> false));
        double counted = milliseconds(() -> context.getBean(CampaignTally.class).extend(() -> false));
        System.out.printf(
                Locale.ROOT,
                "%,d labels, chained in %.1f s, counted in %.1f s%n%n",
                pairs / 2,
                chained / 1e3,
                counted / 1e3);
        System.out.println("| what | first look, ms | while open p50, ms | worst, ms |");
        System.out.println("|---|---|---|---|");
        var progress = context.getBean(CampaignProgressService.class);
        var campaigns = context.getBean(CampaignService.class);
        var queue = context.getBean(QueueService.class);
        measure("campaign in numbers", () -> campaigns.overview(lead, campaign));
        measure("overview page", () -> progress.progress(lead, campaign));
        measure("campaigns page", () -> progress.summaries(lead));
        measure("members page", () -> campaigns.members(lead, campaign));
        measure("`GET …/queue`", () -> queue.next(lead, campaign, 50));
        var agreement = context.getBean(AgreementService.class);
        measure("agreement", () -> agreement.of(lead, campaign));
        var figures = context.getBean(AgreementFigureService.class);
        var all = AgreementFilter.DEFAULT.of(AgreementFilter.Part.ALL);
        measure("agreement figures", () -> figures.of(lead, campaign, all));
        export(lead, campaign);
    }

    private void export(SignedIn lead, UUID campaign) {
        var exports = context.getBean(ExportService.class);
        long rows = Objects.requireNonNull(
                jdbc.queryForObject("SELECT count(*) FROM label WHERE campaign_id = ?", Long.class, campaign));
        double took =
                milliseconds(() -> exports.write(lead, campaign, ExportFormat.JSONL, OutputStream.nullOutputStream()));
        System.out.printf(Locale.ROOT, "%nexport of %,d labels as JSON lines: %,.0f rows/s%n", rows, rows / took * 1e3);
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
                Locale.ROOT, "| %s | %.1f | %.1f | %.1f |%n", what, first, later[LOOKS / 2], later[LOOKS - 1]);
    }

    private static double milliseconds(Runnable look) {
        long begun = System.nanoTime();
        look.run();
        return (System.nanoTime() - begun) / 1e6;
    }

    /** Each of sixteen annotators has labelled their part of the queue's front, in the last thirty days. */
    private void label(UUID campaign, int labels) {
        jdbc.update("""
                INSERT INTO account (name, display_name, role)
                SELECT 'page-' || g, 'x', 'ANNOTATOR' FROM generate_series(0, 15) g ON CONFLICT DO NOTHING""");
        LoopAtScale.withoutTriggers(jdbc, campaign, """
                INSERT INTO campaign_member (campaign_id, account_id, role)
                SELECT :campaign, id, 'ANNOTATOR' FROM account WHERE name LIKE 'page-%'""", """
                INSERT INTO assignment (campaign_id, pair_id, annotator_id, slot, state, fencing_token, expires_at, swapped,
                    protocol_sha256, stratum, selection_probability)
                SELECT s.campaign_id, s.pair_id, a.id, s.ordinal, 'LABELLED', 0, now(), false, c.protocol_sha256, s.stratum, 1
                FROM (SELECT * FROM slot WHERE campaign_id = :campaign AND state = 'OPEN' ORDER BY random_key LIMIT\s""" + labels + """
                ) s JOIN campaign c ON c.id = s.campaign_id
                JOIN account a ON a.name = 'page-' || (s.ordinal * 5 + abs(hashtext(s.pair_id::text)) % 5)""", """
                INSERT INTO label (id, campaign_id, pair_id, annotator_id, assignment_id, slot, kind, protocol_sha256,
                    answers, verdicts, swapped, stratum, selection_probability, fencing_token, active_milliseconds,
                    submitted_at)
                SELECT gen_random_uuid(), campaign_id, pair_id, annotator_id, id, slot, 'ANSWER', protocol_sha256,
                    '{"instruction_following": {"first": 4, "second": 2}, "visual_quality": {"first": 3, "second": 3}}',
                    '{"overall": "first", "instruction_following": "first", "visual_quality": "tie"}', swapped, stratum, 1, 0,
                    (1000 + random() * 60000)::bigint, now() - random() * interval '30 days'
                FROM assignment WHERE campaign_id = :campaign AND fencing_token = 0""", """
                UPDATE slot SET state = 'FILLED', assignment_id = l.assignment_id, label_id = l.id FROM label l
                WHERE l.pair_id = slot.pair_id AND l.slot = slot.ordinal AND l.campaign_id = :campaign
                    AND l.fencing_token = 0""");
        jdbc.execute("VACUUM ANALYZE");
    }

    private SignedIn lead(UUID campaign) {
        var name = "lead-" + campaign;
        var id = Objects.requireNonNull(jdbc.queryForObject(
                "INSERT INTO account (name, display_name, role) VALUES (?, 'x', 'LEAD') RETURNING id",
                UUID.class,
                name));
        jdbc.update("INSERT INTO campaign_member (campaign_id, account_id, role) VALUES (?, ?, 'LEAD')", campaign, id);
        return new SignedIn(id, name, "x", Role.LEAD);
    }
}
