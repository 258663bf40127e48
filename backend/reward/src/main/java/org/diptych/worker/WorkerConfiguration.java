package org.diptych.worker;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.diptych.evidence.EvidenceService;
import org.diptych.reward.TrainingRunService;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The jobs of a worker, in a process whose role is {@code all} or {@code worker}. */
@Configuration
@ConditionalOnExpression("'${diptych.role:all}' != 'web'")
class WorkerConfiguration {
    /** One trains, one looks whether training is due, one measures what edits leak, one orders new campaigns. */
    private static final int THREADS = 4;

    private static final Duration LOOK_EVERY = Duration.ofSeconds(3);
    private static final Duration MEASURE_EVERY = Duration.ofSeconds(2);
    private static final Duration ORDER_EVERY = Duration.ofSeconds(10);
    private static final Duration POLL_EVERY = Duration.ofSeconds(1);
    private static final Duration HEARTBEAT_EVERY = Duration.ofSeconds(5);
    private static final int MISSED_HEARTBEATS = 4;
    private static final Duration PATIENCE_AT_STOP = Duration.ofSeconds(5);

    @Bean
    SmartLifecycle jobs(
            DataSource dataSource,
            TrainingJob training,
            ColdStart coldStart,
            TrainingRunService runs,
            EvidenceService evidence,
            Encoding encoding) {
        encoding.requireUsable();
        var stopping = new AtomicBoolean();
        var train = Tasks.oneTime(TrainingRunService.TRAIN)
                // a worker that died with a run leaves it to the next one; the run itself counts its attempts
                .onDeadExecutionRevive()
                .execute((instance, _) -> training.run(UUID.fromString(instance.getId())));
        var look = Tasks.recurring("train-when-due", FixedDelay.of(LOOK_EVERY))
                .execute((_, _) -> runs.openCampaigns().forEach(runs::requestWhenDue));
        // the table of candidates is the queue, so a worker that dies with it leaves nothing undone
        var measure = Tasks.recurring("measure-edit-leaks", FixedDelay.of(MEASURE_EVERY))
                .execute((_, _) -> evidence.measurePending(stopping::get));
        var order = Tasks.recurring("order-new-campaigns", FixedDelay.of(ORDER_EVERY))
                .execute((_, _) -> coldStart.orderNewCampaigns(stopping::get));
        var scheduler = Scheduler.create(dataSource, List.of(train))
                .startTasks(look, measure, order)
                .threads(THREADS)
                .pollingInterval(POLL_EVERY)
                .heartbeatInterval(HEARTBEAT_EVERY)
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .shutdownMaxWait(PATIENCE_AT_STOP)
                .build();
        return new JobsLifecycle(scheduler, () -> {
            stopping.set(true);
            training.stopSoon();
        });
    }

    /** Starts the jobs after everything else is up, and stops them first. */
    private static final class JobsLifecycle implements SmartLifecycle {
        private final Scheduler scheduler;
        private final Runnable stopSoon;
        private volatile boolean running;

        JobsLifecycle(Scheduler scheduler, Runnable stopSoon) {
            this.scheduler = scheduler;
            this.stopSoon = stopSoon;
        }

        @Override
        public void start() {
            scheduler.start();
            running = true;
        }

        @Override
        public void stop() {
            stopSoon.run();
            scheduler.stop();
            running = false;
        }

        @Override
        public boolean isRunning() {
            return running;
        }
    }
}
