package org.diptych.service.qualification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.diptych.service.CampaignFixture;
import org.diptych.service.ServiceTest;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.diptych.service.assignment.AssignmentService;
import org.diptych.service.assignment.AssignmentView;
import org.diptych.service.campaign.CampaignProtocols;
import org.diptych.service.label.LabelService;
import org.diptych.service.label.TestSubmissions;
import org.diptych.service.problem.Problem;
import org.diptych.service.protocol.ProtocolService;
import org.diptych.service.protocol.ProtocolVersions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A campaign moves to another version of its protocol while people work in it. */
@ServiceTest
class ProtocolMoveIT {
    @Autowired
    CampaignProtocols campaignProtocols;

    @Autowired
    ProtocolService protocols;

    @Autowired
    ProtocolChanges changes;

    @Autowired
    GuidelineConfirmations confirmations;

    @Autowired
    AssignmentService assignments;

    @Autowired
    LabelService labels;

    @Autowired
    AccountService accounts;

    @Autowired
    JdbcClient jdbc;

    private String first;
    private String second;
    private UUID campaign;
    private SignedIn lead;
    private SignedIn ann;

    @BeforeEach
    void a_campaign_under_the_first_version_and_a_second_one_published() {
        first = protocols.byReference("edit-preference-v1").protocol().sha256();
        second = ProtocolVersions.publish(
                        protocols, 2, "Hard is not a reason to skip.", "Never skip because it is hard.")
                .protocol()
                .sha256();
        var fixture = new CampaignFixture(jdbc, accounts);
        campaign = fixture.campaign("edit-preference-v1", 4, 1);
        ann = fixture.annotators(campaign, 1).getFirst();
        lead = accounts.createAccount("lead-" + UUID.randomUUID(), "Lea", Role.LEAD, null)
                .account();
        jdbc.sql("INSERT INTO campaign_member (campaign_id, account_id, role) VALUES (?, ?, 'LEAD')")
                .params(campaign, lead.id())
                .update();
    }

