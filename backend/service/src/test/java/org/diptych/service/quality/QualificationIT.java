package org.diptych.service.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.diptych.protocol.ProtocolDocument;
import org.diptych.service.QualificationFixture;
import org.diptych.service.ServiceTest;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.diptych.service.assignment.AssignmentService;
import org.diptych.service.campaign.CampaignImport;
import org.diptych.service.problem.Problem;
import org.diptych.service.qualification.ExampleAnswers;
import org.diptych.service.qualification.GuidelineConfirmations;
import org.diptych.service.qualification.Standing;
import org.diptych.service.qualification.Standings;
import org.diptych.service.qualification.Step;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** From newcomer to the queue, on a real database. */
@ServiceTest
class QualificationIT {
    private static final String PROTOCOL =
            ProtocolDocument.bundled("edit-preference-v1").protocol().sha256();
    private static final int QUESTIONS = 4;

    @Autowired
    QualificationTest test;

    @Autowired
    Standings standings;

    @Autowired
    GuidelineConfirmations confirmations;

    @Autowired
    ExampleAnswers examples;

    @Autowired
    AnnotatorService annotators;

    @Autowired
    AssignmentService assignments;

    @Autowired
    AccountService accounts;

    @Autowired
    CampaignImport imports;

    @Autowired
    JdbcClient jdbc;

    private QualificationFixture fixture;
    private UUID campaign;
    private SignedIn ann;

    @BeforeEach
    void a_campaign_with_a_qualification_set() throws Exception {
        fixture = new QualificationFixture(jdbc, accounts, imports);
        campaign = fixture.campaign(3, QUESTIONS, 0);
        ann = fixture.newcomer(campaign);
    }

