package org.diptych.service.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.diptych.protocol.RatingPair;
import org.diptych.service.CampaignFixture;
import org.diptych.service.ServiceTest;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.SignedIn;
import org.diptych.service.assignment.AssignmentService;
import org.diptych.service.assignment.AssignmentView;
import org.diptych.service.problem.Problem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

@ServiceTest
class LabelIT {
    @Autowired
    AssignmentService assignments;

    @Autowired
    LabelService labels;

    @Autowired
    AccountService accounts;

    @Autowired
    JdbcClient jdbc;

    private CampaignFixture fixture;
    private UUID campaign;
    private SignedIn ann;
    private SignedIn bob;

    @BeforeEach
    void one_pair_that_wants_one_label() {
        fixture = new CampaignFixture(jdbc, accounts);
        campaign = fixture.campaign("edit-preference-v1", 1, 1);
        var people = fixture.annotators(campaign, 2);
        ann = people.get(0);
        bob = people.get(1);
    }

    private AssignmentView claim(SignedIn who) {
        return assignments.claim(who, campaign, 1).assignments().getFirst();
    }

    private static Submission rated(AssignmentView assignment, int left, int right) {
        return ConcurrentLabellingIT.submission(UUID.randomUUID(), assignment, left, right);
    }

    private static Submission correction(Submission former, Submission answer) {
        return new Submission(
                answer.id(),
                answer.assignment(),
                answer.token(),
                answer.answers(),
                answer.skip(),
                null,
                false,
                1,
                null,
                null,
                former.id());
    }

