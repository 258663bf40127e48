package org.diptych.service.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.diptych.service.CampaignFixture;
import org.diptych.service.QualificationFixture;
import org.diptych.service.ServiceTest;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.diptych.service.assignment.AssignmentService;
import org.diptych.service.assignment.AssignmentService.Empty;
import org.diptych.service.assignment.AssignmentView;
import org.diptych.service.campaign.CampaignImport;
import org.diptych.service.campaign.CampaignService;
import org.diptych.service.campaign.CampaignState;
import org.diptych.service.campaign.MemberRole;
import org.diptych.service.problem.Problem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who may go on with a lease: members, as far as the campaign's state allows. */
@ServiceTest
class LeaseRightsIT {
    @Autowired
    AssignmentService assignments;

    @Autowired
    LabelService labels;

    @Autowired
    CampaignService campaigns;

    @Autowired
    CampaignImport imports;

    @Autowired
    AccountService accounts;

    @Autowired
    JdbcClient jdbc;

    private UUID campaign;
    private SignedIn lead;
    private SignedIn ann;
    private SignedIn bob;

    @BeforeEach
    void one_pair_that_wants_one_label() {
        var fixture = new CampaignFixture(jdbc, accounts);
        campaign = fixture.campaign("edit-preference-v1", 1, 1);
        var people = fixture.annotators(campaign, 2);
        ann = people.get(0);
        bob = people.get(1);
        lead = accounts.createAccount("lead-" + UUID.randomUUID(), "A lead", Role.LEAD, null)
                .account();
        jdbc.sql("INSERT INTO campaign_member (campaign_id, account_id, role) VALUES (?, ?, 'LEAD')")
                .params(campaign, lead.id())
                .update();
    }

    private AssignmentView claim(SignedIn who) {
        return assignments.claim(who, campaign, 1).assignments().getFirst();
    }

    private static Submission rated(AssignmentView assignment) {
        return TestSubmissions.rated(assignment, 4, 1);
    }

    private static Submission skipped(AssignmentView assignment) {
        return new Submission(
                UUID.randomUUID(),
                assignment.id(),
                assignment.token(),
                null,
                new Submission.Skip("cannot_judge"),
                null,
                false,
                1,
                null,
                null,
                null);
    }