    private static Problem refusal(String code, ThrowingCallable call) {
        var refused = new Problem[1];
        assertThatThrownBy(call).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.code()).isEqualTo(code);
            refused[0] = problem;
        });
        return refused[0];
    }

    private Step step(SignedIn who) {
        return standings.of(who, campaign).step();
    }

    private void barred(SignedIn who, String step) {
        var problem = refusal("not_qualified", () -> assignments.claim(who, campaign, 1));
        assertThat(problem.properties()).containsEntry("step", step);
        assertThat(problem.status().value()).isEqualTo(403);
    }

    private void prepare(SignedIn who) {
        confirmations.confirm(who, campaign, PROTOCOL);
        for (int example = 0; example < 4; example++) {
            examples.answer(who, campaign, example, Map.of("visual_quality", JsonNodeFactory.instance.numberNode(4)));
        }
    }

    private boolean swapped(Attempt.Question question) {
        return jdbc.sql("SELECT swapped FROM qualification_question WHERE id = ?")
                .param(question.id())
                .query(Boolean.class)
                .single();
    }

    /** Known are 4 and 4 for the first, 2 and 3 for the second: these verdicts and levels are right on both dimensions. */
    private Map<String, JsonNode> right(Attempt.Question question) {
        return swapped(question) ? QualificationFixture.ratings(3, 4) : QualificationFixture.ratings(4, 3);
    }

    private Map<String, JsonNode> wrong(Attempt.Question question) {
        return swapped(question) ? QualificationFixture.ratings(4, 1) : QualificationFixture.ratings(1, 4);
    }

    private Attempt take(SignedIn who, int correct) {
        var attempt = test.start(who, campaign);
        while (attempt.next() != null) {
            var question = Objects.requireNonNull(attempt.next());
            var answers = attempt.answered() < correct ? right(question) : wrong(question);
            assertThat(attempt.result()).isNull();
            attempt = test.answer(who, question.id(), answers, 1_000);
        }
        return attempt;
    }

    @Test
    void a_test_that_was_begun_is_known_to_be_under_way_until_its_last_answer() {
        prepare(ann);
        assertThat(standings.of(ann, campaign).underway()).isNull();

        var attempt = test.start(ann, campaign);
        assertThat(standings.of(ann, campaign).underway()).isEqualTo(new Standing.Underway(0, QUESTIONS));
        for (int answered = 1; answered <= QUESTIONS; answered++) {
            var question = Objects.requireNonNull(attempt.next());
            attempt = test.answer(ann, question.id(), wrong(question), 1_000);
            assertThat(standings.of(ann, campaign).underway())
                    .isEqualTo(answered == QUESTIONS ? null : new Standing.Underway(answered, QUESTIONS));
        }
        assertThat(standings.of(ann, campaign).finishedAttempts()).isEqualTo(1);
    }

    @Test
    void nobody_is_said_to_have_passed_who_took_no_test() throws Exception {
        var untested = fixture.campaign(3, 0, 0);
        var newcomer = fixture.newcomer(untested);
        confirmations.confirm(newcomer, untested, PROTOCOL);
        for (int example = 0; example < 4; example++) {
            examples.answer(newcomer, untested, example, Map.of());
        }
        var standing = standings.of(newcomer, untested);
        assertThat(standing.step()).isEqualTo(Step.QUALIFIED);
        assertThat(standing.passed()).isFalse();
        assertThat(AnnotatorStanding.Qualification.of(standing).passed()).isFalse();
    }

    @Test
    void a_newcomer_goes_through_guideline_examples_and_test_and_only_then_into_the_queue() {
        assertThat(step(ann)).isEqualTo(Step.GUIDELINE);
        barred(ann, "guideline");
        refusal("not_at_test", () -> test.start(ann, campaign));

        confirmations.confirm(ann, campaign, PROTOCOL);
        assertThat(step(ann)).isEqualTo(Step.EXAMPLES);
        barred(ann, "examples");

        prepare(ann);
        assertThat(step(ann)).isEqualTo(Step.TEST);
        barred(ann, "test");

        var result = Objects.requireNonNull(take(ann, QUESTIONS).result());
        assertThat(result.score()).isEqualTo(1);
        assertThat(result.passed()).isTrue();
        assertThat(result.dimensions()).isEqualTo(Map.of("instruction_following", 1.0, "visual_quality", 1.0));
        assertThat(step(ann)).isEqualTo(Step.QUALIFIED);
        assertThat(assignments.claim(ann, campaign, 1).assignments()).hasSize(1);
        refusal("not_at_test", () -> test.start(ann, campaign));
    }

    @Test
    void the_pairs_of_the_set_are_not_in_the_queue_and_an_attempt_makes_no_labels() {
        prepare(ann);
        take(ann, QUESTIONS);
        assertThat(assignments.claim(ann, campaign, 20).assignments()).hasSize(3);
        assertThat(jdbc.sql("SELECT count(*) FROM label WHERE campaign_id = ?")
                        .param(campaign)
                        .query(Integer.class)
                        .single())
                .isZero();
        assertThat(jdbc.sql("SELECT count(*) FROM pair WHERE campaign_id = ? AND stratum = 'TRAINING'")
                        .param(campaign)
                        .query(Integer.class)
                        .single())
                .isEqualTo(QUESTIONS);
    }

    @Test
    void each_attempt_asks_every_pair_once_and_an_answer_is_given_once() {
        prepare(ann);
        var attempt = test.start(ann, campaign);
        assertThat(attempt.total()).isEqualTo(QUESTIONS);
        var first = Objects.requireNonNull(attempt.next());
        // a reload goes on where it was
        assertThat(test.start(ann, campaign)).isEqualTo(attempt);
        var after = test.answer(ann, first.id(), wrong(first), 5);
        assertThat(after.answered()).isOne();
        // sent again, even with another answer, nothing changes
        assertThat(test.answer(ann, first.id(), right(first), 5)).isEqualTo(after);
        var seen =
                new HashSet<String>(List.of(first.left().sha256(), first.right().sha256()));
        var rest = after;
        while (rest.next() != null) {
            var question = Objects.requireNonNull(rest.next());
            assertThat(seen.add(question.left().sha256())).isTrue();
            assertThat(seen.add(question.right().sha256())).isTrue();
            rest = test.answer(ann, question.id(), right(question), 5);
        }
        assertThat(Objects.requireNonNull(rest.result()).score())
                .isEqualTo((QUESTIONS - 1.0) / QUESTIONS, within(1e-9));
    }

    @Test
    void after_the_last_failed_try_a_lead_may_give_another_with_a_reason() {
        prepare(ann);
        for (int attempt = 1; attempt <= 3; attempt++) {
            assertThat(standings.of(ann, campaign).triesLeft()).isEqualTo(4 - attempt);
            assertThat(Objects.requireNonNull(take(ann, 1).result()).passed()).isFalse();
        }
        assertThat(step(ann)).isEqualTo(Step.FAILED);
        barred(ann, "failed");
        refusal("not_at_test", () -> test.start(ann, campaign));

        refusal("invalid_reason", () -> annotators.grantTry(fixture.lead, campaign, ann.id(), "  "));
        var granted = annotators.grantTry(fixture.lead, campaign, ann.id(), "The network broke down.");
        assertThat(granted.qualification().step()).isEqualTo(Step.TEST);
        assertThat(granted.grants())
                .extracting(AnnotatorStanding.Grant::reason, AnnotatorStanding.Grant::grantedBy)
                .containsExactly(org.assertj.core.api.Assertions.tuple("The network broke down.", fixture.lead.name()));
        assertThat(granted.attempts()).hasSize(3).allSatisfy(attempt -> {
            assertThat(attempt.passed()).isFalse();
            assertThat(attempt.passMark()).isEqualTo(0.7);
        });
        refusal("not_failed", () -> annotators.grantTry(fixture.lead, campaign, ann.id(), "Another."));

        take(ann, QUESTIONS);
        assertThat(step(ann)).isEqualTo(Step.QUALIFIED);
    }

    @Test
    void leads_administrators_and_simulated_accounts_need_not_qualify() {
        var simulated = accounts.createSimulatedAnnotator("sim-" + UUID.randomUUID());
        jdbc.sql("INSERT INTO campaign_member (campaign_id, account_id, role) VALUES (?, ?, 'ANNOTATOR')")
                .params(campaign, simulated.id())
                .update();
        for (var who : List.of(simulated, fixture.lead, fixture.person(Role.ADMIN))) {
            assertThat(standings.of(who, campaign).exempt()).isTrue();
            assertThat(assignments.claim(who, campaign, 1).assignments()).hasSize(1);
        }
    }

    @Test
    void without_a_set_the_queue_is_open_and_the_way_ends_after_the_examples() throws Exception {
        campaign = fixture.campaign(2, 0, 0);
        ann = fixture.newcomer(campaign);
        assertThat(step(ann)).isEqualTo(Step.GUIDELINE);
        assertThat(standings.of(ann, campaign).barred()).isFalse();
        assertThat(assignments.claim(ann, campaign, 1).assignments()).hasSize(1);
        prepare(ann);
        assertThat(step(ann)).isEqualTo(Step.QUALIFIED);
    }

    @Test
    void who_has_labelled_before_the_set_came_goes_on() throws Exception {
        campaign = fixture.campaign(3, 0, 0);
        ann = fixture.newcomer(campaign);
        var assignment = assignments.claim(ann, campaign, 1).assignments().getFirst();
        jdbc.sql("""
                        INSERT INTO label (id, campaign_id, pair_id, annotator_id, assignment_id, kind, protocol_sha256, skip_reason,
                            swapped, stratum, selection_probability, fencing_token, active_milliseconds)
                        SELECT gen_random_uuid(), campaign_id, pair_id, annotator_id, id, 'SKIP', ?, 'offensive', false,
                            'UNIFORM', 1, 1, 1 FROM assignment WHERE id = ?""").params(PROTOCOL, assignment.id()).update();
        jdbc.sql("""
                        INSERT INTO known_answer (campaign_id, pair_id, use, answers, origin)
                        SELECT campaign_id, id, 'QUALIFICATION', '{}', 'LEAD' FROM pair WHERE campaign_id = ? LIMIT 1""").param(campaign).update();
        assertThat(standings.of(ann, campaign).exempt()).isTrue();
        assertThat(standings.of(fixture.newcomer(campaign), campaign).barred()).isTrue();
    }

    @Test
    void strangers_and_other_annotators_reach_nothing() {
        prepare(ann);
        var question = Objects.requireNonNull(test.start(ann, campaign).next());
        var bob = fixture.newcomer(campaign);
        refusal("unknown_question", () -> test.answer(bob, question.id(), right(question), 1));
        var stranger = fixture.person(Role.LEAD);
        refusal("unknown_campaign", () -> test.start(stranger, campaign));
        refusal("unknown_campaign", () -> annotators.list(stranger, campaign));
        refusal("not_a_member", () -> annotators.list(ann, campaign));
        refusal("not_a_member", () -> annotators.grantTry(ann, campaign, ann.id(), "Please."));
        refusal("unknown_annotator", () -> annotators.grantTry(fixture.lead, campaign, stranger.id(), "Why not."));
    }
}
