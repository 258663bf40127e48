package org.diptych.service.pair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.util.UUID;
import org.diptych.service.CampaignFixture;
import org.diptych.service.HttpFixture;
import org.diptych.service.ServiceTest;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.diptych.service.assignment.AssignmentService;
import org.diptych.service.assignment.AssignmentView;
import org.diptych.service.campaign.CampaignCounts;
import org.diptych.service.label.LabelService;
import org.diptych.service.label.Submission;
import org.diptych.service.label.TestSubmissions;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.context.WebApplicationContext;

/** One pair with its answers, what annotators wrote about it, and what leads do with it. */
@ServiceTest
class PairIT {
    @Autowired
    private PairService pairs;

    @Autowired
    private Inbox inbox;

    @Autowired
    private AssignmentService assignments;

    @Autowired
    private LabelService labels;

    @Autowired
    private CampaignCounts counts;

    @Autowired
    private AccountService accounts;

    @Autowired
    private JdbcClient jdbc;

    private UUID campaign;
    private UUID pair;
    private SignedIn lead;
    private SignedIn ann;
    private SignedIn bob;

    /** One pair that wants two labels. */
    @BeforeEach
    void setUp() {
        var fixture = new CampaignFixture(jdbc, accounts);
        campaign = fixture.campaign("edit-preference-v1", 1, 2);
        pair = jdbc.sql("SELECT id FROM pair WHERE campaign_id = ?")
                .param(campaign)
                .query(UUID.class)
                .single();
        lead = accounts.createAccount("u" + UUID.randomUUID(), "Lea Lead", Role.ADMIN, null)
                .account();
        var people = fixture.annotators(campaign, 2);
        ann = people.get(0);
        bob = people.get(1);
    }

    private AssignmentView claim(SignedIn who) {
        return assignments.claim(who, campaign, 1).assignments().getFirst();
    }

    private static Submission said(Submission answer, @Nullable String comment, boolean flagged) {
        return new Submission(
                answer.id(),
                answer.assignment(),
                answer.token(),
                answer.answers(),
                null,
                comment,
                flagged,
                4_000,
                null,
                null,
                answer.supersedes());
    }

    private static Submission skipped(AssignmentView assignment, boolean flagged) {
        return new Submission(
                UUID.randomUUID(),
                assignment.id(),
                assignment.token(),
                null,
                new Submission.Skip("picture_broken"),
                null,
                flagged,
                2_000,
                null,
                null,
                null);
    }

    @Test
    void a_pair_shows_every_answer_and_hides_who_gave_it_until_that_is_asked_for_and_recorded() {
        var held = claim(ann);
        var first = said(TestSubmissions.rated(held, 4, 2), "the left one", false);
        labels.submit(ann, first);
        labels.submit(ann, TestSubmissions.correction(held, first.id(), 2, 4));

        var blind = pairs.of(lead, campaign, pair);

        assertThat(blind.answers()).extracting(PairAnswer::superseded).containsExactly(false, true);
        assertThat(blind.answers().getLast().comment()).isEqualTo("the left one");
        assertThat(blind.answers().getLast().activeSeconds()).isEqualTo(4);
        var better = blind.answers().getLast().swapped() ? "second" : "first";
        assertThat(blind.answers().getLast().verdicts()).containsEntry("overall", better);
        assertThat(blind.answers()).allSatisfy(answer -> {
            assertThat(answer.annotator().name()).isNull();
            assertThat(answer.annotator().displayName()).isNull();
            assertThat(answer.annotator().code()).matches("[0-9a-f]{6}");
        });
        assertThat(blind.first().model()).isNull();
        assertThat(blind.slots()).isEqualTo(new Pair.Slots(1, 0, 2));
        assertThat(blind.toString()).doesNotContain(ann.name()).doesNotContain("editor-0");

        var told = pairs.reveal(lead, campaign, pair);

        assertThat(told.first().model()).isEqualTo("editor-0");
        assertThat(told.answers().getFirst().annotator().name()).isEqualTo(ann.name());
        assertThat(told.history()).extracting(PairEvent::what).containsExactly("revealed", "imported");
        assertThat(told.history().getFirst().by()).isEqualTo("Lea Lead");
    }

    @Test
    void programs_of_leads_read_a_pair_and_nobody_elses(@Autowired WebApplicationContext context) throws Exception {
        var http = new HttpFixture(context);
        var address = "/api/v1/campaigns/" + campaign + "/pairs/" + pair;

        assertThat(http.send(lead, get(address)).json().path("item").asString()).isEqualTo("item-0");
        assertThat(http.send(lead, get(address))
                        .json()
                        .path("first")
                        .path("model")
                        .isNull())
                .isTrue();
        assertThat(http.send(lead, post(address + "/reveal"))
                        .json()
                        .path("first")
                        .path("model")
                        .asString())
                .isEqualTo("editor-0");
        assertThat(http.send(ann, get(address)).problem()).isEqualTo("403 not_a_member");
        assertThat(http.send(ann, post(address + "/reveal")).problem()).isEqualTo("403 not_a_member");
        assertThat(http.send(lead, get("/api/v1/campaigns/" + campaign + "/pairs/" + UUID.randomUUID()))
                        .problem())
                .isEqualTo("404 unknown_pair");
    }

