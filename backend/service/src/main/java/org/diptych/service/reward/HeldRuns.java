package org.diptych.service.reward;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.diptych.service.dataset.SnapshotService;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Training runs as workers hold them. A run is held by at most one worker, by its attempt: every write for it requires, in
 * its own transaction, that this attempt still holds it, so a worker that was paused and taken for dead writes nothing more.
 */
@Service
@Transactional
public class HeldRuns {
    private static final String HELD = "id = :run AND attempt = :attempt AND held AND " + TrainingRunService.LIVE;

    private final JdbcClient jdbc;
    private final TrainingRunService runs;
    private final SnapshotService snapshots;

    HeldRuns(JdbcClient jdbc, TrainingRunService runs, SnapshotService snapshots) {
        this.jdbc = jdbc;
        this.runs = runs;
        this.snapshots = snapshots;
    }

    /**
     * A worker takes a live run up: the first one, one to which it was handed back, or one after another that died with it.
     * Whoever held it before has lost it.
     *
     * @return the run with its new attempt; nothing when it has ended
     */
    public Optional<TrainingRun> begin(UUID run) {
        return jdbc.sql("""
                        UPDATE training_run SET attempt = attempt + 1, deaths = deaths + held::int, held = true,
                            started_at = coalesce(started_at, now()), heartbeat_at = now()
                        WHERE id = ? AND """ + " " + TrainingRunService.LIVE + " RETURNING id")
                .param(run)
                .query(UUID.class)
                .optional()
                .flatMap(runs::find);
    }

    /**
     * A worker that stops in good order lets go of its run: it counts as no death, and the next worker takes it up at once.
     * Does nothing when the run is not this attempt's any more.
     */
    public void handBack(TrainingRun run) {
        int handed = held("""
                        UPDATE training_run SET held = false, state = 'QUEUED', epoch = 0, epochs = 0,
                            message = 'Handed back: the worker stopped, or its database was away.' WHERE """, run).update();
        if (handed > 0) {
            // the job keeps its place in the row of those that are due
            jdbc.sql("""
                            UPDATE training_task SET picked = false, picked_by = NULL, last_heartbeat = NULL,
                                version = version + 1 WHERE task_name = ? AND task_instance = ? AND picked""")
                    .params(TrainingRunService.TRAIN.getTaskName(), run.id().toString())
                    .update();
        }
    }

    /**
     * The worker that holds a run is taken for dead: the run waits again. Its death is counted when the next worker takes it
     * up, and until then it may still turn out to be alive.
     *
     * @param silent how long it must have been silent
     */
    public void presumeDead(UUID run, Duration silent) {
        jdbc.sql("""
                        UPDATE training_run SET state = 'QUEUED', epoch = 0, epochs = 0, message = 'The worker does not answer any more.'
                        WHERE id = ? AND held AND heartbeat_at < now() - make_interval(secs => ?) AND """ + " " + TrainingRunService.LIVE)
                .params(run, silent.toSeconds())
                .update();
    }

    /**
     * Does something for a run in one transaction, if its attempt still holds it when that transaction commits.
     *
     * @throws RunLostException otherwise; nothing was done
     */
    public <T> T whileHeld(TrainingRun run, Supplier<T> work) {
        requireHeld(run);
        return work.get();
    }

    /**
     * Requires that a run is still held by its attempt, until the transaction around this call has ended.
     *
     * @throws RunLostException otherwise
     */
    public void requireHeld(TrainingRun run) {
        require(
                run,
                held("SELECT 1 FROM training_run WHERE", run, "FOR UPDATE")
                        .query(Integer.class)
                        .list()
                        .size());
    }

    /**
     * A run enters its next part, or ends.
     *
     * @throws RunLostException if it is another worker's by now, or has ended
     */
    public void enter(TrainingRun run, TrainingRun.State state, @Nullable String message) {
        require(
                run,
                held("""
                        UPDATE training_run SET state = :state, message = :message, epoch = 0, epochs = 0, heartbeat_at = now(),
                            held = NOT :ended, finished_at = CASE WHEN :ended THEN now() END WHERE""", run)
                        .param("state", state.name())
                        .param("message", message)
                        .param("ended", state.ended())
                        .update());
    }

    /**
     * Freezes the campaign's labels for a run.
     *
     * @throws RunLostException if it is another worker's by now; nothing was frozen
     */
    @Transactional(isolation = Isolation.REPEATABLE_READ)
    public SnapshotService.Snapshot freeze(TrainingRun run) {
        requireHeld(run);
        var snapshot = snapshots.freeze(run.campaign());
        jdbc.sql("UPDATE training_run SET snapshot_id = ? WHERE id = ?")
                .params(snapshot.id(), run.id())
                .update();
        return snapshot;
    }

    /**
     * A run says what it could not train on.
     *
     * @param candidates that are set aside
     * @param labels that are left out with them
     * @throws RunLostException if it is another worker's by now
     */
    public void leaveOut(TrainingRun run, int candidates, int labels) {
        require(
                run,
                held("UPDATE training_run SET set_aside = :candidates, left_out = :labels WHERE", run)
                        .param("candidates", candidates)
                        .param("labels", labels)
                        .update());
    }

    /**
     * The next pairs could not be chosen; the run goes on to its end.
     *
     * @param why the reason, in words for a lead
     * @throws RunLostException if it is another worker's by now
     */
    public void choiceFailed(TrainingRun run, String why) {
        require(
                run,
                held("UPDATE training_run SET choice_failure = :why WHERE", run)
                        .param("why", why)
                        .update());
    }

    /**
     * A run reports how far it is.
     *
     * @return whether somebody asked it to stop
     * @throws RunLostException if it is another worker's by now
     */
    public boolean progress(
            TrainingRun run, int step, int steps, @Nullable Double loss, @Nullable Double validationLoss) {
        var cancelled = held("""
                        UPDATE training_run SET epoch = :step, epochs = :steps, loss = coalesce(:loss, loss),
                            validation_loss = coalesce(:validation, validation_loss), heartbeat_at = now()
                        WHERE""", run, "RETURNING cancel_requested")
                .param("step", step)
                .param("steps", steps)
                .param("loss", loss)
                .param("validation", validationLoss)
                .query(Boolean.class)
                .list();
        require(run, cancelled.size());
        if (loss != null) {
            // what stands beyond this step came of a fit that broke off: the curve shows one fit
            jdbc.sql("DELETE FROM training_epoch WHERE run_id = ? AND epoch > ?")
                    .params(run.id(), step)
                    .update();
            jdbc.sql("""
                            INSERT INTO training_epoch (run_id, epoch, loss, validation_loss) VALUES (:run, :step, :loss, :validation)
                            ON CONFLICT (run_id, epoch) DO UPDATE
                                SET loss = excluded.loss, validation_loss = excluded.validation_loss""")
                    .param("run", run.id())
                    .param("step", step)
                    .param("loss", loss)
                    .param("validation", validationLoss)
                    .update();
        }
        return cancelled.getFirst();
    }

    private JdbcClient.StatementSpec held(String statement, TrainingRun run) {
        return held(statement, run, "");
    }

    private JdbcClient.StatementSpec held(String statement, TrainingRun run, String end) {
        return jdbc.sql(statement + " " + HELD + " " + end)
                .param("run", run.id())
                .param("attempt", run.attempt());
    }

    private static void require(TrainingRun run, int rows) {
        if (rows == 0) {
            throw new RunLostException(run);
        }
    }
}
