package org.diptych.service.label;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.diptych.service.CampaignFixture;
import org.diptych.service.ServiceTest;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.SignedIn;
import org.diptych.service.acquisition.QueueService;
import org.diptych.service.assignment.AssignmentService;
import org.diptych.service.assignment.AssignmentView;
import org.diptych.service.problem.Problem;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Many annotators at once on a real database: exactly N labels a pair, and nothing acknowledged is lost. */
@ServiceTest
class ConcurrentLabellingIT {
    private static final int ANNOTATORS = 16;
    private static final int PAIRS = 60;
    private static final int LABELS_PER_PAIR = 3;

    @Autowired
    AssignmentService assignments;

    @Autowired
    LabelService labels;

    @Autowired
    AccountService accounts;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    LabelAndNext together;

    @Autowired
    QueueService queue;

    @Test
    void sixteen_annotators_give_every_pair_exactly_three_labels_and_never_two_of_one_annotator() throws Exception {
        everyPairGetsItsLabels(this::labelUntilEmpty);
    }

    @Test
    void so_they_do_who_take_the_next_pair_with_each_label_while_leases_run_out() throws Exception {
        everyPairGetsItsLabels(this::labelAndGoOn);
    }

    private interface Work {
        void run(SignedIn annotator, UUID campaign, ConcurrentLinkedQueue<UUID> acknowledged);
    }

