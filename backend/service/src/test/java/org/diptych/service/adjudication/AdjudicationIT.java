package org.diptych.service.adjudication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.diptych.service.ServiceTest;
import org.diptych.service.acquisition.QueueService;
import org.diptych.service.pair.PairService;
import org.diptych.service.problem.Problem;
import org.diptych.service.quality.KnownAnswer;
import org.diptych.service.quality.KnownAnswers;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which pairs wait for a verdict, who may give one, and what becomes of it. */
@ServiceTest
@NullUnmarked
class AdjudicationIT {
    @Autowired
    private AdjudicationQueue queue;

    @Autowired
    private Adjudications adjudications;

    @Autowired
    private KnownAnswers known;

    @Autowired
    private QueueService acquisition;

    @Autowired
    private PairService pairs;

    @Autowired
    private JdbcClient jdbc;

    private DisputedCampaign campaign;

    @BeforeEach
    void a_campaign(@Autowired ApplicationContext context) {
        campaign = new DisputedCampaign(context);
    }

    private List<UUID> waiting() {
        return queue.next(campaign.lead, campaign.id, 50).stream()
                .map(WaitingPair::pair)
                .toList();
    }

    private UUID decide(UUID pair, @Nullable String reason) {
        var read = adjudications.of(campaign.lead, campaign.id, pair);
        return adjudications.decide(campaign.lead, campaign.id, pair, campaign.forSecond(read, reason));
    }

