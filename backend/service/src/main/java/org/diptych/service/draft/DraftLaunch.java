package org.diptych.service.draft;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.NewAccount;
import org.diptych.service.account.SignedIn;
import org.diptych.service.campaign.CampaignImport;
import org.diptych.service.campaign.CampaignService;
import org.diptych.service.campaign.CheckedPairs;
import org.diptych.service.campaign.ManifestSource;
import org.diptych.service.campaign.MemberRole;
import org.diptych.service.campaign.NewCampaign;
import org.diptych.service.campaign.NewMembers;
import org.diptych.service.problem.Problem;
import org.diptych.service.quality.KnownAnswers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Makes a campaign of a draft in one transaction: its settings, gold, people and pairs, or nothing of it. */
@Component
class DraftLaunch {
    private static final Logger log = LoggerFactory.getLogger(DraftLaunch.class);

    private final DraftTable table;
    private final CampaignService campaigns;
    private final CampaignImport imports;
    private final NewMembers newMembers;
    private final AccountService accounts;
    private final KnownAnswers gold;
    private final LaunchPasswords passwords;
    private final TransactionTemplate transactions;

    DraftLaunch(
            DraftTable table,
            CampaignService campaigns,
            CampaignImport imports,
            NewMembers newMembers,
            AccountService accounts,
            KnownAnswers gold,
            LaunchPasswords passwords,
            PlatformTransactionManager transactionManager) {
        this.table = table;
        this.campaigns = campaigns;
        this.imports = imports;
        this.newMembers = newMembers;
        this.accounts = accounts;
        this.gold = gold;
        this.passwords = passwords;
        this.transactions = new TransactionTemplate(transactionManager);
    }

    /**
     * Makes it. Nobody sees anything of it before all of it is there.
     *
     * @param attempt the one that may finish; where another has begun meanwhile, nothing is kept
     * @throws Problem whatever stands against it
     */
    void run(SignedIn lead, CampaignDraft draft, UUID attempt, ManifestSource source, LongConsumer progress)
            throws IOException {
        try {
            once(lead, draft, attempt, source, progress);
        } catch (ConcurrencyFailureException e) {
            // another import holds pictures that this one wants, and the other way round
            log.info("the launch of draft {} begins again: {}", draft.id(), e.toString());
            once(lead, draft, attempt, source, progress);
        }
    }

    private void once(SignedIn lead, CampaignDraft draft, UUID attempt, ManifestSource source, LongConsumer progress)
            throws IOException {
        var checked = draft.usable().orElseThrow();
        boolean done = false;
        try {
            transactions.executeWithoutResult(_ -> {
                var people = new ArrayList<NewAccount>();
                var campaign = draft.choices().addTo() == null
                        ? create(lead, draft, people)
                        : draft.choices().addTo();
                read(lead, campaign, source, progress, found -> requireAsChecked(checked, found));
                // before the page can learn that it is done, or it would ask too early
                passwords.put(lead.id(), draft.id(), people);
                if (!table.launched(draft.id(), attempt, campaign, people.size())) {
                    throw Problem.conflict("draft_at_work", "This draft was launched again meanwhile.");
                }
            });
            done = true;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            if (!done) {
                passwords.handOut(lead.id(), draft.id());
            }
        }
    }

    private UUID create(SignedIn lead, CampaignDraft draft, List<NewAccount> people) {
        var choices = draft.choices();
        var campaign = campaigns.create(lead, new NewCampaign(choices.name(), choices.protocol(), choices.settings()));
        gold.change(lead, campaign, choices.gold());
        for (var person : choices.people()) {
            var displayName = person.displayName();
            if (displayName == null || accounts.find(person.name()).isPresent()) {
                campaigns.addMember(lead, campaign, person.name(), person.role());
            } else {
                people.add(newMembers.create(lead, campaign, person.name(), displayName, person.role()));
            }
        }
        var maker = table.owner(draft.id());
        if (!maker.equals(lead.name())) {
            // an administrator starts it for somebody, whose campaign it is
            campaigns.addMember(lead, campaign, maker, MemberRole.LEAD);
        }
        return campaign;
    }

    private void read(
            SignedIn lead, UUID campaign, ManifestSource source, LongConsumer progress, Consumer<CheckedPairs> agreed) {
        try {
            imports.importWhole(lead, campaign, source, progress, agreed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What somebody has agreed to is what was shown to them. */
    private static void requireAsChecked(CheckedPairs checked, CheckedPairs found) {
        var before = checked.report();
        var after = found.report();
        if (before.items() != after.items()
                || before.pairs() != after.pairs()
                || before.unchanged() != after.unchanged()
                || before.rejected() != after.rejected()) {
            throw Problem.conflict(
                            "pairs_changed",
                            "The pairs are not those that were checked: the files, or the campaign, have changed since."
                                    + " Check them again.")
                    .with("field", "pairs");
        }
    }
}