    @Test
    void a_pair_taken_out_is_handed_to_nobody_who_has_it_may_answer_and_it_comes_again_once_put_back() {
        var held = claim(ann);

        pairs.takeOut(lead, campaign, pair);
        pairs.takeOut(lead, campaign, pair);

        assertThat(assignments.claim(bob, campaign, 1).assignments()).isEmpty();
        assertThat(pairs.takenOut(lead, campaign)).isEqualTo(1);
        assertThat(counts.of(campaign).allSlots().wanted()).isEqualTo(1);
        labels.submit(ann, TestSubmissions.rated(held, 4, 2));
        assertThat(counts.of(campaign).allSlots().filled()).isEqualTo(1);

        pairs.putBack(lead, campaign, pair);

        assertThat(claim(bob).instruction()).isEqualTo("Make it red.");
        assertThat(pairs.of(lead, campaign, pair).history())
                .extracting(PairEvent::what)
                .containsExactly("put_back", "taken_out", "imported");
    }

    @Test
    void an_answer_that_comes_after_its_lease_fills_the_slot_that_stayed_out() {
        var held = claim(ann);
        pairs.takeOut(lead, campaign, pair);
        jdbc.sql("UPDATE slot SET expires_at = now() - interval '1 second' WHERE state = 'LEASED' AND campaign_id = ?")
                .param(campaign)
                .update();
        assertThat(assignments.claim(bob, campaign, 1).assignments()).isEmpty();

        assertThat(labels.submit(ann, TestSubmissions.rated(held, 4, 2)).status())
                .isEqualTo(LabelService.Status.ACCEPTED);

        assertThat(counts.of(campaign).allSlots().filled()).isEqualTo(1);
    }

    @Test
    void a_pair_put_back_comes_by_chance_whatever_a_model_had_made_of_it() {
        jdbc.sql("UPDATE slot SET priority = 5, selection_probability = 0.03 WHERE pair_id = ?")
                .param(pair)
                .update();
        pairs.takeOut(lead, campaign, pair);
        pairs.putBack(lead, campaign, pair);
        var label = labels.submit(ann, TestSubmissions.rated(claim(ann), 4, 2)).id();
        assertThat(jdbc.sql("SELECT selection_probability FROM label WHERE id = ?")
                        .param(label)
                        .query(Double.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void what_comes_back_of_a_pair_taken_out_stays_out() {
        var held = claim(ann);
        claim(bob);
        pairs.takeOut(lead, campaign, pair);

        labels.submit(ann, skipped(held, false));
        jdbc.sql("UPDATE slot SET expires_at = now() - interval '1 second' WHERE state = 'LEASED' AND campaign_id = ?")
                .param(campaign)
                .update();
        var late = new CampaignFixture(jdbc, accounts).annotators(campaign, 1).getFirst();

        assertThat(assignments.claim(late, campaign, 1).assignments()).isEmpty();
        assertThat(jdbc.sql("SELECT DISTINCT state FROM slot WHERE pair_id = ?")
                        .param(pair)
                        .query(String.class)
                        .list())
                .containsExactly("OUT");

        pairs.putBack(lead, campaign, pair);

        assertThat(assignments.claim(late, campaign, 1).assignments()).hasSize(1);
    }

    private java.util.List<Message> messages(Message.@Nullable Kind kind, Message.@Nullable State state) {
        return inbox.list(lead, campaign, new Message.Filter(kind, state, null, null), 10);
    }

    @Test
    void a_flag_on_a_skip_reaches_the_inbox_and_the_figures_until_the_pair_is_answered() {
        var held = claim(ann);
        labels.submit(ann, skipped(held, true));

        assertThat(messages(Message.Kind.FLAG, Message.State.OPEN)).hasSize(1);
        assertThat(messages(Message.Kind.SKIP, null).getFirst().skipReason()).isEqualTo("picture_broken");
        assertThat(messages(Message.Kind.COMMENT, null)).isEmpty();
        assertThat(inbox.open(lead, campaign)).isEqualTo(1);
        assertThat(counts.of(campaign).flagged()).isEqualTo(1);
        assertThat(counts.of(campaign).skips()).isEqualTo(1);

        labels.submit(bob, said(TestSubmissions.rated(claim(bob), 3, 3), "Both are the same picture.", false));

        assertThat(messages(null, null))
                .extracting(Message::comment)
                .containsExactly("Both are the same picture.", null);
        var person = messages(Message.Kind.COMMENT, null).getFirst().annotator();
        assertThat(inbox.list(lead, campaign, new Message.Filter(null, null, person.code(), null), 10))
                .hasSize(1);
        var newest = messages(null, null).getFirst().sequence();
        assertThat(inbox.list(lead, campaign, new Message.Filter(null, null, null, newest), 10))
                .extracting(Message::skipReason)
                .containsExactly("picture_broken");
    }

    @Test
    void a_message_is_answered_once_and_the_second_lead_is_told() {
        labels.submit(ann, said(TestSubmissions.rated(claim(ann), 3, 3), "Same picture?", true));
        var message = messages(null, Message.State.OPEN).getFirst();

        inbox.answer(lead, campaign, message.label(), "  Yes, by intent. ");

        assertThat(messages(null, Message.State.OPEN)).isEmpty();
        assertThat(messages(null, Message.State.ANSWERED).getFirst().answer()).isEqualTo("Yes, by intent.");
        assertThat(messages(null, Message.State.ANSWERED).getFirst().repliedBy())
                .isEqualTo("Lea Lead");
        assertThat(inbox.open(lead, campaign)).isZero();
        assertThatThrownBy(() -> inbox.dismiss(lead, campaign, message.label()))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("changed_meanwhile"));
        assertThatThrownBy(() -> inbox.answer(lead, campaign, message.label(), " "))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("invalid_text"));

        inbox.reopen(lead, campaign, message.label());
        pairs.takeOut(lead, campaign, pair);

        assertThat(messages(null, Message.State.TAKEN_OUT)).hasSize(1);
        assertThat(inbox.open(lead, campaign)).isZero();
        assertThatThrownBy(() -> inbox.open(ann, campaign)).isInstanceOf(Problem.class);
    }
}
