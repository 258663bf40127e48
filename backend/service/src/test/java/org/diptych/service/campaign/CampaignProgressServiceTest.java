package org.diptych.service.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.diptych.service.CampaignFixture;
import org.diptych.service.ServiceTest;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.diptych.service.assignment.AssignmentService;
import org.diptych.service.label.LabelService;
import org.diptych.service.label.TestSubmissions;
import org.diptych.service.problem.Problem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@ServiceTest
class CampaignProgressServiceTest {
    @Autowired
    private CampaignProgressService service;

    @Autowired
    private CampaignService campaigns;

    @Autowired
    private AssignmentService assignments;

    @Autowired
    private LabelService labels;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private AccountService accounts;

    private CampaignFixture fixture;
    private UUID campaign;
    private SignedIn lead;

    @BeforeEach
    void make_a_campaign_of_six_pairs() {
        fixture = new CampaignFixture(jdbc, accounts);
        campaign = fixture.campaign("edit-preference-v1", 6, 2);
        lead = accounts.createAccount("lead-" + UUID.randomUUID(), "A lead", Role.LEAD, null)
                .account();
        jdbc.sql("INSERT INTO campaign_member (campaign_id, account_id, role) VALUES (?, ?, 'LEAD')")
                .params(campaign, lead.id())
                .update();
    }

    @Test
    void slots_are_counted_by_stratum_with_the_uniform_one_first() {
        var progress = service.progress(lead, campaign);

        assertThat(progress.pairs()).isEqualTo(6);
        assertThat(progress.slots().keySet()).containsExactly("UNIFORM", "ACQUIRED");
        assertThat(progress.slots("UNIFORM").wanted()).isEqualTo(4);
        assertThat(progress.slots("ACQUIRED").open()).isEqualTo(8);
        assertThat(progress.slots("GOLD").wanted()).isZero();
        assertThat(progress.allSlots().wanted()).isEqualTo(12);
        assertThat(progress.allSlots().share()).isZero();
    }

    @Test
    void a_campaign_without_labels_has_no_median_and_no_days() {
        var progress = service.progress(lead, campaign);

        assertThat(progress.labels()).isZero();
        assertThat(progress.medianActiveSeconds()).isNull();
        assertThat(progress.lastLabelAt()).isNull();
        assertThat(progress.days()).isEmpty();
        assertThat(progress.labelsSinceTraining()).isZero();
    }

    @Test
    void a_lead_sees_their_own_campaigns_and_an_administrator_all() {
        var other = fixture.campaign("edit-comparison-v1", 1, 1);
        var administrator = accounts.createAccount("admin-" + UUID.randomUUID(), "Root", Role.ADMIN, null)
                .account();

        assertThat(service.names(lead)).extracting(CampaignName::id).containsExactly(campaign);
        assertThat(service.summaries(lead)).singleElement().satisfies(summary -> {
            assertThat(summary.protocol()).isEqualTo("edit-preference-v1");
            assertThat(summary.wanted()).isEqualTo(12);
            assertThat(summary.activeModel()).isNull();
        });
        assertThat(service.names(administrator)).extracting(CampaignName::id).contains(campaign, other);
    }

    @Test
    void every_place_tells_the_same_numbers_of_a_campaign() {
        var annotators = fixture.annotators(campaign, 3);
        label(annotators.get(0), 4);
        label(annotators.get(1), 2);

        var progress = service.progress(lead, campaign);
        var overview = campaigns.overview(lead, campaign);
        var summary = service.summaries(lead).getFirst();
        assertThat(campaigns.list(lead)).containsExactly(overview);
        assertThat(progress.labels()).isEqualTo(6).isEqualTo(overview.labels());
        assertThat(progress.allSlots()).isEqualTo(overview.slots()).isEqualTo(new SlotCount(6, 0, 6));
        assertThat(progress.annotators()).isEqualTo(2).isEqualTo(overview.annotators());
        assertThat(progress.labelsSinceTraining()).isEqualTo(6);
        assertThat(progress.annotatorsToday()).isEqualTo(2).isEqualTo(summary.annotatorsToday());
        assertThat(progress.days()).extracting(CampaignProgress.Day::labels).containsExactly(6L);
        assertThat(summary.filled()).isEqualTo(6);
        assertThat(campaigns.members(lead, campaign))
                .extracting(CampaignMember::labels)
                .containsOnly(0L, 4L, 2L);
        assertThat(service.annotating(annotators.get(2)).getFirst().open()).isEqualTo(6);
    }

    /** Answers to the campaign's first pairs that the annotator has not had, as the queue would have taken them. */
    private void label(SignedIn who, int pairs) {
        for (var held : assignments.claim(who, campaign, pairs).assignments()) {
            labels.submit(who, TestSubmissions.rated(held, 3, 2));
        }
    }

    @Test
    void an_annotator_sees_where_they_may_label_and_not_the_progress_of_all() {
        var annotator = fixture.annotators(campaign, 1).getFirst();

        assertThat(service.annotating(annotator)).singleElement().satisfies(mine -> {
            assertThat(mine.open()).isEqualTo(12);
            assertThat(mine.mine()).isZero();
        });
        assertThatThrownBy(() -> service.progress(annotator, campaign))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("not_a_member"));
    }
}