    private void everyPairGetsItsLabels(Work work) throws Exception {
        var fixture = new CampaignFixture(jdbc, accounts);
        var campaign = fixture.campaign("edit-preference-v1", PAIRS, LABELS_PER_PAIR);
        var acknowledged = new ConcurrentLinkedQueue<UUID>();
        try (var threads = Executors.newFixedThreadPool(ANNOTATORS)) {
            var runs = new ArrayList<Future<?>>();
            for (var annotator : fixture.annotators(campaign, ANNOTATORS)) {
                runs.add(threads.submit(() -> work.run(annotator, campaign, acknowledged)));
            }
            for (var run : runs) {
                run.get();
            }
        }

        List<Integer> labelsOfPairs =
                jdbc.sql("""
                        SELECT count(l.id)::int FROM pair p LEFT JOIN current_label l ON l.pair_id = p.id
                        WHERE p.campaign_id = ? GROUP BY p.id""").param(campaign).query(Integer.class).list();
        assertThat(labelsOfPairs).hasSize(PAIRS).containsOnly(LABELS_PER_PAIR);
        assertThat(jdbc.sql("""
                        SELECT count(*) FROM (SELECT 1 FROM current_label WHERE campaign_id = ?
                        GROUP BY pair_id, annotator_id HAVING count(*) > 1) twice""").param(campaign).query(Integer.class).single()).isZero();
        List<UUID> stored = jdbc.sql("SELECT id FROM label WHERE campaign_id = ? AND kind = 'ANSWER'")
                .param(campaign)
                .query(UUID.class)
                .list();
        assertThat(stored).containsExactlyInAnyOrderElementsOf(acknowledged);
        assertThat(jdbc.sql("SELECT count(*) FROM slot WHERE campaign_id = ? AND state <> 'FILLED'")
                        .param(campaign)
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    /**
     * Takes the next pairs with each label, sends one label in five twice at once, lets what is held run out now and then, and
     * has chance order the queue anew, until nothing is left.
     */
    private void labelAndGoOn(SignedIn annotator, UUID campaign, ConcurrentLinkedQueue<UUID> acknowledged) {
        var random = new Random(annotator.name().hashCode());
        int idle = 0;
        var held = assignments.claim(annotator, campaign, 2);
        while (held.empty() != AssignmentService.Empty.ALL_LABELLED) {
            if (held.assignments().isEmpty()) {
                assertThat(idle++).as("waits for others").isLessThan(400);
                pause();
            }
            for (var next = held.assignments(); !next.isEmpty(); ) {
                idle = 0;
                if (random.nextInt(6) == 0) {
                    letRunOut(annotator, campaign);
                }
                if (random.nextInt(12) == 0) {
                    queue.putBack(campaign);
                }
                next = labelAndNext(annotator, next.get(random.nextInt(next.size())), random, acknowledged);
            }
            held = assignments.claim(annotator, campaign, 2);
        }
    }

    private List<AssignmentView> labelAndNext(
            SignedIn annotator, AssignmentView held, Random random, ConcurrentLinkedQueue<UUID> acknowledged) {
        var submission = submission(UUID.randomUUID(), held, 1 + random.nextInt(4), 1 + random.nextInt(4));
        int count = 1 + random.nextInt(3);
        try (var tabs = Executors.newFixedThreadPool(2)) {
            var sent = new ArrayList<Future<LabelAndNext.Taken>>();
            for (int times = random.nextInt(5) == 0 ? 2 : 1; times > 0; times--) {
                sent.add(tabs.submit(() -> together.submit(annotator, submission, count)));
            }
            var next = List.<AssignmentView>of();
            for (var one : sent) {
                next = Objects.requireNonNull(one.get().next(), "a claim failed");
            }
            acknowledged.add(submission.id());
            return next;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } catch (ExecutionException e) {
            // somebody took what had run out
            if (e.getCause() instanceof Problem problem && problem.code().equals("lease_lost")) {
                return List.of();
            }
            throw new AssertionError(e);
        }
    }

    private void letRunOut(SignedIn annotator, UUID campaign) {
        jdbc.sql("""
                        WITH over AS (
                            UPDATE assignment SET expires_at = now() - interval '1 second'
                            WHERE annotator_id = ? AND campaign_id = ? AND state = 'LEASED' RETURNING id)
                        UPDATE slot SET expires_at = now() - interval '1 second' FROM over
                        WHERE slot.assignment_id = over.id AND slot.state = 'LEASED'""").params(annotator.id(), campaign).update();
    }

    /** Claims a few, skips some, submits some twice at once, until nothing is left. */
    private void labelUntilEmpty(SignedIn annotator, UUID campaign, ConcurrentLinkedQueue<UUID> acknowledged) {
        var random = new Random(annotator.name().hashCode());
        int idle = 0;
        while (idle < 400) {
            var claim = assignments.claim(annotator, campaign, 1 + random.nextInt(4));
            if (claim.empty() == AssignmentService.Empty.ALL_LABELLED) {
                return;
            }
            if (claim.assignments().isEmpty()) {
                idle++;
                pause();
                continue;
            }
            idle = 0;
            for (var assignment : claim.assignments()) {
                submitTwice(annotator, assignment, acknowledged, random);
            }
        }
        throw new AssertionError("waited for others for ever");
    }

    private void submitTwice(
            SignedIn annotator, AssignmentView assignment, ConcurrentLinkedQueue<UUID> acknowledged, Random random) {
        var submission = submission(UUID.randomUUID(), assignment, 1 + random.nextInt(4), 1 + random.nextInt(4));
        try (var pair = Executors.newFixedThreadPool(2)) {
            var one = pair.submit(() -> labels.submit(annotator, submission));
            var other = pair.submit(() -> labels.submit(annotator, submission));
            assertThat(List.of(one.get().status(), other.get().status()))
                    .containsExactlyInAnyOrder(LabelService.Status.ACCEPTED, LabelService.Status.DUPLICATE);
            acknowledged.add(submission.id());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof Problem)) {
                throw new AssertionError(e);
            }
            throw new AssertionError("a lease held was refused", e);
        }
    }

    static Submission submission(UUID id, AssignmentView assignment, int left, int right) {
        JsonNode ratings = JsonMapper.shared().readTree("{\"left\":" + left + ",\"right\":" + right + "}");
        return new Submission(
                id,
                assignment.id(),
                assignment.token(),
                Map.of("instruction_following", ratings, "visual_quality", ratings),
                null,
                null,
                false,
                1_000,
                null,
                null,
                null);
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
