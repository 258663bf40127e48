package org.diptych.service.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.diptych.service.CampaignFixture;
import org.diptych.service.ServiceTest;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.AccountZones;
import org.diptych.service.account.SignedIn;
import org.diptych.service.assignment.AssignmentService;
import org.diptych.service.assignment.AssignmentView;
import org.diptych.service.problem.Problem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Labels at odd times: after their lease, when the clock has jumped, from two tabs, while others do the same. */
@ServiceTest
class OddTimesIT {
    @Autowired
    private AssignmentService assignments;

    @Autowired
    private LabelService labels;

    @Autowired
    private AccountService accounts;

    @Autowired
    private JdbcClient jdbc;

    private UUID campaign;
    private SignedIn ann;
    private SignedIn bob;

    @BeforeEach
    void one_pair_that_wants_one_label() {
        var fixture = new CampaignFixture(jdbc, accounts);
        campaign = fixture.campaign("edit-preference-v1", 1, 1);
        var people = fixture.annotators(campaign, 2);
        ann = people.getFirst();
        bob = people.getLast();
    }

    private AssignmentView claim(SignedIn who) {
        return assignments.claim(who, campaign, 1).assignments().getFirst();
    }

    /** What was written before looks as if it were written later: the clock was set back. */
    private void clockSetBack(String by) {
        jdbc.sql("UPDATE assignment SET leased_at = leased_at + ?::interval, expires_at = expires_at + ?::interval"
                        + " WHERE campaign_id = ?")
                .params(by, by, campaign)
                .update();
        jdbc.sql("UPDATE slot SET expires_at = expires_at + ?::interval WHERE campaign_id = ?")
                .params(by, campaign)
                .update();
    }

    private Instant expiry(AssignmentView held) {
        return jdbc.sql("SELECT expires_at FROM assignment WHERE id = ?")
                .param(held.id())
                .query((row, number) -> row.getTimestamp(1).toInstant())
                .single();
    }

