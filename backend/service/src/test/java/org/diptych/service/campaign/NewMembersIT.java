package org.diptych.service.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.diptych.service.CampaignFixture;
import org.diptych.service.ServiceTest;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.diptych.service.problem.Problem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** People who join a campaign and have no account yet. */
@ServiceTest
class NewMembersIT {
    @Autowired
    private NewMembers newMembers;

    @Autowired
    private CampaignService campaigns;

    @Autowired
    private AccountService accounts;

    @Autowired
    private JdbcClient jdbc;

    private UUID campaign;
    private SignedIn lead;
    private String name;

    @BeforeEach
    void a_campaign_and_its_lead() {
        campaign = new CampaignFixture(jdbc, accounts).campaign("edit-preference-v1", 1, 1);
        lead = accounts.createAccount("l" + UUID.randomUUID(), "Lea Lead", Role.LEAD, null)
                .account();
        jdbc.sql("INSERT INTO campaign_member (campaign_id, account_id, role) VALUES (?, ?, 'LEAD')")
                .params(campaign, lead.id())
                .update();
        name = "n" + UUID.randomUUID();
    }

    @Test
    void account_and_membership_are_made_together() {
        assertThat(newMembers
                        .create(lead, campaign, name, "New Person", MemberRole.ANNOTATOR)
                        .password())
                .isNotBlank();
        assertThat(campaigns.members(lead, campaign))
                .extracting(CampaignMember::name)
                .contains(name);
    }

    @Test
    void no_account_is_left_behind_where_the_membership_fails() {
        jdbc.sql("ALTER TABLE campaign_member ADD CONSTRAINT nobody_joins CHECK (joined_at < '2000-01-01') NOT VALID")
                .update();
        try {
            assertThatThrownBy(() -> newMembers.create(lead, campaign, name, "New Person", MemberRole.ANNOTATOR))
                    .isInstanceOf(DataAccessException.class);
        } finally {
            jdbc.sql("ALTER TABLE campaign_member DROP CONSTRAINT nobody_joins").update();
        }
        assertThat(accounts.find(name)).isEmpty();
    }

    @Test
    void a_lead_makes_no_other_leads() {
        assertThatThrownBy(() -> newMembers.create(lead, campaign, name, "New Person", MemberRole.LEAD))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("not_an_administrator"));
        assertThat(accounts.find(name)).isEmpty();
    }
}
