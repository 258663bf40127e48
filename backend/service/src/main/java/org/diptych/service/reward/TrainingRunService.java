package org.diptych.service.reward;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.diptych.service.account.CampaignAccess;
import org.diptych.service.account.SignedIn;
import org.diptych.service.audit.AuditAction;
import org.diptych.service.audit.AuditLog;
import org.diptych.service.campaign.CampaignCounts;
import org.diptych.service.database.Columns;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Requests, follows and cancels training runs. A campaign has at most one live run, by a unique index. */
@Service
@Transactional
public class TrainingRunService {
    /** The job that a worker runs for a run; its instance is the run's id. */
    public static final TaskDescriptor<Void> TRAIN = TaskDescriptor.of("train");

    /** The table of these jobs. */
    public static final String JOBS = JobClient.TABLE;

    static final String LIVE = "state IN ('QUEUED', 'ENCODING', 'TRAINING', 'SCORING')";

    private static final Duration COUNT_AGAIN = Duration.ofMinutes(1);
    private static final int MOST_KEPT = 1_000;

    private final JdbcClient jdbc;
    private final CampaignAccess access;
    private final CampaignCounts counts;
    private final SchedulerClient scheduler;
    private final Clock clock;
    private final AuditLog audit;
    private final TransactionTemplate transaction;
    /** What a look at a campaign has found. For a minute: a label may be committed after one with a later sequence. */
    private final Cache<UUID, Looked> looked = Caffeine.newBuilder()
            .maximumSize(MOST_KEPT)
            .expireAfterWrite(COUNT_AGAIN)
            .build();

    /** So many labels were new to training when the latest one was of that sequence. */
    private record Looked(long sequence, long labels) {}

