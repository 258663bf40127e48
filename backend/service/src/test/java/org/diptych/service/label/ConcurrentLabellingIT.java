package org.diptych.service.label;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.diptych.service.CampaignFixture;
import org.diptych.service.ServiceTest;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.SignedIn;
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

    @Test
    void sixteen_annotators_give_every_pair_exactly_three_labels_and_never_two_of_one_annotator() throws Exception {
        var fixture = new CampaignFixture(jdbc, accounts);
        var campaign = fixture.campaign("edit-preference-v1", PAIRS, LABELS_PER_PAIR);
        var acknowledged = new ConcurrentLinkedQueue<UUID>();
        try (var threads = Executors.newFixedThreadPool(ANNOTATORS)) {
            var runs = new ArrayList<Future<?>>();
            for (var annotator : fixture.annotators(campaign, ANNOTATORS)) {
                runs.add(threads.submit(() -> labelUntilEmpty(annotator, campaign, acknowledged)));
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
        } catch (java.util.concurrent.ExecutionException e) {
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