    private static void refused(String code, Callable<?> action) {
        assertThatThrownBy(action::call)
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(code));
    }

    @Test
    void pairs_on_which_annotators_disagree_wait_those_first_that_models_are_measured_by() {
        campaign.disagreeOn(1, 3);

        var waiting = queue.next(campaign.lead, campaign.id, 50);

        assertThat(waiting).extracting(WaitingPair::pair).containsExactly(campaign.pair(3), campaign.pair(1));
        // one against one on two dimensions: 1 - 9 / (9 + 9 + 1 + 1) each, twice that in the uniform stratum
        assertThat(waiting)
                .extracting(WaitingPair::value)
                .satisfiesExactly(
                        value -> assertThat(value).isEqualTo(2.2, within(1e-9)),
                        value -> assertThat(value).isEqualTo(1.1, within(1e-9)));
        assertThat(queue.waiting(campaign.lead, campaign.id)).isEqualTo(2);
        assertThat(queue.next(campaign.lead, campaign.id, 1)).hasSize(1);
    }

    @Test
    void a_pair_waits_only_when_nobody_is_asked_any_more_and_not_while_it_is_out_of_the_queue() {
        campaign.answer(campaign.annotators.get(0), Map.of());
        assertThat(waiting()).isEmpty();
        campaign.answer(campaign.annotators.get(1), Map.of(campaign.pair(1), "second"));
        assertThat(waiting()).containsExactly(campaign.pair(1));

        var lead = campaign.lead;
        pairs.takeOut(lead, campaign.id, campaign.pair(1));
        assertThat(waiting()).isEmpty();
        pairs.putBack(lead, campaign.id, campaign.pair(1));
        assertThat(waiting()).containsExactly(campaign.pair(1));
    }

    @Test
    void a_verdict_is_added_and_takes_the_pair_out_and_a_later_one_supersedes_it() {
        campaign.disagreeOn(1);
        var pair = campaign.pair(1);
        var first = decide(pair, null);
        assertThat(waiting()).isEmpty();

        var second = decide(pair, "Looked again.");

        assertThat(jdbc.sql("SELECT id FROM adjudicated WHERE pair_id = ?")
                        .param(pair)
                        .query(UUID.class)
                        .single())
                .isEqualTo(second);
        assertThat(jdbc.sql("SELECT supersedes FROM adjudication WHERE id = ?")
                        .param(second)
                        .query(UUID.class)
                        .single())
                .isEqualTo(first);
        assertThat(adjudications.of(campaign.lead, campaign.id, pair).verdict())
                .satisfies(verdict -> assertThat(verdict.reason()).isEqualTo("Looked again."));
    }

    @Test
    void nobody_changes_or_deletes_a_verdict() {
        campaign.disagreeOn(1);
        var verdict = decide(campaign.pair(1), null);
        for (var statement : List.of(
                "UPDATE adjudication SET reason = 'x' WHERE id = '" + verdict + "'",
                "DELETE FROM adjudication WHERE id = '" + verdict + "'",
                "TRUNCATE adjudication CASCADE")) {
            assertThatThrownBy(() -> jdbc.sql(statement).update()).hasMessageContaining("append-only");
        }
    }

    @Test
    void sides_differ_between_adjudicators_and_what_is_decided_is_stored_by_edit() {
        campaign.disagreeOn(1);
        var pair = campaign.pair(1);
        decide(pair, null);
        assertThat(jdbc.sql("SELECT verdicts ->> 'overall' FROM adjudication WHERE pair_id = ?")
                        .param(pair)
                        .query(String.class)
                        .single())
                .isEqualTo("second");
        var read = adjudications.of(campaign.lead, campaign.id, pair);
        assertThat(read.verdict().answers())
                .isEqualTo(Map.of("instruction_following", side(read), "visual_quality", side(read)));
        assertThat(read.answers()).extracting(DisputedPair.Said::person).containsExactly(1, 2);
    }

    /** What the verdict for the second edit looks like where the pair is read. */
    private Map<String, Integer> side(DisputedPair read) {
        var node = campaign.second(read).get("visual_quality");
        return Map.of(
                "left", node.path("left").asInt(), "right", node.path("right").asInt());
    }

    @Test
    void a_majority_is_overruled_only_with_a_reason() {
        campaign.disagreeOn(1);
        adjudications.askOneMore(campaign.lead, campaign.id, campaign.pair(1));
        campaign.answer(campaign.annotators.get(2), Map.of());
        var pair = campaign.pair(1);
        assertThat(adjudications.of(campaign.lead, campaign.id, pair).majority())
                .containsOnlyKeys("instruction_following", "visual_quality");

        refused("reason_required", () -> decide(pair, "  "));
        decide(pair, "The first edit removes the wrong thing.");
    }

    @Test
    void of_two_who_decide_at_once_the_second_is_told() throws Exception {
        campaign.disagreeOn(1);
        var pair = campaign.pair(1);
        var another = campaign.member("ADJUDICATOR");
        var mine = campaign.forSecond(adjudications.of(campaign.lead, campaign.id, pair), null);
        var theirs = campaign.forSecond(adjudications.of(another, campaign.id, pair), null);
        try (var both = Executors.newFixedThreadPool(2)) {
            var results = both.invokeAll(List.<Callable<String>>of(
                    () -> outcome(() -> adjudications.decide(campaign.lead, campaign.id, pair, mine)),
                    () -> outcome(() -> adjudications.decide(another, campaign.id, pair, theirs))));
            assertThat(List.of(results.get(0).get(), results.get(1).get()))
                    .containsExactlyInAnyOrder("decided", "changed_meanwhile");
        }
    }

    @Test
    void a_decision_whose_acknowledgement_was_lost_is_sent_again_and_is_the_verdict_that_it_became() {
        campaign.disagreeOn(1);
        var pair = campaign.pair(1);
        var decision = campaign.forSecond(adjudications.of(campaign.lead, campaign.id, pair), "Seen twice.");
        var verdict = adjudications.decide(campaign.lead, campaign.id, pair, decision);

        assertThat(adjudications.decide(campaign.lead, campaign.id, pair, decision))
                .isEqualTo(verdict);

        var otherwise =
                new Decision(decision.protocolSha256(), null, decision.answers(), "Seen once.", decision.gold());
        refused("changed_meanwhile", () -> adjudications.decide(campaign.lead, campaign.id, pair, otherwise));
        var another = campaign.member("ADJUDICATOR");
        var theirs = new Decision(
                decision.protocolSha256(),
                null,
                campaign.forSecond(adjudications.of(another, campaign.id, pair), null)
                        .answers(),
                "Seen twice.",
                decision.gold());
        refused("changed_meanwhile", () -> adjudications.decide(another, campaign.id, pair, theirs));
        assertThat(jdbc.sql("SELECT count(*) FROM adjudication WHERE pair_id = ?")
                        .param(pair)
                        .query(Integer.class)
                        .single())
                .isOne();
    }

    @Test
    void nobody_is_asked_for_one_more_opinion_where_all_have_said_theirs() {
        campaign.disagreeOn(1);
        jdbc.sql("UPDATE account SET disabled = true WHERE id = ?")
                .param(campaign.annotators.get(2).id())
                .update();
        refused("nobody_left", () -> {
            adjudications.askOneMore(campaign.lead, campaign.id, campaign.pair(1));
            return null;
        });
        assertThat(waiting()).containsExactly(campaign.pair(1));
    }

    private static String outcome(Callable<UUID> decision) throws Exception {
        try {
            decision.call();
            return "decided";
        } catch (Problem problem) {
            return problem.code();
        }
    }

    @Test
    void who_has_answered_a_pair_does_not_decide_it_and_does_not_find_it() {
        campaign.disagreeOn(1);
        var judge = campaign.annotators.get(0);
        jdbc.sql("UPDATE campaign_member SET role = 'ADJUDICATOR' WHERE account_id = ?")
                .param(judge.id())
                .update();
        assertThat(queue.next(judge, campaign.id, 50)).isEmpty();
        var read = adjudications.of(judge, campaign.id, campaign.pair(1));
        assertThat(read.own()).isTrue();
        refused(
                "own_pair",
                () -> adjudications.decide(judge, campaign.id, campaign.pair(1), campaign.forSecond(read, "x")));
    }

    @Test
    void a_verdict_is_of_the_version_that_its_adjudicator_read() {
        campaign.disagreeOn(1);
        var read = adjudications.of(campaign.lead, campaign.id, campaign.pair(1));
        jdbc.sql("""
                        UPDATE campaign SET protocol_sha256 = (SELECT sha256 FROM protocol WHERE id = 'edit-comparison' LIMIT 1)
                        WHERE id = ?""").param(campaign.id).update();
        refused(
                "protocol_moved",
                () -> adjudications.decide(
                        campaign.lead, campaign.id, campaign.pair(1), campaign.forSecond(read, null)));
        // what was answered under the other version waits under that one
        assertThat(waiting()).isEmpty();
    }

    @Test
    void one_more_opinion_is_asked_in_front_of_the_queue_no_batch_withdraws_it_and_the_pair_waits_when_it_is_there() {
        campaign.disagreeOn(0, 1);
        adjudications.askOneMore(campaign.lead, campaign.id, campaign.pair(0));
        assertThat(waiting()).containsExactly(campaign.pair(1));
        refused("already_asked", () -> {
            adjudications.askOneMore(campaign.lead, campaign.id, campaign.pair(0));
            return null;
        });

        acquisition.putInFront(
                new QueueService.NewBatch(campaign.id, null, "v-optimal", null, 1, 10),
                QueueService.Plan.of(List.of()));
        campaign.answer(campaign.annotators.get(2), Map.of());

        assertThat(waiting()).containsExactlyInAnyOrder(campaign.pair(0), campaign.pair(1));
        // the uniform stratum is measured by the answers that it was drawn for
        assertThat(jdbc.sql("SELECT stratum FROM label WHERE pair_id = ? ORDER BY sequence")
                        .param(campaign.pair(0))
                        .query(String.class)
                        .list())
                .containsExactly("UNIFORM", "UNIFORM", "ACQUIRED");
    }

    @Test
    void gold_is_made_of_a_verdict_in_the_same_step() {
        campaign.disagreeOn(1);
        var read = adjudications.of(campaign.lead, campaign.id, campaign.pair(1));
        var decision = campaign.forSecond(read, "Clear.");
        adjudications.decide(
                campaign.lead,
                campaign.id,
                campaign.pair(1),
                new Decision(decision.protocolSha256(), null, decision.answers(), decision.reason(), true));
        assertThat(known.list(campaign.lead, campaign.id)).singleElement().satisfies(answer -> {
            assertThat(answer.pair()).isEqualTo(campaign.pair(1));
            assertThat(answer.origin()).isEqualTo(KnownAnswer.Origin.ADJUDICATION);
            assertThat(answer.answers()).containsEntry("visual_quality", Map.of("first", 1, "second", 4));
        });
        assertThat(adjudications
                        .of(campaign.lead, campaign.id, campaign.pair(1))
                        .verdict()
                        .gold())
                .isTrue();
    }

    @Test
    void what_was_labelled_before_the_queue_was_there_is_in_it() {
        campaign.disagreeOn(1);
        jdbc.sql("DELETE FROM adjudication_queue WHERE campaign_id = ?")
                .param(campaign.id)
                .update();
        jdbc.sql("SELECT count(refresh_adjudication(id)) FROM pair WHERE campaign_id = ?")
                .param(campaign.id)
                .query(Long.class)
                .single();
        assertThat(waiting()).containsExactly(campaign.pair(1));
    }
}
