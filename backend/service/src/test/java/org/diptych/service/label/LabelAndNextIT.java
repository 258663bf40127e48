package org.diptych.service.label;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.diptych.service.CampaignFixture;
import org.diptych.service.Eventually;
import org.diptych.service.ServiceTest;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.SignedIn;
import org.diptych.service.acquisition.QueueService;
import org.diptych.service.assignment.AssignmentService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A label and the claim after it wait for slots in the order in which everybody does. */
@ServiceTest
class LabelAndNextIT {
    @Autowired
    LabelAndNext together;

    @Autowired
    AssignmentService assignments;

    @Autowired
    QueueService queue;

    @Autowired
    AccountService accounts;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    private UUID campaign;
    private SignedIn ann;

    @BeforeEach
    void three_pairs_that_were_put_in_front() {
        var fixture = new CampaignFixture(jdbc, accounts);
        campaign = fixture.campaign("edit-preference-v1", 3, 1);
        ann = fixture.annotators(campaign, 1).getFirst();
        jdbc.sql("UPDATE slot SET priority = 1 WHERE campaign_id = ?")
                .param(campaign)
                .update();
    }

    /**
     * A batch found both slots open, and has locked the one that its annotator goes on with, when it comes to the one that is
     * being labelled.
     */
    @Test
    void a_batch_that_began_before_the_pairs_were_claimed_meets_no_circle() throws Exception {
        try (var threads = Executors.newCachedThreadPool();
                var first = new Held(threads, """
                        SELECT 1 FROM slot WHERE campaign_id = ? ORDER BY pair_id LIMIT 1 FOR UPDATE""")) {
            var batch = threads.submit(() -> queue.putBack(campaign));
            Eventually.holds("one waits", () -> waiting() >= 1);
            var claimed = assignments.claim(ann, campaign, 2).assignments();
            assertThat(claimed).hasSize(2);
            var last = jdbc.sql("SELECT id FROM assignment WHERE campaign_id = ? ORDER BY pair_id DESC LIMIT 1")
                    .param(campaign)
                    .query(UUID.class)
                    .single();
            var labelled = claimed.stream()
                    .filter(one -> one.id().equals(last))
                    .findFirst()
                    .orElseThrow();
            Future<LabelAndNext.Taken> taken;
            try (var _ = new Held(threads, """
                        SELECT 1 FROM assignment WHERE campaign_id = ? ORDER BY pair_id LIMIT 1 FOR NO KEY UPDATE""")) {
                taken = threads.submit(() -> together.submit(ann, TestSubmissions.rated(labelled, 4, 2), 2));
                Eventually.holds("two wait", () -> waiting() >= 2);
                first.end();
                Eventually.holds("the batch waits or is done", () -> batch.isDone() || waitingForOneThatWaits());
            }
            batch.get();
            assertThat(taken.get().label().status()).isEqualTo(LabelService.Status.ACCEPTED);
            assertThat(taken.get().next())
                    .as("what could be had with the label")
                    .hasSize(2);
        }
    }

    private int waiting() {
        return jdbc.sql(
                        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()")
                .query(Integer.class)
                .single();
    }

    private boolean waitingForOneThatWaits() {
        return jdbc.sql("""
                        SELECT EXISTS (SELECT 1 FROM pg_stat_activity a CROSS JOIN unnest(pg_blocking_pids(a.pid)) b
                            JOIN pg_stat_activity other ON other.pid = b WHERE other.wait_event_type = 'Lock')""").query(Boolean.class).single();
    }

    /** A row that somebody else has locked, until it is closed. */
    private final class Held implements AutoCloseable {
        private final CountDownLatch over = new CountDownLatch(1);
        private final Future<?> transaction;

        Held(ExecutorService threads, String sql) throws InterruptedException {
            var begun = new CountDownLatch(1);
            transaction = threads.submit(() -> new TransactionTemplate(transactions).executeWithoutResult(_ -> {
                jdbc.sql(sql).param(campaign).query().listOfRows();
                begun.countDown();
                try {
                    over.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
            begun.await();
        }

        void end() {
            over.countDown();
            try {
                transaction.get();
            } catch (InterruptedException | ExecutionException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void close() {
            end();
        }
    }
}
