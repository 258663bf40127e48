package org.diptych.reward.worker;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.diptych.service.account.SignIns;
import org.diptych.service.alert.AlertWatch;
import org.diptych.service.backup.ScheduledBackups;
import org.diptych.service.campaign.CampaignTally;
import org.diptych.service.conduct.RuleWatch;
import org.diptych.service.dataset.ExportWork;
import org.diptych.service.delivery.AlertDelivery;
import org.diptych.service.draft.CampaignDrafts;
import org.diptych.service.evidence.EvidenceService;
import org.diptych.service.history.LabelChain;
import org.diptych.service.image.PictureUpkeep;
import org.diptych.service.reward.TrainingRunService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DuplicateKeyException;

/** The jobs of a worker, in a process whose role is {@code all} or {@code worker}. */
@Configuration
@ConditionalOnExpression("'${diptych.role:all}' != 'web'")
class WorkerConfiguration {
    private static final Logger log = LoggerFactory.getLogger(WorkerConfiguration.class);
    /**
     * One looks whether training is due, one measures pictures and leaks, one orders campaigns, one chains, one saves, one
     * looks after campaigns, one sends; and exports have their places. */
    private static final int SHORT_THREADS = 7 + ExportWork.LANES;
    /**
     * The engine does one thing at a time in a process; other runs, and questions to the models, wait in the database for
     * whoever is free first. */
    private static final int TRAINING_THREADS = 1;

    private static final Duration LOOK_EVERY = Duration.ofSeconds(3);
    private static final Duration MEASURE_EVERY = Duration.ofSeconds(2);
    private static final Duration ORDER_EVERY = Duration.ofSeconds(10);
    private static final Duration FORGET_EVERY = Duration.ofHours(1);
    private static final Duration CHAIN_EVERY = Duration.ofSeconds(5);
    private static final Duration LOOK_FOR_BACKUPS_EVERY = Duration.ofMinutes(1);
    private static final Duration WATCH_EVERY = Duration.ofSeconds(30);
    private static final Duration LOOK_AT_WORK_EVERY = Duration.ofMinutes(3);
    private static final Duration SEND_EVERY = Duration.ofSeconds(5);
    private static final Duration EXPORT_EVERY = Duration.ofSeconds(1);
    private static final Duration POLL_EVERY = Duration.ofSeconds(1);
    private static final Duration HEARTBEAT_EVERY = Duration.ofSeconds(5);
    private static final int MISSED_HEARTBEATS = 4;
    private static final Duration PATIENCE_AT_STOP = Duration.ofSeconds(5);

    @Bean
    SmartLifecycle jobs(
            DataSource dataSource,
            TrainingJob training,
            InquiryJob inquiries,
            ColdStart coldStart,
            TrainingRunService runs,
            EvidenceService evidence,
            PictureUpkeep pictures,
            SignIns signIns,
            CampaignDrafts drafts,
            LabelChain chain,
            CampaignTally tally,
            ScheduledBackups backups,
            AlertWatch alerts,
            AlertDelivery delivery,
            RuleWatch rules,
            ExportWork exports,
            Encoding encoding) {
        encoding.requireUsable();
        var stopping = new AtomicBoolean();
        var look = Tasks.recurring("train-when-due", FixedDelay.of(LOOK_EVERY))
                .execute((_, _) -> requestWhenDue(runs, stopping::get));
        // the table of candidates is the queue, so a worker that dies with it leaves nothing undone
        var measure = Tasks.recurring("measure-edit-leaks", FixedDelay.of(MEASURE_EVERY))
                .execute((_, _) -> {
                    // never beside the measuring, which reads the variants that are made anew
                    pictures.measureEarlier(stopping::get);
                    evidence.measurePending(stopping::get);
                });
        var forget = Tasks.recurring("forget-ended-sign-ins", FixedDelay.of(FORGET_EVERY))
                .execute((_, _) -> {
                    signIns.forgetEnded();
                    drafts.forgetUntouched();
                });
        // whatever keeps another job from its work must not fill the disk
        var tidy = Tasks.recurring("delete-expired-exports", FixedDelay.of(FORGET_EVERY))
                .execute((_, _) -> exports.deleteExpired());
        var order = Tasks.recurring("order-new-campaigns", FixedDelay.of(ORDER_EVERY))
                .execute((_, _) -> coldStart.orderNewCampaigns(stopping::get));
        var append = Tasks.recurring("chain-labels", FixedDelay.of(CHAIN_EVERY)).execute((_, _) -> {
            chain.extend(stopping::get);
            // counted as they come into the chain
            tally.extend(stopping::get);
        });
        var save = Tasks.recurring("make-backups", FixedDelay.of(LOOK_FOR_BACKUPS_EVERY))
                .execute((_, _) -> backups.makeWhenDue());
        var watch = Tasks.recurring("watch-campaigns", FixedDelay.of(WATCH_EVERY))
                .execute((_, _) -> alerts.look(stopping::get));
        var conduct = Tasks.recurring("look-at-annotators-work", FixedDelay.of(LOOK_AT_WORK_EVERY))
                .execute((_, _) -> rules.look(stopping::get));
        var send = Tasks.recurring("send-alerts", FixedDelay.of(SEND_EVERY)).execute((_, _) -> delivery.sendDue());
        var trainings = beating(Scheduler.create(dataSource, List.of(training.task(HEARTBEAT_EVERY), inquiries.task()))
                        .tableName(TrainingRunService.JOBS))
                .threads(TRAINING_THREADS)
                .build();
        var others = beating(Scheduler.create(dataSource)
                        .startTasks(Stream.concat(
                                        Stream.of(
                                                look, measure, order, forget, tidy, append, save, watch, conduct, send),
                                        writingExports(exports, stopping::get).stream())
                                .toList()))
                .threads(SHORT_THREADS)
                .build();
        return new JobsLifecycle(List.of(trainings, others), () -> {
            stopping.set(true);
            training.stopSoon();
            inquiries.stopSoon();
        });
    }

    /** A place of work is a job that one worker at a time has: what another one died with in it is found there. */
    private static List<RecurringTask<Void>> writingExports(ExportWork exports, BooleanSupplier stopping) {
        return IntStream.range(0, ExportWork.LANES)
                .mapToObj(lane -> Tasks.recurring("write-exports-" + lane, FixedDelay.of(EXPORT_EVERY))
                        .execute((_, _) -> exports.writeWaiting(lane, stopping)))
                .toList();
    }

    private static SchedulerBuilder beating(SchedulerBuilder scheduler) {
        return scheduler
                .pollingInterval(POLL_EVERY)
                .heartbeatInterval(HEARTBEAT_EVERY)
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .shutdownMaxWait(PATIENCE_AT_STOP);
    }

    /** A campaign that cannot be asked keeps no other from training. */
    private static void requestWhenDue(TrainingRunService runs, BooleanSupplier stopping) {
        for (var campaign : runs.openCampaigns()) {
            if (stopping.getAsBoolean()) {
                return;
            }
            try {
                runs.requestWhenDue(campaign);
            } catch (DuplicateKeyException e) {
                log.debug("a lead was faster: campaign {} trains already", campaign);
            } catch (RuntimeException e) {
                log.error("campaign {}: whether training is due is unknown", campaign, e);
            }
        }
    }
}