    private static void refused(String code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(code));
    }

    private AssignmentView claim() {
        return assignments.claim(ann, campaign, 1).assignments().getFirst();
    }

    private UUID label(AssignmentView assignment) {
        return labels.submit(ann, TestSubmissions.rated(assignment, 3, 3)).id();
    }

    private String versionOf(UUID label) {
        return jdbc.sql("SELECT protocol_sha256 FROM label WHERE id = ?")
                .param(label)
                .query(String.class)
                .single();
    }

    @Test
    void a_lease_keeps_its_version_and_the_next_one_is_under_the_new() {
        var held = claim();
        campaignProtocols.move(lead, campaign, "edit-preference-v2");
        assertThat(claim().id()).isEqualTo(held.id());
        assertThat(claim().protocolSha256()).isEqualTo(first);
        assertThat(versionOf(label(held))).isEqualTo(first);
        var next = claim();
        assertThat(next.protocolSha256()).isEqualTo(second);
        assertThat(versionOf(label(next))).isEqualTo(second);
    }

    @Test
    void a_correction_is_under_the_version_of_the_answer_it_corrects() {
        var held = claim();
        var answer = label(held);
        campaignProtocols.move(lead, campaign, "edit-preference-v2");
        var correction = labels.submit(ann, TestSubmissions.correction(held, answer, 2, 2))
                .id();
        assertThat(versionOf(correction)).isEqualTo(first);
    }

    @Test
    void a_lost_lease_that_is_renewed_keeps_its_version() {
        var held = claim();
        jdbc.sql("UPDATE assignment SET state = 'LOST' WHERE id = ?")
                .param(held.id())
                .update();
        jdbc.sql("UPDATE slot SET state = 'OPEN', assignment_id = NULL, expires_at = NULL WHERE assignment_id = ?")
                .param(held.id())
                .update();
        campaignProtocols.move(lead, campaign, "edit-preference-v2");
        assertThat(assignments.renew(ann, held.id()).protocolSha256()).isEqualTo(first);
    }

    @Test
    void a_lost_pair_that_comes_from_the_queue_again_is_under_the_new_version() {
        var held = assignments.claim(ann, campaign, 4).assignments();
        jdbc.sql("UPDATE slot SET expires_at = now() - interval '1 second' WHERE campaign_id = ? AND state = 'LEASED'")
                .param(campaign)
                .update();
        var bob = new CampaignFixture(jdbc, accounts).annotators(campaign, 1).getFirst();
        var taken = assignments.claim(bob, campaign, 1).assignments().getFirst();
        campaignProtocols.move(lead, campaign, "edit-preference-v2");
        assertThat(taken.protocolSha256()).isEqualTo(first);
        assertThat(assignments.claim(ann, campaign, 3).assignments())
                .isNotEmpty()
                .allSatisfy(again -> {
                    assertThat(held).extracting(AssignmentView::id).contains(again.id());
                    assertThat(again.protocolSha256()).isEqualTo(second);
                });
    }

    @Test
    void who_worked_under_the_former_version_reads_what_changed_until_it_is_confirmed() {
        claim();
        assertThat(changes.unread(ann, campaign, "en")).isEmpty();
        campaignProtocols.move(lead, campaign, "edit-preference-v2");
        assertThat(changes.unread(ann, campaign, "en")).hasValueSatisfying(change -> {
            assertThat(change.from().sha256()).isEqualTo(first);
            assertThat(change.to().sha256()).isEqualTo(second);
            assertThat(change.sections()).extracting(section -> section.title()).containsExactly("When to skip");
        });
        confirmations.confirm(ann, campaign, second);
        assertThat(changes.unread(ann, campaign, "en")).isEmpty();
    }

    @Test
    void what_changed_is_told_against_the_version_confirmed_last() {
        confirmations.confirm(ann, campaign, first);
        campaignProtocols.move(lead, campaign, "edit-preference-v2");
        claim();
        var third = ProtocolVersions.publish(
                        protocols, 3, "Equal ratings are a tie.", "Equal ratings are a tie, always.")
                .protocol();
        campaignProtocols.move(lead, campaign, third.reference());
        assertThat(changes.unread(ann, campaign, "en"))
                .hasValueSatisfying(change -> assertThat(change.from().sha256()).isEqualTo(first));
    }

    @Test
    void who_has_not_worked_yet_has_no_change_to_read() {
        campaignProtocols.move(lead, campaign, "edit-preference-v2");
        assertThat(changes.unread(ann, campaign, "en")).isEmpty();
    }

    @Test
    void an_unconfirmed_version_stops_no_claim() {
        claim();
        campaignProtocols.move(lead, campaign, "edit-preference-v2");
        assertThat(assignments.claim(ann, campaign, 2).assignments()).hasSize(2);
    }

    @Test
    void a_campaign_moves_only_to_a_version_of_its_protocol_whose_answers_fit() {
        ProtocolVersions.publish(protocols, 19, "id: visual_quality", "id: beauty");
        refused("another_protocol", () -> campaignProtocols.move(lead, campaign, "edit-comparison-v1"));
        refused("answers_differ", () -> campaignProtocols.move(lead, campaign, "edit-preference-v19"));
        refused("unknown_protocol", () -> campaignProtocols.move(lead, campaign, "edit-preference-v77"));
        refused("not_a_member", () -> campaignProtocols.move(ann, campaign, "edit-preference-v2"));
        assertThat(claim().protocolSha256()).isEqualTo(first);
    }

    @Test
    void moves_are_recorded_and_the_versions_say_who_confirmed() {
        claim();
        campaignProtocols.move(lead, campaign, "edit-preference-v2");
        campaignProtocols.move(lead, campaign, "edit-preference-v2");
        confirmations.confirm(ann, campaign, second);
        assertThat(jdbc.sql("SELECT to_sha256 FROM protocol_move WHERE campaign_id = ? AND moved_by = ?")
                        .params(campaign, lead.id())
                        .query(String.class)
                        .list())
                .containsExactly(second);
        assertThat(campaignProtocols.versions(lead, campaign))
                .filteredOn(CampaignProtocols.ProtocolVersion::current)
                .singleElement()
                .satisfies(version -> {
                    assertThat(version.reference()).isEqualTo("edit-preference-v2");
                    assertThat(version.confirmed()).isOne();
                });
    }
}
