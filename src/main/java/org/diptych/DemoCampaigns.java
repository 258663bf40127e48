package org.diptych;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.diptych.account.AccountService;
import org.diptych.account.NewAccount;
import org.diptych.account.Role;
import org.diptych.account.SignedIn;
import org.diptych.campaign.CampaignImport;
import org.diptych.campaign.CampaignOverview;
import org.diptych.campaign.CampaignService;
import org.diptych.campaign.ImportReport;
import org.diptych.campaign.ImportRequest;
import org.diptych.campaign.ManifestSource;
import org.diptych.campaign.MemberRole;
import org.diptych.embedded.StartFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Two campaigns to try the product with, a lead and an annotator. What is there already stays as it is; an import that
 * was cut off is completed.
 */
@Component
@Order(1)
@ConditionalOnProperty(name = "diptych.demo", havingValue = "true")
class DemoCampaigns implements ApplicationRunner {
    private static final Logger log = LoggerFactory.getLogger(DemoCampaigns.class);

    /** Folder on the class path by campaign name. */
    private static final Map<String, String> CAMPAIGNS = campaigns();

    private final AccountService accounts;
    private final CampaignImport imports;
    private final CampaignService campaigns;

    DemoCampaigns(AccountService accounts, CampaignImport imports, CampaignService campaigns) {
        this.accounts = accounts;
        this.imports = imports;
        this.campaigns = campaigns;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        SignedIn lead = account("lead", "Demo lead", Role.LEAD);
        account("annotator", "Demo annotator", Role.ANNOTATOR);
        CAMPAIGNS.forEach((name, folder) -> {
            try {
                create(lead, name, folder);
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

    private void create(SignedIn lead, String name, String folder) throws IOException {
        ManifestSource source = ManifestSource.classPath(folder);
        if (itemsOf(lead, name) >= lines(source)) {
            return;
        }
        ImportReport report = imports.importFrom(lead, ImportRequest.into(name), source);
        UUID campaign = report.campaign();
        if (campaign == null || report.rejected() > 0) {
            throw new StartFailure("The demo campaign " + name + " cannot be created: " + report.problems());
        }
        campaigns.addMember(lead, campaign, "annotator", MemberRole.ANNOTATOR);
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

    private static Map<String, String> campaigns() {
        Map<String, String> campaigns = new LinkedHashMap<>();
        campaigns.put("Procedural edits", "demo/procedural-edits");
        campaigns.put("Model edits", "demo/model-edits");
        return campaigns;
    }
}
