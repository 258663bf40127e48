package org.diptych.service.label;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.diptych.service.CampaignFixture;
import org.diptych.service.ServiceTest;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.SignedIn;
import org.diptych.service.acquisition.QueueService;
import org.diptych.service.assignment.AssignmentService;
import org.diptych.service.assignment.AssignmentView;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A label says how its pair had come into the queue when it was handed out, whatever was written since. */
@ServiceTest
class SelectionIT {
    @Autowired
    QueueService queue;

    @Autowired
    AssignmentService assignments;

    @Autowired
    LabelService labels;

    @Autowired
    AccountService accounts;

    @Autowired
    JdbcClient jdbc;

    private UUID campaign;
    private UUID pair;
    private SignedIn ann;
    private SignedIn bob;

    /** The only pair is in the acquired stratum and gets two labels. */
    @BeforeEach
    void a_pair_that_wants_two_labels() {
        var fixture = new CampaignFixture(jdbc, accounts);
        campaign = fixture.campaign("edit-preference-v1", 1, 2);
        jdbc.sql("UPDATE slot SET stratum = 'ACQUIRED' WHERE campaign_id = ?")
                .param(campaign)
                .update();
        pair = jdbc.sql("UPDATE pair SET stratum = 'ACQUIRED' WHERE campaign_id = ? RETURNING id")
                .param(campaign)
                .query(UUID.class)
                .single();
        var people = fixture.annotators(campaign, 3);
        ann = people.get(0);
        bob = people.get(1);
    }

    private UUID batch(double probability) {
        return queue.putInFront(
                new QueueService.NewBatch(campaign, null, "v-optimal", null, 1, 10),
                QueueService.Plan.of(
                        List.of(new QueueService.Choice(pair, 5, probability, Map.of("gain", probability)))));
    }

    private AssignmentView claim(SignedIn who) {
        return assignments.claim(who, campaign, 1).assignments().getFirst();
    }

    private Submission answer(SignedIn who, AssignmentView assignment, @Nullable UUID former) {
        var submission = TestSubmissions.correction(assignment, former, 4, 2);
        labels.submit(who, submission);
        return submission;
    }

    private record Origin(
            String stratum, double probability, @Nullable UUID batch) {}

    private Origin origin(UUID label) {
        return jdbc.sql("SELECT stratum, selection_probability, acquisition_batch_id FROM label WHERE id = ?")
                .param(label)
                .query((row, number) -> new Origin(row.getString(1), row.getDouble(2), row.getObject(3, UUID.class)))
                .single();
    }

    private void everyLeaseRunsOut() {
        jdbc.sql("UPDATE slot SET expires_at = now() - interval '1 second' WHERE state = 'LEASED' AND campaign_id = ?")
                .param(campaign)
                .update();
    }

    @Test
    void a_pair_held_while_a_batch_is_written_keeps_chance_and_the_next_lease_carries_the_batch() {
        var before = claim(ann);
        var batch = batch(.25);
        var after = claim(bob);
        assertThat(origin(answer(ann, before, null).id())).isEqualTo(new Origin("ACQUIRED", 1, null));
        assertThat(origin(answer(bob, after, null).id())).isEqualTo(new Origin("ACQUIRED", .25, batch));
    }

    @Test
    void a_pair_held_while_the_order_goes_back_to_chance_keeps_its_batch() {
        var batch = batch(.25);
        var chosen = claim(ann);
        queue.putBack(campaign);
        var random = claim(bob);
        assertThat(origin(answer(ann, chosen, null).id())).isEqualTo(new Origin("ACQUIRED", .25, batch));
        assertThat(origin(answer(bob, random, null).id())).isEqualTo(new Origin("ACQUIRED", 1, null));
    }

    @Test
    void a_second_batch_takes_nothing_from_what_the_first_one_handed_out() {
        var first = batch(.25);
        var one = claim(ann);
        var second = batch(.5);
        var other = claim(bob);
        batch(.75);
        assertThat(origin(answer(ann, one, null).id())).isEqualTo(new Origin("ACQUIRED", .25, first));
        assertThat(origin(answer(bob, other, null).id())).isEqualTo(new Origin("ACQUIRED", .5, second));
    }

    @Test
    void a_correction_says_what_the_answer_said() {
        var batch = batch(.25);
        var assignment = claim(ann);
        var former = answer(ann, assignment, null);
        batch(.75);
        assertThat(origin(answer(ann, assignment, former.id()).id())).isEqualTo(new Origin("ACQUIRED", .25, batch));
    }

    @Test
    void a_late_answer_belongs_to_its_own_lease_and_a_renewed_one_to_the_new() {
        var first = batch(.25);
        var late = claim(ann);
        var renewed = claim(bob);
        everyLeaseRunsOut();
        // takes both back, and one of them for herself
        var fixture = new CampaignFixture(jdbc, accounts);
        var eve = fixture.annotators(campaign, 1).getFirst();
        var skipped = claim(eve);
        labels.submit(
                eve,
                new Submission(
                        UUID.randomUUID(),
                        skipped.id(),
                        skipped.token(),
                        null,
                        new Submission.Skip("cannot_judge"),
                        null,
                        false,
                        1,
                        null,
                        null,
                        null));
        var second = batch(.5);
        assertThat(origin(answer(ann, late, null).id())).isEqualTo(new Origin("ACQUIRED", .25, first));
        assertThat(origin(
                        answer(bob, assignments.renew(bob, renewed.id()), null).id()))
                .isEqualTo(new Origin("ACQUIRED", .5, second));
    }

    @Test
    void an_extra_answer_keeps_the_words_of_its_first_lease() {
        var batch = batch(.25);
        var late = claim(ann);
        everyLeaseRunsOut();
        answer(bob, claim(bob), null);
        var fixture = new CampaignFixture(jdbc, accounts);
        for (var other : fixture.annotators(campaign, 1)) {
            answer(other, claim(other), null);
        }
        batch(.75);
        var extra = assignments.renew(ann, late.id());
        assertThat(extra.extra()).isTrue();
        assertThat(origin(answer(ann, extra, null).id())).isEqualTo(new Origin("ACQUIRED", .25, batch));
    }

    @Test
    void leads_see_the_reasons_of_the_slot_that_is_next() {
        claim(ann);
        var batch = batch(.25);
        var lead = accounts.createSimulatedAnnotator("lead-" + UUID.randomUUID());
        jdbc.sql("INSERT INTO campaign_member (campaign_id, account_id, role) VALUES (?, ?, 'LEAD')")
                .params(campaign, lead.id())
                .update();
        assertThat(queue.next(lead, campaign, 5)).singleElement().satisfies(entry -> {
            assertThat(entry.selectionProbability()).isEqualTo(.25);
            assertThat(entry.scoreParts()).contains("gain");
            assertThat(entry.wanted()).isEqualTo(2);
        });
        assertThat(jdbc.sql("SELECT count(*) FROM slot WHERE acquisition_batch_id = ?")
                        .param(batch)
                        .query(Integer.class)
                        .single())
                .isOne();
    }
}
