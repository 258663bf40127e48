package org.diptych.service.draft;

import java.util.HashSet;
import java.util.Objects;
import org.diptych.service.account.AccountName;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.diptych.service.campaign.CampaignImport;
import org.diptych.service.campaign.CampaignService;
import org.diptych.service.campaign.MemberRole;
import org.diptych.service.draft.DraftChoices.Person;
import org.diptych.service.problem.Problem;
import org.diptych.service.protocol.ProtocolService;
import org.diptych.service.request.OneLine;
import org.springframework.stereotype.Component;

/** Whether what was chosen can be kept, and whether it can become a campaign. */
@Component
class DraftChecks {
    static final int LAST_STEP = 6;
    private static final int MOST_PEOPLE = 500;
    private static final int LONGEST_DISPLAY_NAME = 120;

    private final CampaignService campaigns;
    private final CampaignAccess access;
    private final ProtocolService protocols;
    private final AccountService accounts;
    private final CampaignImport imports;

    DraftChecks(
            CampaignService campaigns,
            CampaignAccess access,
            ProtocolService protocols,
            AccountService accounts,
            CampaignImport imports) {
        this.imports = imports;
        this.campaigns = campaigns;
        this.access = access;
        this.protocols = protocols;
        this.accounts = accounts;
    }

    /** A draft may lack a name and people; what is there must be possible. */
    void requireStorable(SignedIn lead, DraftChoices choices) {
        if (choices.step() < 1 || choices.step() > LAST_STEP) {
            throw Problem.invalid("invalid_value", "step", "step must be a whole number from 1 to " + LAST_STEP + ".");
        }
        if (!choices.name().isBlank()) {
            CampaignService.checkedName("name", choices.name());
        }
        if (choices.addTo() != null) {
            access.requireLead(lead, choices.addTo());
        }
        protocols.byReference(choices.protocol());
        try {
            campaigns.checked(choices.settings());
        } catch (Problem problem) {
            throw problem.within("settings");
        }
        try {
            choices.gold().checked();
        } catch (Problem problem) {
            throw problem.within("gold");
        }
        requirePeople(lead, choices);
    }

    private void requirePeople(SignedIn lead, DraftChoices choices) {
        if (choices.people().size() > MOST_PEOPLE) {
            throw Problem.invalid("too_many_people", "people", "A draft has " + MOST_PEOPLE + " people at most.");
        }
        var names = new HashSet<String>();
        for (int i = 0; i < choices.people().size(); i++) {
            var person = choices.people().get(i);
            var field = "people[" + i + "].name";
            var name = AccountName.of(person.name())
                    .orElseThrow(() -> Problem.invalid(
                            "invalid_name",
                            field,
                            "A name has letters, digits, dots, dashes and underscores, 1 to 80 of them."));
            if (!names.add(name)) {
                throw Problem.conflict("listed_twice", name + " is in the list already.")
                        .with("field", field);
            }
            if (name.equals(lead.name())) {
                throw Problem.conflict(
                                "maker_listed",
                                "Who starts the campaign is its lead already. Leave " + name + " out of the list.")
                        .with("field", field);
            }
            requirePerson(lead, person, i);
        }
    }

    private void requirePerson(SignedIn lead, Person person, int index) {
        var field = "people[" + index + "].";
        boolean known = accounts.find(person.name()).isPresent();
        if (!known) {
            var displayName = person.displayName();
            if (displayName == null || displayName.isBlank()) {
                throw Problem.invalid(
                        "unknown_account",
                        field + "displayName",
                        "There is no account " + person.name() + ". Give a display name to make one.");
            }
            OneLine.of("invalid_name", field + "displayName", displayName, LONGEST_DISPLAY_NAME);
        }
        if (!known && person.role() == MemberRole.LEAD && lead.role() != Role.ADMIN) {
            throw Problem.forbidden("not_an_administrator", "Only an administrator makes accounts for leads.")
                    .with("field", field + "role");
        }
    }

    /** What can be said before anything is made. */
    void requireLaunchable(SignedIn lead, CampaignDraft draft) {
        var choices = draft.choices();
        var name = CampaignService.checkedName("name", choices.name());
        var taken = campaigns.idOf(name);
        if (!Objects.equals(taken.orElse(null), choices.addTo())) {
            throw (taken.isPresent()
                            ? Problem.conflict(
                                    "name_taken",
                                    "There is a campaign named " + name
                                            + " already. Take another name, or say that the pairs go into it.")
                            : Problem.conflict(
                                    "campaign_renamed",
                                    "The campaign into which the pairs were to go has another name now."))
                    .with("field", "name");
        }
        if (choices.addTo() != null) {
            imports.requireOpen(lead, choices.addTo());
        }
        requireStorable(lead, choices);
        if (draft.source() == null) {
            throw Problem.invalid("no_pairs", "pairs", "There are no pairs yet. Send an archive first.");
        }
        if (draft.checked() == null) {
            throw Problem.conflict("not_checked", "The pairs have not been checked. Check them first.")
                    .with("field", "pairs");
        }
        if (draft.usable().isEmpty()) {
            throw Problem.invalid("nothing_to_import", "pairs", "No row of the manifest can be imported.");
        }
    }
}
