package org.diptych.reward.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.diptych.service.account.SignIns;
import org.diptych.service.acquisition.QueueService;
import org.diptych.service.alert.AlertWatch;
import org.diptych.service.backup.ScheduledBackups;
import org.diptych.service.campaign.CampaignTally;
import org.diptych.service.conduct.RuleWatch;
import org.diptych.service.dataset.ExportWork;
import org.diptych.service.delivery.AlertDelivery;
import org.diptych.service.draft.CampaignDrafts;
import org.diptych.service.evidence.EvidenceService;
import org.diptych.service.history.LabelChain;
import org.diptych.service.image.ObjectStore;
import org.diptych.service.image.PictureUpkeep;
import org.diptych.service.reward.HeldRuns;
import org.diptych.service.reward.ModelVersionService;
import org.diptych.service.reward.NewModelVersion;
import org.diptych.service.reward.RunLostException;
import org.diptych.service.reward.TrainingRun;
import org.diptych.service.reward.TrainingRunService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Runs with the real scheduler, trainer and database; the encoder is a server that can keep a worker waiting. */
@WorkerTest
class TrainingJobIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @Autowired
    AutowireCapableBeanFactory beans;

    @Autowired
    DataSource dataSource;

    @Autowired
    TrainingRunService runs;

    @Autowired
    HeldRuns holds;

    @Autowired
    ModelVersionService models;

    @Autowired
    QueueService queue;

    @Autowired
    EvidenceService evidence;

    @Autowired
    PictureUpkeep pictures;

    @Autowired
    SignIns signIns;

    @Autowired
    SchedulerClient scheduler;

    @Autowired
    Encoding encoding;

    @Autowired
    EncodingServer encoder;

    @Autowired
    ObjectStore store;

    @Autowired
    JdbcClient jdbc;

    private final List<SmartLifecycle> workers = new ArrayList<>();

    @BeforeEach
    void open_the_encoder() {
        jdbc.sql("UPDATE campaign SET state = 'CLOSED'").update();
        encoding.requireUsable();
    }

    @AfterEach
    void stop() {
        encoder.keepWaiting(false);
        workers.forEach(SmartLifecycle::stop);
        jdbc.sql("DELETE FROM training_task").update();
        jdbc.sql("UPDATE training_run SET state = 'CANCELLED', held = false WHERE state = 'QUEUED' OR held")
                .update();
    }

    @Test
    void stopped_workers_hand_their_run_back_at_once_however_often() throws Exception {
        var run = request(new EditCampaign(jdbc, store).items(30, 200).labelAllBut(4));
        encoder.keepWaiting(true);
        for (int restart = 1; restart <= 4; restart++) {
            int asked = encoder.requests();
            var worker = startWorker();
            await(() -> encoder.requests() > asked && run(run).state() == TrainingRun.State.ENCODING);
            var stopping = CompletableFuture.runAsync(worker::stop);
            // while the encoder still keeps the thread
            await(() -> run(run).state() == TrainingRun.State.QUEUED);
            assertThat(run(run).message()).contains("Handed back");
            assertThat(jdbc.sql("""
                                    SELECT NOT picked AND execution_time <= now() FROM training_task
                                    WHERE task_instance = ?""").param(run.toString()).query(Boolean.class).single())
                    .as("whoever looks next takes it up")
                    .isTrue();
            stopping.join();
        }
        encoder.keepWaiting(false);
        startWorker();
        await(() -> run(run).state().ended());
        assertThat(run(run).state()).as(run(run).message()).isEqualTo(TrainingRun.State.FINISHED);
        assertThat(run(run).deaths()).isZero();
        assertThat(run(run).attempt()).isEqualTo(5);
        assertThat(versions(run)).isOne();
        await(() -> jobs() == 0);
    }

    @Test
    void a_run_is_given_up_after_three_real_deaths() {
        var run = request(new EditCampaign(jdbc, store));
        var job = job();
        for (int death = 0; death < 3; death++) {
            assertThat(holds.begin(run)).isPresent();
        }
        assertThat(job.run(run)).isEqualTo(RunHolder.Outcome.ENDED);
        assertThat(run(run).state()).isEqualTo(TrainingRun.State.FAILED);
        assertThat(run(run).message()).contains("died 3 times");
    }

    @Test
    void a_worker_that_was_taken_for_dead_stops_without_a_trace() throws Exception {
        var campaign = new EditCampaign(jdbc, store).items(30, 200).labelAllBut(4);
        var run = request(campaign);
        encoder.keepWaiting(true);
        int asked = encoder.requests();
        var paused = CompletableFuture.supplyAsync(() -> job().run(run));
        await(() -> encoder.requests() > asked);
        var successor = holds.begin(run).orElseThrow();
        assertThat(successor.deaths()).isOne();
        encoder.keepWaiting(false);
        assertThat(paused.join()).isEqualTo(RunHolder.Outcome.LET_GO);
        assertThat(versions(run)).isZero();
        assertThat(run(run).attempt()).isEqualTo(successor.attempt());
        assertThat(run(run).state().ended()).isFalse();
    }

    @Test
    void nothing_that_a_stale_worker_writes_stays() throws Exception {
        var campaign = new EditCampaign(jdbc, store).items(3, 200).labelAllBut(1);
        var run = request(campaign);
        var stale = holds.begin(run).orElseThrow();
        var snapshot = holds.freeze(stale);
        assertThat(holds.begin(run)).isPresent();
        var version = new NewModelVersion(
                campaign.id, run, snapshot.id(), "0".repeat(64), "e", "{}", 1, null, null, null, 0, null, "{}");
        var batch = new QueueService.NewBatch(campaign.id, null, "uniform", null, 0, 1);
        var plan = new QueueService.Plan(List.of(), List.of(), Map.of());
        assertThatThrownBy(() -> holds.whileHeld(stale, () -> models.add(version, true)))
                .isInstanceOf(RunLostException.class);
        assertThatThrownBy(() -> holds.whileHeld(stale, () -> queue.putInFront(batch, plan)))
                .isInstanceOf(RunLostException.class);
        assertThatThrownBy(() -> holds.freeze(stale)).isInstanceOf(RunLostException.class);
        assertThatThrownBy(() -> holds.progress(stale, 1, 2, 0.5, null)).isInstanceOf(RunLostException.class);
        assertThatThrownBy(() -> holds.enter(stale, TrainingRun.State.FINISHED, "done"))
                .isInstanceOf(RunLostException.class);
        holds.handBack(stale);
        assertThat(versions(run)).isZero();
        assertThat(count("acquisition_batch WHERE campaign_id = ?", campaign.id))
                .isZero();
        assertThat(count("dataset_snapshot WHERE campaign_id = ?", campaign.id)).isOne();
        assertThat(count("training_epoch WHERE run_id = ?", run)).isZero();
        assertThat(count("training_run WHERE held AND id = ?", run)).isOne();
    }

    @Test
    void the_curve_of_a_run_that_was_taken_up_again_is_that_of_one_fit() {
        var run = request(new EditCampaign(jdbc, store));
        var broken = holds.begin(run).orElseThrow();
        for (int step = 20; step <= 80; step += 20) {
            holds.progress(broken, step, 200, 9.0, null);
        }
        var again = holds.begin(run).orElseThrow();

        holds.progress(again, 20, 200, 1.0, null);

        assertThat(jdbc.sql("SELECT epoch || ' ' || loss FROM training_epoch WHERE run_id = ?")
                        .param(run)
                        .query(String.class)
                        .list())
                .containsExactly("20 1");
    }

    @Test
    void however_many_campaigns_are_due_one_trains_and_the_short_jobs_go_on() throws Exception {
        encoder.keepWaiting(true);
        var waiting = new ArrayList<UUID>();
        for (int campaign = 0; campaign < 6; campaign++) {
            waiting.add(request(
                    new EditCampaign(jdbc, store).items(4, 100 + campaign).labelAllBut(1)));
        }
        var due = new EditCampaign(jdbc, store).items(4, 150).labelAllBut(0);
        startWorker();
        await(() -> count("training_run WHERE held") == 1);
        await(() -> count("""
                        candidate_evidence e JOIN candidate c ON c.id = e.candidate_id
                        WHERE e.outcome = 'PENDING' AND c.campaign_id = ?""", due.id) == 0);
        await(() -> count("training_run WHERE campaign_id = ?", due.id) == 1);
        assertThat(count("training_run WHERE held")).isOne();
        assertThat(count("training_task WHERE picked")).isOne();
        assertThat(count("training_task WHERE NOT picked")).isEqualTo(waiting.size());
    }

    @Test
    void a_failure_that_cannot_be_recorded_while_the_database_is_away_is_recorded_afterwards() throws Exception {
        var run = request(new EditCampaign(jdbc, store).items(30, 200).labelAllBut(4));
        encoder.keepWaiting(true);
        int asked = encoder.requests();
        var outcome = CompletableFuture.supplyAsync(() -> job().run(run));
        await(() -> encoder.requests() > asked);
        encoder.goAway(true);
        whileTheDatabaseIsAway(pool -> {
            encoder.keepWaiting(false);
            await(() -> pool.getHikariPoolMXBean().getThreadsAwaitingConnection() > 0);
            Thread.sleep(2 * pool.getConnectionTimeout());
            assertThat(outcome).isNotDone();
        });
        encoder.goAway(false);

        assertThat(outcome.join()).isEqualTo(RunHolder.Outcome.ENDED);
        assertThat(run(run).state()).isEqualTo(TrainingRun.State.FAILED);
        assertThat(run(run).message()).contains("encoder cannot be used");
        assertThat(run(run).deaths()).isZero();
    }

    @Test
    void a_run_that_meets_no_database_waits_for_it_and_has_not_died() throws Exception {
        var run = request(new EditCampaign(jdbc, store).items(30, 200).labelAllBut(4));
        encoder.keepWaiting(true);
        int asked = encoder.requests();
        var outcome = CompletableFuture.supplyAsync(() -> job().run(run));
        await(() -> encoder.requests() > asked);
        whileTheDatabaseIsAway(pool -> {
            encoder.keepWaiting(false);
            await(() -> pool.getHikariPoolMXBean().getThreadsAwaitingConnection() > 0);
            Thread.sleep(2 * pool.getConnectionTimeout());
        });

        assertThat(outcome.join()).isEqualTo(RunHolder.Outcome.LET_GO);
        assertThat(run(run).state()).isEqualTo(TrainingRun.State.QUEUED);
        startWorker();
        await(() -> run(run).state().ended());
        assertThat(run(run).state()).as(run(run).message()).isEqualTo(TrainingRun.State.FINISHED);
        assertThat(run(run).deaths()).isZero();
    }

    @Test
    void sign_ins_that_have_ended_are_removed_though_nobody_signs_in() throws Exception {
        jdbc.sql("""
                        INSERT INTO sign_in (token_sha256, account_id, created_at, seen_at)
                        SELECT sha256('old'), id, now() - interval '8 days', now() - interval '1 minute' FROM account LIMIT 1""").update();
        assertThat(count("sign_in WHERE token_sha256 = sha256('old')")).isOne();
        // it may have run for another test within the hour
        jdbc.sql("UPDATE scheduled_tasks SET execution_time = now() WHERE task_name = 'forget-ended-sign-ins'")
                .update();
        startWorker();
        await(() -> count("sign_in WHERE token_sha256 = sha256('old')") == 0);
    }

    /** The database ends all connections and takes no new ones. */
    private void whileTheDatabaseIsAway(WithPool work) throws Exception {
        var pool = dataSource.unwrap(HikariDataSource.class);
        var name = jdbc.sql("SELECT current_database()").query(String.class).single();
        long patience = pool.getConnectionTimeout();
        try (var connection = DriverManager.getConnection(pool.getJdbcUrl().replace(name, "postgres"));
                var statement = connection.createStatement()) {
            pool.setConnectionTimeout(500);
            statement.execute("ALTER DATABASE " + name + " ALLOW_CONNECTIONS false");
            try {
                statement.execute(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
                work.run(pool);
            } finally {
                statement.execute("ALTER DATABASE " + name + " ALLOW_CONNECTIONS true");
                pool.setConnectionTimeout(patience);
            }
        }
    }

    private interface WithPool {
        void run(HikariDataSource pool) throws Exception;
    }

    private UUID request(EditCampaign campaign) {
        var run = jdbc.sql("""
                        INSERT INTO training_run (campaign_id, state, trigger) VALUES (?, 'QUEUED', 'MANUAL') RETURNING id""").param(campaign.id).query(UUID.class).single();
        scheduler.scheduleIfNotExists(
                TrainingRunService.TRAIN.instance(run.toString()).scheduledTo(Instant.now()));
        return run;
    }

    /** What a process has of its own. */
    private TrainingJob job() {
        return beans.createBean(TrainingJob.class);
    }

    private SmartLifecycle startWorker() {
        var worker = new WorkerConfiguration()
                .jobs(
                        dataSource,
                        job(),
                        beans.createBean(InquiryJob.class),
                        beans.createBean(ColdStart.class),
                        runs,
                        evidence,
                        pictures,
                        signIns,
                        beans.getBean(CampaignDrafts.class),
                        beans.getBean(LabelChain.class),
                        beans.getBean(CampaignTally.class),
                        beans.getBean(ScheduledBackups.class),
                        beans.getBean(AlertWatch.class),
                        beans.getBean(AlertDelivery.class),
                        beans.getBean(RuleWatch.class),
                        beans.getBean(ExportWork.class),
                        encoding);
        workers.add(worker);
        worker.start();
        return worker;
    }

    private TrainingRun run(UUID run) {
        return runs.find(run).orElseThrow();
    }

    private int versions(UUID run) {
        return count("model_version WHERE run_id = ?", run);
    }

    private int jobs() {
        return count("training_task");
    }

    private int count(String rows, Object... parameters) {
        return jdbc.sql("SELECT count(*) FROM " + rows)
                .params(parameters)
                .query(Integer.class)
                .single();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        var until = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(until)) {
                throw new AssertionError("it does not happen");
            }
            Thread.sleep(50);
        }
    }
}
