package org.diptych;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.diptych.embedded.StartFailure;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.NewAccount;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.diptych.service.campaign.CampaignImport;
import org.diptych.service.campaign.CampaignOverview;
import org.diptych.service.campaign.CampaignService;
import org.diptych.service.campaign.ImportReport;
import org.diptych.service.campaign.ImportRequest;
import org.diptych.service.campaign.ManifestSource;
import org.diptych.service.campaign.MemberRole;
import org.diptych.service.protocol.ProtocolService;
import org.diptych.service.qualification.ExampleAnswers;
import org.diptych.service.qualification.GuidelineConfirmations;
import org.diptych.service.quality.GoldSettings;
import org.diptych.service.quality.KnownAnswers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Campaigns to try the product with, a lead and an annotator. Two are open to the annotator at once, who knows guideline
 * and examples there; into the third one leads the way of a newcomer. What is there already stays as it is; an import
 * that was cut off is completed.
 */
@Component
@Order(1)
@ConditionalOnProperty(name = "diptych.demo", havingValue = "true")
class DemoCampaigns implements ApplicationRunner {
    private static final Logger log = LoggerFactory.getLogger(DemoCampaigns.class);

    /** With a qualification set and gold; the oldest, so that it stands behind the others in every list. */
    private static final String FOR_NEWCOMERS = "Qualification";

    private static final double GOLD_RATE = 0.2;

    /** Manifest by campaign name. */
    private static final Map<String, ManifestSource> CAMPAIGNS = campaigns();

    private final AccountService accounts;
    private final CampaignImport imports;
    private final CampaignService campaigns;
    private final ProtocolService protocols;
    private final GuidelineConfirmations confirmations;
    private final ExampleAnswers examples;
    private final KnownAnswers known;

    DemoCampaigns(
            AccountService accounts,
            CampaignImport imports,
            CampaignService campaigns,
            ProtocolService protocols,
            GuidelineConfirmations confirmations,
            ExampleAnswers examples,
            KnownAnswers known) {
        this.accounts = accounts;
        this.imports = imports;
        this.campaigns = campaigns;
        this.protocols = protocols;
        this.confirmations = confirmations;
        this.examples = examples;
        this.known = known;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        SignedIn lead = account("lead", "Demo lead", Role.LEAD);
        SignedIn annotator = account("annotator", "Demo annotator", Role.ANNOTATOR);
        CAMPAIGNS.forEach((name, source) -> {
            try {
                create(lead, annotator, name, source);
            } catch (IOException exception) {
                throw new StartFailure("The demo campaign " + name + " cannot be created: " + exception, exception);
            }
        });
    }

    private SignedIn account(String name, String displayName, Role role) {
        return accounts.find(name)
                .map(existing -> {
                    Notice.print("The demo account " + name + " exists; its password was shown when it was made.");
                    return existing;
                })
                .orElseGet(() -> {
                    NewAccount created = accounts.createAccount(name, displayName, role, null);
                    Notice.print("Demo: sign in as " + name + " with the password " + created.password()
                            + " (shown this once).");
                    return created.account();
                });
    }

    /** The demo annotator has read the guideline and been through its examples, so that labelling starts at once. */
    private void prepare(SignedIn lead, SignedIn annotator, UUID campaign) {
        String sha256 = campaigns.overview(lead, campaign).protocol().sha256();
        confirmations.confirm(annotator, campaign, sha256);
        int count = protocols.bySha256(sha256).protocol().qualification().examples();
        for (int example = 0; example < count; example++) {
            examples.answer(annotator, campaign, example, Map.of());
        }
    }

    private void create(SignedIn lead, SignedIn annotator, String name, ManifestSource source) throws IOException {
        if (itemsOf(lead, name) >= lines(source)) {
            return;
        }
        ImportReport report = imports.importFrom(lead, ImportRequest.into(name), source, _ -> {});
        UUID campaign = report.campaign();
        if (campaign == null || report.rejected() > 0) {
            throw new StartFailure("The demo campaign " + name + " cannot be created: " + report.problems());
        }
        campaigns.addMember(lead, campaign, "annotator", MemberRole.ANNOTATOR);
        if (name.equals(FOR_NEWCOMERS)) {
            known.change(lead, campaign, new GoldSettings(GOLD_RATE, GoldSettings.Feedback.AFTER_SUBMIT));
        } else {
            prepare(lead, annotator, campaign);
        }
        log.info("Created the demo campaign {}: {} items, {} pairs", name, report.items(), report.pairs());
    }

    private long itemsOf(SignedIn lead, String name) {
        return campaigns.list(lead).stream()
                .filter(campaign -> campaign.name().equals(name))
                .mapToLong(CampaignOverview::items)
                .sum();
    }

    private static long lines(ManifestSource source) throws IOException {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(source.manifest(), StandardCharsets.UTF_8))) {
            return lines.lines().filter(line -> !line.isBlank()).count();
        }
    }

    private static Map<String, ManifestSource> campaigns() {
        Map<String, ManifestSource> campaigns = new LinkedHashMap<>();
        campaigns.put(FOR_NEWCOMERS, ManifestSource.classPath("demo/procedural-edits", "qualification.jsonl"));
        campaigns.put("Procedural edits", ManifestSource.classPath("demo/procedural-edits"));
        campaigns.put("Model edits", ManifestSource.classPath("demo/model-edits"));
        return campaigns;
    }
}
