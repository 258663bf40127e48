package org.diptych.service.acquisition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.diptych.service.CampaignFixture;
import org.diptych.service.Eventually;
import org.diptych.service.ServiceTest;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.diptych.service.acquisition.QueuePlace.ChosenBy;
import org.diptych.service.acquisition.QueuePlace.Standing;
import org.diptych.service.assignment.AssignmentService;
import org.diptych.service.pair.PairService;
import org.diptych.service.problem.Problem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Leads move pairs to the front and keep models off them, and see why each pair waits. */
@ServiceTest
class QueueByHandIT {
    @Autowired
    QueueByHand hand;

    @Autowired
    QueuePlaces places;

    @Autowired
    QueueService queue;

    @Autowired
    PairService pairs;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    AssignmentService assignments;

    @Autowired
    AccountService accounts;

    @Autowired
    JdbcClient jdbc;

    private UUID campaign;
    private SignedIn lead;
    private SignedIn annotator;
    private List<UUID> acquired;
    private UUID uniform;

    @BeforeEach
    void a_campaign_with_a_batch_in_front() {
        var fixture = new CampaignFixture(jdbc, accounts);
        campaign = fixture.campaign("edit-preference-v1", 6, 1);
        lead = accounts.createAccount("lead-" + UUID.randomUUID(), "Lea Lead", Role.ADMIN, null)
                .account();
        annotator = fixture.annotators(campaign, 1).getFirst();
        acquired = pairs("ACQUIRED");
        uniform = pairs("UNIFORM").getFirst();
        choose(acquired.get(0));
    }

    private List<UUID> pairs(String stratum) {
        return jdbc.sql("SELECT id FROM pair WHERE campaign_id = ? AND stratum = ? ORDER BY id")
                .params(campaign, stratum)
                .query(UUID.class)
                .list();
    }

    private void choose(UUID pair) {
        queue.putInFront(
                new QueueService.NewBatch(campaign, null, "v-optimal", null, 1, 10),
                QueueService.Plan.of(List.of(new QueueService.Choice(pair, 500, .25, Map.of("gain", .75)))));
    }

    private List<UUID> front() {
        return queue.next(lead, campaign, 50).stream()
                .filter(entry -> entry.priority() > 0)
                .map(QueueEntry::pair)
                .toList();
    }

    private List<String> audited(UUID pair) {
        return jdbc.sql("SELECT action FROM audit_event WHERE campaign_id = ? AND subject = ? ORDER BY at, id")
                .params(campaign, pair.toString())
                .query(String.class)
                .list();
    }

    @Test
    void a_pinned_pair_comes_first_says_that_a_person_chose_it_and_no_batch_takes_it_back() {
        var pinned = List.of(acquired.get(2), acquired.get(1));
        hand.pin(lead, campaign, pinned);
        choose(acquired.get(1));
        assertThat(front()).containsExactlyElementsOf(pinned);

        var place = places.of(lead, campaign, acquired.get(1));
        assertThat(place.chosenBy()).isEqualTo(ChosenBy.PIN);
        assertThat(Objects.requireNonNull(place.batch()).by()).isEqualTo("Lea Lead");
        assertThat(place.before()).isEqualTo(1);
        assertThat(place.selectionProbability()).isEqualTo(1);

        // whoever gets it answers a pair that was chosen with certainty, and not at random
        for (int claim = 0; claim < 6; claim++) {
            assignments.claim(annotator, campaign, 6);
        }
        assertThat(jdbc.sql("""
                                SELECT a.stratum || ' ' || a.selection_probability || ' ' || b.policy FROM assignment a
                                JOIN acquisition_batch b ON b.id = a.acquisition_batch_id WHERE a.pair_id = ?""").param(acquired.get(2)).query(String.class).single())
                .isEqualTo("ACQUIRED 1 person");
        var held = places.of(lead, campaign, acquired.get(2));
        assertThat(held.standing()).isEqualTo(Standing.HELD);
        assertThat(held.chosenBy()).isEqualTo(ChosenBy.PIN);
    }