    @Test
    void a_clock_set_back_an_hour_keeps_a_pair_from_nobody_for_that_hour() {
        var held = claim(ann);
        clockSetBack("1 hour");
        var taken = claim(bob);
        assertThat(labels.submit(bob, TestSubmissions.rated(taken, 4, 2)).status())
                .isEqualTo(LabelService.Status.ACCEPTED);
        assertThatThrownBy(() -> labels.submit(ann, TestSubmissions.rated(held, 4, 2)))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("lease_lost"));
        assertThat(labels.submit(ann, TestSubmissions.rated(assignments.renew(ann, held.id()), 4, 2))
                        .status())
                .as("the late answer is kept beside the label")
                .isEqualTo(LabelService.Status.EXTRA);
    }

    @Test
    void who_works_on_when_the_clock_was_set_back_loses_nothing() {
        var held = claim(ann);
        clockSetBack("1 hour");
        assignments.heartbeat(ann, held.id(), held.token());
        assertThat(assignments.claim(bob, campaign, 1).assignments()).isEmpty();
        assertThat(labels.submit(ann, TestSubmissions.rated(held, 4, 2)).status())
                .isEqualTo(LabelService.Status.ACCEPTED);
    }

    @Test
    void a_lease_that_was_taken_back_may_come_again_in_another_slot_of_its_pair() {
        var fixture = new CampaignFixture(jdbc, accounts);
        campaign = fixture.campaign("edit-preference-v1", 1, 2);
        var people = fixture.annotators(campaign, 3);
        ann = people.get(0);
        bob = people.get(1);
        var lost = claim(ann);
        var answered = claim(bob);
        var label = TestSubmissions.rated(answered, 4, 2);
        labels.submit(bob, label);
        clockSetBack("-1 hour");
        // his slot is open again, and comes first
        labels.submit(bob, TestSubmissions.skip(answered, label.id()));
        jdbc.sql("UPDATE slot SET priority = 1 WHERE campaign_id = ? AND state = 'OPEN'")
                .param(campaign)
                .update();
        assertThat(assignments.claim(bob, campaign, 1).assignments())
                .as("takes back what ran out, and none of it is for him")
                .isEmpty();
        var again = claim(ann);
        assertThat(again.id()).isEqualTo(lost.id());
        assertThatThrownBy(() -> labels.submit(ann, TestSubmissions.rated(lost, 4, 2)))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("lease_lost"));
        assertThat(slots()).containsExactly("LEASED", "OPEN");
        var third = people.get(2);
        labels.submit(third, TestSubmissions.rated(claim(third), 4, 2));
        labels.submit(ann, TestSubmissions.rated(again, 4, 2));
        assertThat(slots()).containsExactly("FILLED", "FILLED");
        assertThat(jdbc.sql("SELECT annotator_id FROM current_label WHERE campaign_id = ?")
                        .param(campaign)
                        .query(UUID.class)
                        .list())
                .containsExactlyInAnyOrder(ann.id(), third.id());
    }

    private List<String> slots() {
        return jdbc.sql("SELECT state FROM slot WHERE campaign_id = ? ORDER BY state")
                .param(campaign)
                .query(String.class)
                .list();
    }

    /** It reads the time at which it began, and what was given since looks as if it were given in the future. */
    @Test
    void who_waited_long_for_their_turn_takes_no_lease_that_was_given_meanwhile(
            @Autowired PlatformTransactionManager transactions) {
        var held = claim(ann);
        jdbc.sql("CREATE SCHEMA waited").update();
        jdbc.sql("CREATE FUNCTION waited.now() RETURNS timestamptz STABLE LANGUAGE sql"
                        + " AS $$ SELECT pg_catalog.now() - interval '2 minutes' $$")
                .update();
        try {
            var taken = new TransactionTemplate(transactions).execute(_ -> {
                jdbc.sql("SET LOCAL search_path = waited, public, pg_catalog").update();
                return assignments.claim(bob, campaign, 1).assignments();
            });
            assertThat(taken).isEmpty();
        } finally {
            jdbc.sql("DROP SCHEMA waited CASCADE").update();
        }
        assertThat(labels.submit(ann, TestSubmissions.rated(held, 4, 2)).status())
                .isEqualTo(LabelService.Status.ACCEPTED);
    }

    @Test
    void a_clock_set_forward_an_hour_is_an_expired_lease_whose_answer_still_counts() {
        var held = claim(ann);
        clockSetBack("-1 hour");
        assertThat(labels.submit(ann, TestSubmissions.rated(held, 4, 2)).status())
                .isEqualTo(LabelService.Status.ACCEPTED);
    }

    @Test
    void labels_are_in_the_order_in_which_they_came_whatever_the_clock_says() {
        var held = claim(ann);
        var first = TestSubmissions.rated(held, 4, 2);
        labels.submit(ann, first);
        jdbc.sql("ALTER TABLE label DISABLE TRIGGER label_is_append_only").update();
        jdbc.sql("UPDATE label SET submitted_at = submitted_at + interval '1 hour' WHERE id = ?")
                .param(first.id())
                .update();
        jdbc.sql("ALTER TABLE label ENABLE TRIGGER label_is_append_only").update();
        var second = TestSubmissions.correction(held, first.id(), 1, 3);
        labels.submit(ann, second);
        assertThat(labels.own(ann, campaign, 5)).extracting(OwnLabel::id).containsExactly(second.id(), first.id());
        assertThat(jdbc.sql("SELECT id FROM current_label WHERE campaign_id = ?")
                        .param(campaign)
                        .query(UUID.class)
                        .list())
                .containsExactly(second.id());
    }

    @Test
    void two_tabs_that_answer_one_pair_at_once_give_one_label_and_the_other_hears_which_counts() throws Exception {
        var held = claim(ann);
        var answers = List.of(TestSubmissions.rated(held, 4, 2), TestSubmissions.rated(held, 1, 3));
        try (var tabs = Executors.newFixedThreadPool(2)) {
            var sent = answers.stream()
                    .map(answer -> tabs.submit(() -> {
                        try {
                            return labels.submit(ann, answer).status().name();
                        } catch (Problem problem) {
                            assertThat(problem.detail()).contains("already", "another tab", "is kept");
                            return problem.code();
                        }
                    }))
                    .toList();
            assertThat(List.of(sent.getFirst().get(), sent.getLast().get()))
                    .containsExactlyInAnyOrder("ACCEPTED", "lease_lost");
        }
        assertThat(jdbc.sql("SELECT count(*) FROM label WHERE campaign_id = ?")
                        .param(campaign)
                        .query(Integer.class)
                        .single())
                .isOne();
    }

    /** Bob's label is there, and Ann's answer is to be kept beside it. */
    private AssignmentView keptBeside() {
        var held = claim(ann);
        jdbc.sql("UPDATE slot SET expires_at = now() - interval '1 second' WHERE assignment_id = ?")
                .param(held.id())
                .update();
        var taken = claim(bob);
        labels.submit(bob, TestSubmissions.rated(taken, 4, 2));
        return assignments.renew(ann, held.id());
    }

    @Test
    void an_answer_to_be_kept_beside_the_labels_does_not_run_out_while_its_annotator_works_on_it() {
        var kept = keptBeside();
        assertThat(kept.extra()).isTrue();
        jdbc.sql("UPDATE assignment SET expires_at = now() + interval '1 second' WHERE id = ?")
                .param(kept.id())
                .update();
        var before = expiry(kept);
        assertThat(assignments.heartbeat(ann, kept.id(), kept.token())).isAfter(before.plusSeconds(30));
        assignments.claim(ann, campaign, 1);
        var extended = expiry(kept);
        assertThat(assignments.renew(ann, kept.id()).expiresAt()).isAfterOrEqualTo(extended);
    }

    @Test
    void a_day_begins_at_the_midnight_of_the_annotators_own_zone_also_where_clocks_are_changed(
            @Autowired AccountZones zones) {
        zones.choose(ann, "Europe/Berlin");
        assertThat(jdbc.sql("SELECT midnight_of(?) = date_trunc('day', now(), 'Europe/Berlin')")
                        .param(ann.id())
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }
}