    TrainingRunService(
            JdbcClient jdbc,
            CampaignAccess access,
            CampaignCounts counts,
            SchedulerClient scheduler,
            Clock clock,
            AuditLog audit,
            PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.access = access;
        this.counts = counts;
        this.scheduler = scheduler;
        this.clock = clock;
        this.audit = audit;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** A lead asks for a run now. */
    public UUID request(SignedIn who, UUID campaign) {
        access.requireLead(who, campaign);
        try {
            var run = start(campaign, TrainingRun.Trigger.MANUAL, who.id());
            audit.write(AuditAction.TRAINING_REQUESTED, who.id(), campaign, run.toString(), null, null);
            return run;
        } catch (DuplicateKeyException e) {
            throw Problem.conflict("already_running", "A training run of this campaign is under way.");
        }
    }

    /**
     * Starts a run when none is live and the campaign has enough new labels, or all it will get, or at least one and
     * enough hours went by since its last run (since its beginning, if there was none).
     *
     * @return the run, when one was started
     */
    @Transactional(propagation = Propagation.NOT_SUPPORTED)
    public Optional<UUID> requestWhenDue(UUID campaign) {
        // asked every few seconds: no campaign is counted while the labels that came since cannot make a run due
        var before = looked.getIfPresent(campaign);
        if (before != null
                && trigger(campaign, before.labels() + labelsAfter(campaign, before.sequence()))
                        .isEmpty()) {
            return Optional.empty();
        }
        long latest = latest(campaign);
        long labels = counts.of(campaign).labelsSinceTraining();
        looked.put(campaign, new Looked(latest, labels));
        if (trigger(campaign, labels).isEmpty()) {
            return Optional.empty();
        }
        return transaction.execute(
                _ -> trigger(campaign, labelsSinceTraining(campaign)).map(trigger -> start(campaign, trigger, null)));
    }

    private long latest(UUID campaign) {
        return jdbc.sql("SELECT coalesce(max(sequence), 0) FROM label WHERE campaign_id = ?")
                .param(campaign)
                .query(Long.class)
                .single();
    }

    /** As many at most could be new to training: some of them are skips, or take the place of others. */
    private long labelsAfter(UUID campaign, long sequence) {
        return jdbc.sql("SELECT count(*) FROM label WHERE campaign_id = ? AND sequence > ?")
                .params(campaign, sequence)
                .query(Long.class)
                .single();
    }

    private long labelsSinceTraining(UUID campaign) {
        return jdbc.sql("SELECT labels FROM labels_since_training WHERE campaign_id = ?")
                .param(campaign)
                .query(Long.class)
                .single();
    }

    private Optional<TrainingRun.Trigger> trigger(UUID campaign, long labels) {
        return jdbc.sql("""
                        SELECT CASE
                            WHEN :labels >= c.retrain_every
                                -- the last labels of a campaign count, however few they are
                                OR NOT EXISTS (SELECT 1 FROM slot s WHERE s.campaign_id = c.id AND s.state IN ('OPEN', 'LEASED'))
                            THEN 'LABELS'
                            WHEN c.retrain_hours IS NOT NULL
                                AND coalesce((SELECT max(created_at) FROM training_run r WHERE r.campaign_id = c.id), c.created_at)
                                    <= :now - make_interval(hours => c.retrain_hours)
                            THEN 'TIME' END AS trigger
                        FROM campaign c
                        WHERE c.id = :campaign AND c.state = 'OPEN' AND :labels > 0
                          AND NOT EXISTS (SELECT 1 FROM training_run r WHERE r.campaign_id = c.id
                                          AND r.state IN ('QUEUED', 'ENCODING', 'TRAINING', 'SCORING'))""")
                .param("campaign", campaign)
                .param("labels", labels)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query((row, number) -> Optional.ofNullable(row.getString("trigger")))
                .optional()
                .flatMap(trigger -> trigger)
                .map(TrainingRun.Trigger::valueOf);
    }

    private UUID start(UUID campaign, TrainingRun.Trigger trigger, @Nullable UUID requestedBy) {
        var run = jdbc.sql("""
                        INSERT INTO training_run (campaign_id, state, trigger, requested_by) VALUES (:campaign, 'QUEUED', :trigger, :who)
                        RETURNING id""")
                .param("campaign", campaign)
                .param("trigger", trigger.name())
                .param("who", requestedBy)
                .query(UUID.class)
                .single();
        scheduler.scheduleIfNotExists(TRAIN.instance(run.toString()).scheduledTo(clock.instant()));
        return run;
    }

    /** Campaigns that hand out work. */
    @Transactional(readOnly = true)
    public List<UUID> openCampaigns() {
        return jdbc.sql("SELECT id FROM campaign WHERE state = 'OPEN'")
                .query(UUID.class)
                .list();
    }

    /** Asks a live run to stop at its next step; one that no worker holds is cancelled at once. */
    public void cancel(SignedIn who, UUID campaign, UUID run) {
        access.requireLead(who, campaign);
        int asked = jdbc.sql("""
                        UPDATE training_run SET cancel_requested = true, state = CASE WHEN held THEN state ELSE 'CANCELLED' END,
                            message = CASE WHEN held THEN message ELSE 'Cancelled.' END,
                            finished_at = CASE WHEN NOT held THEN now() END
                        WHERE id = ? AND campaign_id = ? AND """ + " " + LIVE).params(run, campaign).update();
        if (asked == 0) {
            throw Problem.conflict("not_running", "This training run has ended already.");
        }
        audit.write(AuditAction.TRAINING_CANCELLED, who.id(), campaign, run.toString(), null, null);
    }

    /** The campaign's runs, newest first, for its leads. */
    @Transactional(readOnly = true)
    public List<TrainingRun> list(SignedIn who, UUID campaign, int limit) {
        access.requireLead(who, campaign);
        return runs("r.campaign_id = ? ORDER BY r.created_at DESC LIMIT ?", campaign, limit);
    }

    /** One run, for the campaign's leads. */
    @Transactional(readOnly = true)
    public TrainingRun find(SignedIn who, UUID campaign, UUID run) {
        access.requireLead(who, campaign);
        return runs("r.campaign_id = ? AND r.id = ?", campaign, run).stream()
                .findFirst()
                .orElseThrow(() -> Problem.notFound("unknown_run", "There is no training run " + run + "."));
    }

    /** One run, for the worker. */
    @Transactional(readOnly = true)
    public Optional<TrainingRun> find(UUID run) {
        return runs("r.id = ?", run).stream().findFirst();
    }

    /** Losses of a run by epoch, for its curve. */
    @Transactional(readOnly = true)
    public List<Epoch> epochs(SignedIn who, UUID campaign, UUID run) {
        access.requireLead(who, campaign);
        return jdbc.sql("""
                        SELECT e.epoch, e.loss, e.validation_loss FROM training_epoch e JOIN training_run r ON r.id = e.run_id
                        WHERE r.campaign_id = ? AND e.run_id = ? ORDER BY e.epoch""")
                .params(campaign, run)
                .query((row, number) ->
                        new Epoch(row.getInt("epoch"), row.getDouble("loss"), Columns.number(row, "validation_loss")))
                .list();
    }

    /** The labels that a run has frozen, if it got that far. */
    @Transactional(readOnly = true)
    public Optional<UUID> snapshot(UUID run) {
        return jdbc.sql("SELECT snapshot_id FROM training_run WHERE id = ? AND snapshot_id IS NOT NULL")
                .param(run)
                .query(UUID.class)
                .optional();
    }

    private List<TrainingRun> runs(String condition, Object... parameters) {
        return jdbc.sql("""
                        SELECT r.*, s.labels, m.number AS model FROM training_run r
                        LEFT JOIN dataset_snapshot s ON s.id = r.snapshot_id LEFT JOIN model_version m ON m.run_id = r.id
                        WHERE """ + " " + condition)
                .params(parameters)
                .query((row, number) -> new TrainingRun(
                        row.getObject("id", UUID.class),
                        row.getObject("campaign_id", UUID.class),
                        TrainingRun.State.valueOf(row.getString("state")),
                        TrainingRun.Trigger.valueOf(row.getString("trigger")),
                        Columns.integer(row, "labels"),
                        row.getInt("epoch"),
                        row.getInt("epochs"),
                        Columns.number(row, "loss"),
                        Columns.number(row, "validation_loss"),
                        row.getString("message"),
                        row.getString("choice_failure"),
                        row.getBoolean("cancel_requested"),
                        Columns.integer(row, "model"),
                        row.getInt("attempt"),
                        row.getInt("deaths"),
                        row.getInt("set_aside"),
                        row.getInt("left_out"),
                        row.getTimestamp("created_at").toInstant(),
                        Columns.instant(row, "started_at"),
                        Columns.instant(row, "finished_at")))
                .list();
    }

    /**
     * A point of a run's loss curve.
     *
     * @param epoch epoch or step
     * @param loss on the training labels
     * @param validationLoss on held-out labels
     */
    public record Epoch(int epoch, double loss, @Nullable Double validationLoss) {}
}
