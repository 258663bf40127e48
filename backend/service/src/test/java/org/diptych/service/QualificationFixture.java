package org.diptych.service;

import java.io.ByteArrayInputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.diptych.service.campaign.CampaignImport;
import org.diptych.service.campaign.ImportRequest;
import org.diptych.service.campaign.TestManifest;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A campaign with known answers, imported from a manifest, and people who are not exempt from them. */
public final class QualificationFixture {
    /** Known ratings of every two-candidate item here: the first is better on both dimensions. */
    public static final String RATINGS = """
            [{"instruction_following": 4, "visual_quality": 4}, {"instruction_following": 2, "visual_quality": 3}]""";

    private final JdbcClient jdbc;
    private final AccountService accounts;
    private final CampaignImport imports;
    public final SignedIn lead;

    public QualificationFixture(JdbcClient jdbc, AccountService accounts, CampaignImport imports) {
        this.jdbc = jdbc;
        this.accounts = accounts;
        this.imports = imports;
        this.lead = person(Role.LEAD);
    }

    /** A campaign with so many pairs to label (one label each), to qualify with and of gold. */
    public UUID campaign(int open, int qualification, int gold) throws Exception {
        var manifest = new TestManifest();
        for (int i = 0; i < open; i++) {
            manifest.item("open-" + i, 2);
        }
        for (int i = 0; i < qualification; i++) {
            manifest.item("test-" + i, 2, known("qualification"));
        }
        for (int i = 0; i < gold; i++) {
            manifest.item("gold-" + i, 2, known("gold"));
        }
        var report = imports.importArchive(
                lead,
                new ImportRequest("campaign " + UUID.randomUUID(), null, 1, false, true),
                new ByteArrayInputStream(manifest.zip("")));
        if (report.campaign() == null || report.rejected() > 0) {
            throw new AssertionError(report.problems().toString());
        }
        return report.campaign();
    }

    private static String known(String use) {
        return "{\"use\": \"" + use + "\", \"ratings\": " + RATINGS
                + ", \"reason\": {\"en\": \"The second one missed a part.\", \"zh\": \"第二个漏了一部分。\"}}";
    }

    /** An annotator who is a member, made as people are. */
    public SignedIn newcomer(UUID campaign) {
        var annotator = person(Role.ANNOTATOR);
        jdbc.sql("INSERT INTO campaign_member (campaign_id, account_id, role) VALUES (?, ?, 'ANNOTATOR')")
                .params(campaign, annotator.id())
                .update();
        return annotator;
    }

    /** Somebody with an account and no campaign. */
    public SignedIn person(Role role) {
        return accounts.createAccount("p" + UUID.randomUUID(), "Somebody", role, null)
                .account();
    }

    /** Ratings as a screen sends them, the same on both dimensions. */
    public static Map<String, JsonNode> ratings(int left, int right) {
        var answers = new LinkedHashMap<String, JsonNode>();
        for (var dimension : new String[] {"instruction_following", "visual_quality"}) {
            answers.put(dimension, JsonMapper.shared().readTree("{\"left\": " + left + ", \"right\": " + right + "}"));
        }
        return answers;
    }
}
