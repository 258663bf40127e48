package org.diptych.service.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Objects;
import java.util.UUID;
import org.diptych.service.QualificationFixture;
import org.diptych.service.ServiceTest;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.SignedIn;
import org.diptych.service.campaign.CampaignImport;
import org.diptych.service.campaign.CampaignMember;
import org.diptych.service.campaign.CampaignName;
import org.diptych.service.campaign.CampaignProgressService;
import org.diptych.service.campaign.CampaignService;
import org.diptych.service.campaign.CampaignState;
import org.diptych.service.health.CampaignHome;
import org.diptych.service.problem.Problem;
import org.diptych.service.quality.CampaignClone;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What leads do with their campaigns as wholes: see them, copy them, put them away. */
@ServiceTest
class CampaignHomeIT {
    @Autowired
    AccountService accounts;

    @Autowired
    CampaignImport imports;

    @Autowired
    CampaignService campaigns;

    @Autowired
    CampaignProgressService progress;

    @Autowired
    CampaignHome home;

    @Autowired
    CampaignClone clone;

    @Autowired
    Alerts alerts;

    @Autowired
    AlertWatch watch;

    @Autowired
    JdbcClient jdbc;

    private QualificationFixture fixture;
    private UUID campaign;
    private SignedIn lead;

    @BeforeEach
    void a_campaign() throws Exception {
        fixture = new QualificationFixture(jdbc, accounts, imports);
        campaign = fixture.campaign(3, 2, 4);
        lead = fixture.lead;
    }

    private long count(String table, UUID of) {
        return jdbc.sql("SELECT count(*) FROM " + table + " WHERE campaign_id = ?")
                .param(of)
                .query(Long.class)
                .single();
    }

    @Test
    void a_clone_has_settings_gold_and_members_as_chosen_and_no_work() {
        fixture.newcomer(campaign);
        alerts.change(lead, campaign, new AlertBounds(0.1, null, 5, null));
        jdbc.sql("UPDATE campaign SET gold_rate = 0.2 WHERE id = ?")
                .param(campaign)
                .update();

        var all = clone.make(lead, campaign, new CampaignClone.Wanted("wave " + campaign, true, true));
        var bare = clone.make(lead, campaign, new CampaignClone.Wanted("bare " + campaign, false, false));

        assertThat(campaigns.settings(lead, all)).isEqualTo(campaigns.settings(lead, campaign));
        assertThat(alerts.bounds(lead, all)).isEqualTo(new AlertBounds(0.1, null, 5, null));
        assertThat(count("item", all)).isEqualTo(6);
        assertThat(count("current_known_answer", all)).isEqualTo(6);
        assertThat(count("campaign_image", all)).isPositive();
        assertThat(count("slot", all)).isZero();
        assertThat(campaigns.members(lead, all))
                .extracting(CampaignMember::role)
                .hasSize(2);
        assertThat(jdbc.sql("SELECT gold_rate FROM campaign WHERE id = ?")
                        .param(all)
                        .query(Double.class)
                        .single())
                .isEqualTo(0.2);
        assertThat(count("item", bare)).isZero();
        assertThat(campaigns.members(lead, bare)).hasSize(1);
        assertThatThrownBy(() -> clone.make(lead, campaign, new CampaignClone.Wanted("bare " + campaign, true, true)))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("name_taken"));
    }

    @Test
    void only_a_closed_campaign_is_archived_and_it_comes_back_as_it_was() {
        assertThatThrownBy(() -> campaigns.archive(lead, campaign))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("not_closed"));
        campaigns.enter(lead, campaign, CampaignState.CLOSED);
        campaigns.archive(lead, campaign);

        assertThat(progress.names(lead)).extracting(CampaignName::id).doesNotContain(campaign);
        assertThat(campaigns.list(lead)).isEmpty();
        assertThat(home.of(lead, false)).isEmpty();
        assertThat(home.of(lead, true)).hasSize(1);
        assertThatThrownBy(() -> campaigns.enter(lead, campaign, CampaignState.OPEN))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("archived"));

        campaigns.restore(lead, campaign);
        assertThat(home.of(lead, false)).hasSize(1);
        assertThat(home.of(lead, true)).isEmpty();
        assertThat(count("item", campaign)).isEqualTo(9);
    }

    @Test
    void a_line_has_how_the_campaign_stands_once_it_was_looked_after() {
        assertThat(home.of(lead, false).getFirst().health()).isNull();
        watch.look(() -> false);

        var line = home.of(lead, false).getFirst();
        assertThat(line.campaign().wanted()).isEqualTo(3);
        var health = Objects.requireNonNull(line.health());
        assertThat(health.open()).isEqualTo(3);
        assertThat(health.forecast()).isNull();
    }
}
