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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Extra slots from the choice that wants them to the label that fills them, or to their withdrawal. */
@ServiceTest
class AnotherOpinionIT {
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
    private List<SignedIn> people;
    private UUID pair;

    /** Item 0 of a fixture is in the uniform stratum, item 1 is not. */
    @BeforeEach
    void a_chosen_pair_with_its_label() {
        var fixture = new CampaignFixture(jdbc, accounts);
        campaign = fixture.campaign("edit-preference-v1", 2, 1);
        people = fixture.annotators(campaign, 4);
        answerEverything(people.get(0));
        pair = pairOf("ACQUIRED");
        assertThat(slots("true")).isEqualTo(1);
    }

    private UUID pairOf(String stratum) {
        return jdbc.sql("SELECT id FROM pair WHERE campaign_id = ? AND stratum = ?")
                .params(campaign, stratum)
                .query(UUID.class)
                .single();
    }

    private void answerEverything(SignedIn who) {
        for (var claim = assignments.claim(who, campaign, 5);
                !claim.assignments().isEmpty();
                claim = assignments.claim(who, campaign, 5)) {
            for (var assignment : claim.assignments()) {
                labels.submit(who, ConcurrentLabellingIT.submission(UUID.randomUUID(), assignment, 4, 2));
            }
        }
    }

    private int slots(String condition) {
        return jdbc.sql("SELECT count(*) FROM slot WHERE pair_id = ? AND " + condition)
                .param(pair)
                .query(Integer.class)
                .single();
    }

    private UUID ask(UUID another) {
        return choose(new QueueService.Plan(
                List.of(), List.of(new QueueService.Choice(another, 5, .25, Map.of("gain", .75))), Map.of()));
    }

    private UUID choose(QueueService.Plan plan) {
        return queue.putInFront(new QueueService.NewBatch(campaign, null, "v-optimal", null, 1, 10), plan);
    }

    private List<String> withdrawals() {
        return jdbc.sql(
                        "SELECT reason || coalesce(' ' || settles, '') FROM slot_withdrawal WHERE pair_id = ? ORDER BY id")
                .param(pair)
                .query(String.class)
                .list();
    }

    @Test
    void another_opinion_is_one_more_slot_with_its_own_priority_probability_and_reasons() {
        var batch = ask(pair);
        assertThat(slots("extra AND state = 'OPEN' AND priority = 5 AND selection_probability = .25"))
                .isEqualTo(1);

        answerEverything(people.get(1));
        assertThat(slots("state = 'FILLED'")).isEqualTo(2);
        // the first label keeps what was true of it, the second says how it came about
        assertThat(jdbc.sql("SELECT selection_probability FROM label WHERE pair_id = ? ORDER BY sequence")
                        .param(pair)
                        .query(Double.class)
                        .list())
                .containsExactly(1.0, .25);
        assertThat(jdbc.sql("SELECT acquisition_batch_id FROM label WHERE pair_id = ? ORDER BY sequence DESC LIMIT 1")
                        .param(pair)
                        .query(UUID.class)
                        .single())
                .isEqualTo(batch);
    }

    @Test
    void asking_again_for_what_is_still_open_changes_it_and_adds_nothing() {
        ask(pair);
        choose(new QueueService.Plan(
                List.of(), List.of(new QueueService.Choice(pair, 9, .5, Map.of("gain", .1))), Map.of()));
        assertThat(slots("extra")).isEqualTo(1);
        assertThat(slots("extra AND priority = 9 AND selection_probability = .5"))
                .isEqualTo(1);
        assertThat(withdrawals()).isEmpty();
    }

    @Test
    void a_pair_never_gets_more_labels_than_the_campaign_allows() {
        for (int person = 1; person < 4; person++) {
            ask(pair);
            answerEverything(people.get(person));
        }
        assertThat(slots("state = 'FILLED'")).isEqualTo(3);
        assertThat(slots("true")).isEqualTo(3);
    }

    @Test
    void a_campaign_of_exactly_one_label_a_pair_gets_no_second_one() {
        jdbc.sql("UPDATE campaign SET most_labels = 1 WHERE id = ?")
                .param(campaign)
                .update();
        ask(pair);
        assertThat(slots("true")).isEqualTo(1);
    }

    @Test
    void the_uniform_stratum_is_left_as_it_was_drawn() {
        pair = pairOf("UNIFORM");
        ask(pair);
        assertThat(slots("true")).isEqualTo(1);
    }

    @Test
    void what_nobody_has_taken_is_withdrawn_with_the_reason() {
        ask(pair);
        choose(new QueueService.Plan(List.of(), List.of(), Map.of(pair, .03)));
        assertThat(slots("extra")).isZero();
        ask(pair);
        choose(QueueService.Plan.of(List.of()));
        assertThat(slots("extra")).isZero();
        assertThat(withdrawals()).containsExactly("CONTESTED 0.03", "OUTBID");
    }

    @Test
    void what_an_annotator_holds_is_not_withdrawn() {
        ask(pair);
        var held = assignments.claim(people.get(1), campaign, 1).assignments().getFirst();
        choose(new QueueService.Plan(List.of(), List.of(), Map.of(pair, .03)));
        labels.submit(people.get(1), ConcurrentLabellingIT.submission(UUID.randomUUID(), held, 2, 4));
        assertThat(slots("extra AND state = 'FILLED'")).isEqualTo(1);
        assertThat(withdrawals()).isEmpty();
    }

    @Test
    void leads_see_why_it_is_asked_again() {
        ask(pair);
        var lead = accounts.createSimulatedAnnotator("lead-" + UUID.randomUUID());
        jdbc.sql("INSERT INTO campaign_member (campaign_id, account_id, role) VALUES (?, ?, 'LEAD')")
                .params(campaign, lead.id())
                .update();
        assertThat(queue.next(lead, campaign, 5)).singleElement().satisfies(entry -> {
            assertThat(entry.another()).isTrue();
            assertThat(entry.selectionProbability()).isEqualTo(.25);
            assertThat(entry.scoreParts()).contains("gain");
            assertThat(entry.policy()).isEqualTo("v-optimal");
            assertThat(entry.filled()).isEqualTo(1);
            assertThat(entry.wanted()).isEqualTo(2);
        });
    }
}
