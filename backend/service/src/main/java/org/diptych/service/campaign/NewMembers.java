package org.diptych.service.campaign;

import java.util.UUID;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.NewAccount;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.diptych.service.problem.Problem;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** People who join a campaign and have no account yet: they get both, or neither. */
@Service
@Transactional
public class NewMembers {
    private final AccountService accounts;
    private final CampaignService campaigns;
    private final CampaignAccess access;

    NewMembers(AccountService accounts, CampaignService campaigns, CampaignAccess access) {
        this.accounts = accounts;
        this.campaigns = campaigns;
        this.access = access;
    }

    /**
     * Makes an account with a random password and adds it to the campaign. Who is new labels; accounts for leads are made by
     * an administrator.
     *
     * @param displayName what leads see, one line of 1 to 120 characters
     * @return the account with its password, the only copy
     * @throws Problem {@code not_an_administrator}; {@code invalid_name} or {@code name_taken}
     */
    public NewAccount create(SignedIn lead, UUID campaign, String name, String displayName, MemberRole role) {
        access.requireLead(lead, campaign);
        if (role == MemberRole.LEAD && lead.role() != Role.ADMIN) {
            throw Problem.forbidden("not_an_administrator", "Only an administrator makes accounts for leads.");
        }
        var made = accounts.invite(name, displayName, role == MemberRole.LEAD ? Role.LEAD : Role.ANNOTATOR);
        campaigns.addMember(lead, campaign, made.account().name(), role);
        return made;
    }
}
