package org.diptych.service.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import java.util.concurrent.Executors;
import org.diptych.service.CampaignFixture;
import org.diptych.service.Eventually;
import org.diptych.service.ServiceTest;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.diptych.service.assignment.AssignmentService;
import org.diptych.service.assignment.AssignmentView;
import org.diptych.service.campaign.CampaignService;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A pair that was complete, wants a label again, and somebody is there who had come too late. */
@ServiceTest
class CompleteAgainIT {
    @Autowired
    AssignmentService assignments;

    @Autowired
    LabelService labels;

    @Autowired
    CampaignService campaigns;

    @Autowired
    AccountService accounts;

    @Autowired
    JdbcClient jdbc;

    private UUID campaign;
    private SignedIn late;
    private SignedIn other;
    private AssignmentView kept;

    /** One pair that wants one label: one annotator lost the lease, the other answered, the first asked for it again. */
    @BeforeEach
    void an_answer_that_is_to_be_kept_beside_the_label_of_another() {
        var fixture = new CampaignFixture(jdbc, accounts);
        campaign = fixture.campaign("edit-preference-v1", 1, 1);
        var people = fixture.annotators(campaign, 2);
        late = people.get(0);
        other = people.get(1);
        var lost = assignments.claim(late, campaign, 1).assignments().getFirst();
        runOut();
        var taken = assignments.claim(other, campaign, 1).assignments().getFirst();
        var label = TestSubmissions.rated(taken, 4, 1);
        labels.submit(other, label);
        kept = assignments.renew(late, lost.id());
        assertThat(kept.extra()).isTrue();
        labels.submit(other, skip(taken, label.id()));
    }

    private static Submission skip(AssignmentView held, @Nullable UUID former) {
        return new Submission(
                UUID.randomUUID(),
                held.id(),
                held.token(),
                null,
                new Submission.Skip("cannot_judge"),
                null,
                false,
                1,
                null,
                null,
                former);
    }

    private void runOut() {
        jdbc.sql("UPDATE assignment SET expires_at = now() - interval '1 second' WHERE campaign_id = ?")
                .param(campaign)
                .update();
        jdbc.sql("UPDATE slot SET expires_at = now() - interval '1 second' WHERE campaign_id = ? AND state = 'LEASED'")
                .param(campaign)
                .update();
    }

    private String slot() {
        return jdbc.sql("SELECT state FROM slot WHERE campaign_id = ?")
                .param(campaign)
                .query(String.class)
                .single();
    }

    @Test
    void the_late_answer_counts_when_the_other_one_was_taken_back() {
        assertThat(slot()).isEqualTo("OPEN");
        assertThat(labels.submit(late, TestSubmissions.rated(kept, 2, 3)).status())
                .isEqualTo(LabelService.Status.ACCEPTED);
        assertThat(slot()).isEqualTo("FILLED");
    }

    @Test
    void an_answer_that_was_here_before_takes_no_slot_up() {
        var skipped = skip(kept, null);
        labels.submit(late, skipped);
        var again = assignments.renew(late, kept.id());
        runOut();
        assertThat(assignments.claim(other, campaign, 1).assignments()).isEmpty();
        assertThat(slot()).isEqualTo("OPEN");
        var repeated = new Submission(
                skipped.id(), again.id(), again.token(), null, skipped.skip(), null, false, 1, null, null, null);
        assertThat(labels.submit(late, repeated).status()).isEqualTo(LabelService.Status.DUPLICATE);
        assertThat(labels.submit(late, ConcurrentLabellingIT.submission(skipped.id(), again, 4, 2))
                        .status())
                .isEqualTo(LabelService.Status.DUPLICATE);
        assertThat(slot()).isEqualTo("OPEN");
    }

    @Test
    void who_never_answered_is_asked_for_the_label_that_is_wanted_again() {
        runOut();
        var again = assignments.claim(late, campaign, 1).assignments();
        assertThat(again)
                .singleElement()
                .satisfies(pair -> assertThat(pair.id()).isEqualTo(kept.id()));
        labels.submit(late, TestSubmissions.rated(again.getFirst(), 2, 3));
        assertThat(slot()).isEqualTo("FILLED");
    }

    @Test
    void so_they_are_where_the_lease_of_another_ran_out_at_the_same_moment() {
        var third = new CampaignFixture(jdbc, accounts).annotators(campaign, 1).getFirst();
        assertThat(assignments.claim(third, campaign, 1).assignments()).hasSize(1);
        runOut();
        assertThat(assignments.claim(late, campaign, 1).assignments())
                .singleElement()
                .satisfies(pair -> assertThat(pair.id()).isEqualTo(kept.id()));
    }

    @Test
    void a_skip_is_not_taken_back_by_who_was_removed_while_they_waited(
            @Autowired PlatformTransactionManager transactions) throws Exception {
        var lead = accounts.createAccount("lead-" + UUID.randomUUID(), "A lead", Role.LEAD, null)
                .account();
        jdbc.sql("INSERT INTO campaign_member (campaign_id, account_id, role) VALUES (?, ?, 'LEAD')")
                .params(campaign, lead.id())
                .update();
        var skipped = jdbc.sql("SELECT id FROM assignment WHERE annotator_id = ?")
                .param(other.id())
                .query(UUID.class)
                .single();
        try (var threads = Executors.newSingleThreadExecutor()) {
            var renewal = new TransactionTemplate(transactions).execute(_ -> {
                campaigns.removeMember(lead, campaign, other.name());
                var waiting = threads.submit(() -> assignments.renew(other, skipped));
                Eventually.somebodyWaits(jdbc);
                return waiting;
            });
            assertThatThrownBy(renewal::get)
                    .cause()
                    .isInstanceOfSatisfying(
                            Problem.class, problem -> assertThat(problem.code()).isEqualTo("not_a_member"));
        }
        assertThat(slot()).isEqualTo("OPEN");
    }
}