    private static Submission skipped(AssignmentView assignment, String reason) {
        return new Submission(
                UUID.randomUUID(),
                assignment.id(),
                assignment.token(),
                null,
                new Submission.Skip(reason),
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

    private void everyLeaseRunsOut() {
        jdbc.sql("UPDATE slot SET expires_at = now() - interval '1 second' WHERE state = 'LEASED' AND campaign_id = ?")
                .param(campaign)
                .update();
    }

    private int currentLabels() {
        return jdbc.sql("SELECT count(*) FROM current_label WHERE campaign_id = ?")
                .param(campaign)
                .query(Integer.class)
                .single();
    }

    @Test
    void ratings_are_stored_for_the_candidates_whatever_side_they_were_shown_on() {
        var assignment = claim(ann);
        labels.submit(ann, rated(assignment, 4, 2));
        jdbc.sql("SELECT answers, swapped FROM label WHERE campaign_id = ?")
                .param(campaign)
                .query(row -> {
                    var expected = row.getBoolean("swapped") ? new RatingPair(2, 4) : new RatingPair(4, 2);
                    assertThat(AnswerJson.fromStored(row.getString("answers")))
                            .containsEntry("instruction_following", expected)
                            .containsEntry("visual_quality", expected);
                });
        assertThat(currentLabels()).isOne();
    }

    @Test
    void a_pair_that_somebody_holds_is_not_handed_out_twice() {
        claim(ann);
        assertThat(assignments.claim(bob, campaign, 1).empty()).isEqualTo(AssignmentService.Empty.HELD_BY_OTHERS);
    }

    @Test
    void a_reload_gives_the_same_assignment_again() {
        assertThat(claim(ann).id()).isEqualTo(claim(ann).id());
    }

    @Test
    void an_answer_after_the_lease_ran_out_counts_as_long_as_nobody_took_the_pair() {
        var assignment = claim(ann);
        everyLeaseRunsOut();
        assertThat(labels.submit(ann, rated(assignment, 3, 3)).status()).isEqualTo(LabelService.Status.ACCEPTED);
    }

    @Test
    void a_stale_token_is_refused_and_the_answer_is_kept_as_an_extra_label_when_the_pair_is_complete() {
        var lost = claim(ann);
        everyLeaseRunsOut();
        labels.submit(bob, rated(claim(bob), 1, 4));

        refused("lease_lost", () -> labels.submit(ann, rated(lost, 4, 1)));

        var renewed = assignments.renew(ann, lost.id());
        assertThat(renewed.extra()).isTrue();
        assertThat(labels.submit(ann, rated(renewed, 4, 1)).status()).isEqualTo(LabelService.Status.EXTRA);
        assertThat(jdbc.sql("SELECT count(*) FROM slot WHERE campaign_id = ? AND state = 'FILLED'")
                        .param(campaign)
                        .query(Integer.class)
                        .single())
                .isOne();
        assertThat(currentLabels()).isEqualTo(2);
    }

    @Test
    void a_lost_pair_that_is_free_again_is_given_back_with_a_new_token() {
        var lost = claim(ann);
        everyLeaseRunsOut();
        labels.submit(bob, skipped(claim(bob), "cannot_judge"));
        var renewed = assignments.renew(ann, lost.id());
        assertThat(renewed.token()).isGreaterThan(lost.token());
        refused("lease_lost", () -> labels.submit(ann, rated(lost, 4, 1)));
        assertThat(labels.submit(ann, rated(renewed, 4, 1)).status()).isEqualTo(LabelService.Status.ACCEPTED);
    }

    @Test
    void a_campaign_may_refuse_late_answers() {
        jdbc.sql("UPDATE campaign SET late_labels = 'REFUSE' WHERE id = ?")
                .param(campaign)
                .update();
        var lost = claim(ann);
        everyLeaseRunsOut();
        labels.submit(bob, rated(claim(bob), 1, 4));
        refused("pair_complete", () -> assignments.renew(ann, lost.id()));
    }

    @Test
    void a_skip_gives_the_pair_to_somebody_else_and_never_back() {
        labels.submit(ann, skipped(claim(ann), "cannot_judge"));
        assertThat(assignments.claim(ann, campaign, 1).empty()).isEqualTo(AssignmentService.Empty.SKIPPED_BY_YOU);
        assertThat(claim(bob)).isNotNull();
        assertThat(currentLabels()).isZero();
    }

    @Test
    void a_skip_after_the_lease_was_lost_is_kept_and_holds_no_slot() {
        var lost = claim(ann);
        everyLeaseRunsOut();
        var taken = claim(bob);
        everyLeaseRunsOut();
        // their turn to look for something gives back what ran out
        assertThat(assignments
                        .claim(fixture.annotators(campaign, 1).getFirst(), campaign, 1)
                        .assignments())
                .hasSize(1);
        assertThat(labels.submit(ann, skipped(lost, "cannot_judge")).status()).isEqualTo(LabelService.Status.ACCEPTED);
        assertThat(labels.submit(bob, skipped(taken, "cannot_judge")).status()).isEqualTo(LabelService.Status.ACCEPTED);
        everyLeaseRunsOut();
        assertThat(jdbc.sql("""
                        SELECT count(*) FROM slot s JOIN assignment a ON a.id = s.assignment_id
                        WHERE s.campaign_id = ? AND a.state = 'SKIPPED'""").param(campaign).query(Integer.class).single()).isZero();
    }

    @Test
    void a_skip_needs_a_reason_of_the_protocol() {
        var assignment = claim(ann);
        refused("invalid_answer", () -> labels.submit(ann, skipped(assignment, "bored")));
    }

    @Test
    void a_correction_supersedes_and_the_pair_still_has_one_label() {
        var assignment = claim(ann);
        var first = rated(assignment, 4, 1);
        labels.submit(ann, first);
        var second = correction(first, rated(assignment, 1, 4));
        assertThat(labels.submit(ann, second).status()).isEqualTo(LabelService.Status.ACCEPTED);
        assertThat(currentLabels()).isOne();
        assertThat(jdbc.sql("SELECT label_id FROM slot WHERE campaign_id = ?")
                        .param(campaign)
                        .query(UUID.class)
                        .single())
                .isEqualTo(second.id());
        refused("not_current", () -> labels.submit(ann, correction(first, rated(assignment, 2, 2))));
    }

    @Test
    void somebody_elses_assignment_does_not_exist() {
        var assignment = claim(ann);
        refused("unknown_assignment", () -> labels.submit(bob, rated(assignment, 4, 1)));
    }

    @Test
    void an_incomplete_answer_is_refused_and_nothing_is_stored() {
        var assignment = claim(ann);
        var half = new Submission(
                UUID.randomUUID(),
                assignment.id(),
                assignment.token(),
                Map.of("visual_quality", JsonMapper.shared().readTree("{\"left\": 1, \"right\": 2}")),
                null,
                null,
                false,
                1,
                null,
                null,
                null);
        assertThatThrownBy(() -> labels.submit(ann, half)).hasMessageContaining("instruction_following");
        assertThat(currentLabels()).isZero();
        assertThat(labels.submit(ann, rated(assignment, 4, 1)).status()).isEqualTo(LabelService.Status.ACCEPTED);
    }

    @Test
    void a_label_can_neither_be_changed_nor_deleted() {
        labels.submit(ann, rated(claim(ann), 4, 1));
        assertThatThrownBy(() -> jdbc.sql("UPDATE label SET comment = 'x' WHERE campaign_id = ?")
                        .param(campaign)
                        .update())
                .hasMessageContaining("append-only");
        assertThatThrownBy(() -> jdbc.sql("DELETE FROM label WHERE campaign_id = ?")
                        .param(campaign)
                        .update())
                .hasMessageContaining("append-only");
    }
}
