package org.diptych.service.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.diptych.service.CampaignFixture;
import org.diptych.service.ServiceTest;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.SignedIn;
import org.diptych.service.assignment.AssignmentService;
import org.diptych.service.assignment.AssignmentView;
import org.diptych.service.label.LabelService;
import org.diptych.service.label.TestSubmissions;
import org.diptych.service.problem.Problem;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@ServiceTest
class MyWorkIT {
    @Autowired
    MyWorkController controller;

    @Autowired
    AssignmentService assignments;

    @Autowired
    LabelService labels;

    @Autowired
    AccountService accounts;

    @Autowired
    JdbcClient jdbc;

    private UUID campaign = UUID.randomUUID();
    private List<SignedIn> people = List.of();

    private void campaign(int pairs, int annotators) {
        var fixture = new CampaignFixture(jdbc, accounts);
        campaign = fixture.campaign("edit-preference-v1", pairs, 3);
        people = fixture.annotators(campaign, annotators);
    }

    /** Labels everything that is open to the annotator; equal ratings, so that sides do not matter. */
    private Map<UUID, AssignmentView> labelAll(SignedIn who, int badFirst) {
        var done = new HashMap<UUID, AssignmentView>();
        for (var claim = assignments.claim(who, campaign, 20);
                !claim.assignments().isEmpty();
                claim = assignments.claim(who, campaign, 20)) {
            for (var assignment : claim.assignments()) {
                int rating = done.size() < badFirst ? 1 : 4;
                done.put(
                        labels.submit(who, TestSubmissions.rated(assignment, rating, rating))
                                .id(),
                        assignment);
            }
        }
        return done;
    }

    private void anHourPasses() {
        jdbc.sql("ALTER TABLE label DISABLE TRIGGER label_is_append_only").update();
        jdbc.sql("UPDATE label SET submitted_at = submitted_at - interval '1 hour' WHERE campaign_id = ?")
                .param(campaign)
                .update();
        jdbc.sql("ALTER TABLE label ENABLE TRIGGER label_is_append_only").update();
    }

    private OwnAgreement agreement(SignedIn who) {
        return controller.myWork(who, campaign).agreement();
    }

    @Test
    void agreement_is_the_share_of_complete_pairs_on_which_most_others_said_the_same() {
        campaign(20, 3);
        labelAll(people.get(0), 5);
        labelAll(people.get(1), 0);
        labelAll(people.get(2), 0);
        anHourPasses();
        var agreement = agreement(people.getFirst());
        assertThat(agreement.pairs()).isEqualTo(20);
        assertThat(agreement.needed()).isZero();
        assertThat(agreement.dimensions())
                .extracting(OwnAgreement.Row::dimension)
                .containsExactly("overall", "instruction_following", "visual_quality");
        assertThat(agreement.dimensions().getFirst()).satisfies(overall -> {
            assertThat(overall.agreed()).isEqualTo(15);
            assertThat(overall.cases()).isEqualTo(20);
            assertThat(overall.share()).isEqualTo(0.75);
            // Wilson's 95 % interval of 15 out of 20
            assertThat(overall.low()).isCloseTo(0.5313, within(1e-4));
            assertThat(overall.high()).isCloseTo(0.8881, within(1e-4));
            assertThat(overall.chanceCorrected()).isBetween(0.5, 0.75);
        });
    }

    @Test
    void too_few_pairs_say_only_how_many_are_needed() {
        campaign(12, 3);
        people.forEach(person -> labelAll(person, 0));
        anHourPasses();
        assertThat(agreement(people.getFirst())).isEqualTo(new OwnAgreement(0, 8, List.of()));
    }

    @Test
    void a_pair_counts_only_when_all_its_labels_are_there_and_a_minute_old() {
        campaign(20, 3);
        labelAll(people.get(0), 0);
        labelAll(people.get(1), 0);
        anHourPasses();
        assertThat(agreement(people.getFirst()).needed()).isEqualTo(20);
        labelAll(people.get(2), 0);
        assertThat(agreement(people.getFirst()).needed()).isEqualTo(20);
        anHourPasses();
        assertThat(agreement(people.getFirst()).needed()).isZero();
    }

    @Test
    void the_figures_move_in_steps_of_ten_pairs() {
        campaign(29, 3);
        people.forEach(person -> labelAll(person, 0));
        anHourPasses();
        assertThat(agreement(people.getFirst()).pairs()).isEqualTo(20);
    }

    @Test
    void correcting_an_answer_after_the_pair_was_complete_changes_nothing() {
        campaign(20, 3);
        var own = labelAll(people.get(0), 5);
        labelAll(people.get(1), 0);
        labelAll(people.get(2), 0);
        anHourPasses();
        own.forEach((label, assignment) ->
                labels.submit(people.getFirst(), TestSubmissions.correction(assignment, label, 4, 4)));
        assertThat(agreement(people.getFirst()).dimensions().getFirst().agreed())
                .isEqualTo(15);
    }

    @Test
    void gold_pairs_tell_nothing() {
        campaign(20, 3);
        people.forEach(person -> labelAll(person, 0));
        anHourPasses();
        jdbc.sql("ALTER TABLE label DISABLE TRIGGER label_is_append_only").update();
        jdbc.sql("UPDATE label SET stratum = 'GOLD' WHERE campaign_id = ?")
                .param(campaign)
                .update();
        jdbc.sql("ALTER TABLE label ENABLE TRIGGER label_is_append_only").update();
        assertThat(agreement(people.getFirst()).needed()).isEqualTo(20);
    }

    @Test
    void pace_counts_first_answers_by_day_and_over_the_week() {
        campaign(3, 1);
        var own = labelAll(people.getFirst(), 0);
        own.forEach((label, assignment) ->
                labels.submit(people.getFirst(), TestSubmissions.correction(assignment, label, 2, 2)));
        var pace = controller.myWork(people.getFirst(), campaign).pace();
        assertThat(pace.today()).isEqualTo(new OwnPace.Span(3, 3_000, 3_600.0, 1_000.0));
        assertThat(pace.week()).isEqualTo(pace.today());
        assertThat(pace.days()).hasSize(7);
        assertThat(pace.days().getLast().span()).isEqualTo(pace.today());
        assertThat(pace.days().getFirst().span().labels()).isZero();
    }

    @Test
    void only_members_have_work_in_a_campaign() {
        campaign(1, 1);
        var stranger = accounts.createSimulatedAnnotator("stranger-" + UUID.randomUUID());
        assertThatThrownBy(() -> controller.myWork(stranger, campaign))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("unknown_campaign"));
    }
}