    private static void refused(String code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(code));
    }

    private String slot() {
        return jdbc.sql("SELECT state FROM slot WHERE campaign_id = ?")
                .param(campaign)
                .query(String.class)
                .single();
    }

    @Test
    void who_was_removed_can_go_on_with_nothing_and_what_they_held_is_free_at_once() {
        var held = claim(ann);
        campaigns.removeMember(lead, campaign, ann.name());
        assertThat(slot()).isEqualTo("OPEN");
        refused("not_a_member", () -> assignments.heartbeat(ann, held.id(), held.token()));
        refused("not_a_member", () -> assignments.renew(ann, held.id()));
        refused("not_a_member", () -> labels.submit(ann, rated(held)));
        refused("not_a_member", () -> labels.submit(ann, skipped(held)));
        refused("unknown_campaign", () -> assignments.claim(ann, campaign, 1));
        assertThat(labels.submit(bob, rated(claim(bob))).status()).isEqualTo(LabelService.Status.ACCEPTED);
    }

    @Test
    void who_was_removed_corrects_nothing_and_their_label_stays() {
        var held = claim(ann);
        var label = rated(held);
        labels.submit(ann, label);
        campaigns.removeMember(lead, campaign, ann.name());
        refused("not_a_member", () -> labels.submit(ann, TestSubmissions.correction(held, label.id(), 1, 4)));
        assertThat(slot()).isEqualTo("FILLED");
    }

    @Test
    void who_comes_back_may_have_the_pair_again() {
        var held = claim(ann);
        campaigns.removeMember(lead, campaign, ann.name());
        campaigns.addMember(lead, campaign, ann.name(), MemberRole.ANNOTATOR);
        var again = claim(ann);
        assertThat(again.id()).isEqualTo(held.id());
        assertThat(again.token()).isGreaterThan(held.token());
    }

    @Test
    void gold_ends_with_the_membership_like_any_other_lease() throws Exception {
        var fixture = new QualificationFixture(jdbc, accounts, imports);
        campaign = fixture.campaign(10, 0, 10);
        jdbc.sql("UPDATE campaign SET gold_rate = 0.5 WHERE id = ?")
                .param(campaign)
                .update();
        ann = fixture.newcomer(campaign);
        var held = assignments.claim(ann, campaign, 20).assignments();
        campaigns.removeMember(fixture.lead, campaign, ann.name());
        campaigns.addMember(fixture.lead, campaign, ann.name(), MemberRole.ANNOTATOR);
        assertThat(jdbc.sql("SELECT DISTINCT state FROM assignment WHERE annotator_id = ?")
                        .param(ann.id())
                        .query(String.class)
                        .list())
                .containsExactly("LOST");
        for (var assignment : held) {
            assertThat(labels.submit(ann, rated(assignment)).status()).isEqualTo(LabelService.Status.ACCEPTED);
        }
    }

    @Test
    void a_paused_campaign_hands_nothing_out_and_takes_what_is_held() {
        var held = claim(ann);
        campaigns.enter(lead, campaign, CampaignState.PAUSED);
        assertThat(assignments.claim(bob, campaign, 1).empty()).isEqualTo(Empty.PAUSED);
        refused("campaign_paused", () -> assignments.renew(ann, held.id()));
        assertThat(assignments.heartbeat(ann, held.id(), held.token())).isNotNull();
        assertThat(labels.submit(ann, rated(held)).status()).isEqualTo(LabelService.Status.ACCEPTED);
        assertThat(slot()).isEqualTo("FILLED");
    }

    @Test
    void a_skip_in_a_paused_campaign_cannot_be_taken_back() {
        var held = claim(ann);
        labels.submit(ann, skipped(held));
        campaigns.enter(lead, campaign, CampaignState.PAUSED);
        refused("campaign_paused", () -> assignments.renew(ann, held.id()));
    }

    @Test
    void a_closed_campaign_keeps_what_was_held_beside_its_labels_and_hands_nothing_out() {
        var held = claim(ann);
        campaigns.enter(lead, campaign, CampaignState.CLOSED);
        assertThat(assignments.claim(ann, campaign, 1).empty()).isEqualTo(Empty.CLOSED);
        refused("campaign_closed", () -> assignments.renew(ann, held.id()));
        assertThat(assignments.heartbeat(ann, held.id(), held.token())).isEqualTo(held.expiresAt());
        var label = rated(held);
        assertThat(labels.submit(ann, label).status()).isEqualTo(LabelService.Status.EXTRA);
        assertThat(slot()).isEqualTo("OPEN");
        assertThat(labels.submit(ann, label).status()).isEqualTo(LabelService.Status.DUPLICATE);
        refused("campaign_closed", () -> labels.submit(ann, TestSubmissions.correction(held, label.id(), 1, 4)));
    }

    @Test
    void a_closed_campaign_refuses_late_answers_where_its_lead_wants_it_so() {
        jdbc.sql("UPDATE campaign SET late_labels = 'REFUSE' WHERE id = ?")
                .param(campaign)
                .update();
        var held = claim(ann);
        campaigns.enter(lead, campaign, CampaignState.CLOSED);
        refused("campaign_closed", () -> labels.submit(ann, rated(held)));
        refused("campaign_closed", () -> labels.submit(ann, skipped(held)));
        campaigns.enter(lead, campaign, CampaignState.OPEN);
        assertThat(labels.submit(ann, rated(held)).status()).isEqualTo(LabelService.Status.ACCEPTED);
    }
}