    @Test
    void a_pair_that_is_pinned_while_a_batch_with_it_is_written_stays_pinned() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var writing = new TransactionTemplate(transactions).execute(_ -> {
                hand.pin(lead, campaign, List.of(acquired.get(0)));
                var batch = threads.submit(() -> choose(acquired.get(0)));
                Eventually.somebodyWaits(jdbc);
                return batch;
            });
            writing.get();
        }
        var place = places.of(lead, campaign, acquired.get(0));
        assertThat(place.chosenBy()).isEqualTo(ChosenBy.PIN);
        assertThat(place.selectionProbability()).isEqualTo(1);
        assertThat(front()).containsExactly(acquired.get(0));
    }

    @Test
    void what_an_annotator_gives_back_has_lost_its_place_with_the_pin_or_by_a_veto() {
        hand.pin(lead, campaign, List.of(acquired.get(1)));
        for (int claim = 0; claim < 6; claim++) {
            assignments.claim(annotator, campaign, 6);
        }
        hand.unpin(lead, campaign, acquired.get(1));
        hand.veto(lead, campaign, acquired.get(0));
        assertThat(audited(acquired.get(1))).containsExactly("pair.pinned", "pair.unpinned");
        assertThat(leased(acquired.get(1))).isEqualTo("0 none person");
        assertThat(leased(acquired.get(0))).isEqualTo("0 none v-optimal");
    }

    /** Priority and batch of a slot that is held, and the batch of its lease. */
    private String leased(UUID pair) {
        return jdbc.sql("""
                        SELECT s.priority || ' ' || coalesce(s.acquisition_batch_id::text, 'none') || ' ' || b.policy FROM slot s
                        JOIN assignment a ON a.id = s.assignment_id JOIN acquisition_batch b ON b.id = a.acquisition_batch_id
                        WHERE s.pair_id = ? AND s.state = 'LEASED'""").param(pair).query(String.class).single();
    }

    @Test
    void a_pinned_pair_that_is_taken_out_and_put_back_is_still_pinned() {
        hand.pin(lead, campaign, List.of(acquired.get(1)));
        pairs.takeOut(lead, campaign, acquired.get(1));
        assertThat(front()).containsExactly(acquired.get(0));
        pairs.putBack(lead, campaign, acquired.get(1));
        assertThat(front()).containsExactly(acquired.get(1), acquired.get(0));
        assertThat(places.of(lead, campaign, acquired.get(1)).chosenBy()).isEqualTo(ChosenBy.PIN);
    }

    @Test
    void what_waits_in_front_by_hand_is_bounded() {
        jdbc.sql("""
                        INSERT INTO slot (pair_id, ordinal, campaign_id, stratum, priority)
                        SELECT ?, 100 + number, ?, 'ACQUIRED', 1e12 FROM generate_series(1, ?) number""")
                .params(acquired.get(3), campaign, QueueByHand.MOST_IN_FRONT)
                .update();
        assertThatThrownBy(() -> hand.pin(lead, campaign, List.of(acquired.get(1))))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("too_many_pins"));
    }

    @Test
    void an_unpinned_pair_is_left_to_chance_and_to_the_next_batch() {
        hand.pin(lead, campaign, List.of(acquired.get(1)));
        hand.unpin(lead, campaign, acquired.get(1));
        hand.unpin(lead, campaign, acquired.get(1));
        assertThat(front()).containsExactly(acquired.get(0));
        assertThat(places.of(lead, campaign, acquired.get(1)).chosenBy()).isEqualTo(ChosenBy.CHANCE);
        assertThat(audited(acquired.get(1))).containsExactly("pair.pinned", "pair.unpinned");
        choose(acquired.get(1));
        assertThat(front()).containsExactly(acquired.get(1));
    }

    @Test
    void chance_alone_orders_the_uniform_stratum_and_a_refused_set_moves_nothing() {
        assertThatThrownBy(() -> hand.pin(lead, campaign, List.of(acquired.get(1), uniform)))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.code()).isEqualTo("left_to_chance");
                    assertThat(problem.properties()).containsEntry("pair", uniform);
                });
        assertThat(front()).containsExactly(acquired.get(0));
        assertThat(audited(acquired.get(1))).isEmpty();
        assertThatThrownBy(() -> hand.veto(lead, campaign, uniform))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("left_to_chance"));
        assertThatThrownBy(() -> hand.pin(lead, campaign, List.of(UUID.randomUUID())))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("unknown_pair"));
    }

    @Test
    void a_vetoed_pair_is_put_in_front_by_no_batch_and_still_handed_out() {
        hand.veto(lead, campaign, acquired.get(0));
        assertThat(front()).isEmpty();
        // chosen before the veto, written after it
        choose(acquired.get(0));
        assertThat(front()).isEmpty();
        var place = places.of(lead, campaign, acquired.get(0));
        assertThat(place.standing()).isEqualTo(Standing.WAITING);
        assertThat(Objects.requireNonNull(place.veto()).by()).isEqualTo("Lea Lead");
        assertThat(places.vetoed(lead, campaign, null, 10))
                .extracting(QueuePlaces.Vetoed::pair)
                .containsExactly(acquired.get(0));
        for (int claim = 0; claim < 6; claim++) {
            assignments.claim(annotator, campaign, 6);
        }
        assertThat(places.of(lead, campaign, acquired.get(0)).standing()).isEqualTo(Standing.HELD);

        hand.allow(lead, campaign, acquired.get(0));
        assertThat(places.vetoed(lead, campaign, null, 10)).isEmpty();
        assertThat(audited(acquired.get(0))).containsExactly("pair.vetoed", "pair.allowed");
    }

    @Test
    void an_opinion_that_a_model_wanted_goes_with_a_veto() {
        jdbc.sql("UPDATE campaign SET most_labels = 3 WHERE id = ?")
                .param(campaign)
                .update();
        jdbc.sql("DELETE FROM slot WHERE pair_id = ?").param(acquired.get(3)).update();
        jdbc.sql("""
                        INSERT INTO slot (pair_id, ordinal, campaign_id, stratum, extra, priority, selection_probability,
                            acquisition_batch_id)
                        SELECT ?, 1, campaign_id, 'ACQUIRED', true, 3, 1, id FROM acquisition_batch WHERE campaign_id = ?""").params(acquired.get(3), campaign).update();
        hand.veto(lead, campaign, acquired.get(3));
        assertThat(jdbc.sql("SELECT reason FROM slot_withdrawal WHERE pair_id = ?")
                        .param(acquired.get(3))
                        .query(String.class)
                        .list())
                .containsExactly("VETOED");
    }
}
