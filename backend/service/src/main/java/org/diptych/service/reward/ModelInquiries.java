package org.diptych.service.reward;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.diptych.service.database.Columns;
import org.diptych.service.problem.Problem;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Questions to workers. A person has at most one of a kind under way in a campaign: the next one takes its place. They wait in
 * the row of the training runs, so a process answers one of them at a time and never beside a training.
 */
@Service
@Transactional
public class ModelInquiries {
    /** The job that a worker runs for a question; its instance is the question's id. */
    public static final TaskDescriptor<Void> ANSWER = TaskDescriptor.of("inquiry");

    private static final String LIVE = "state IN ('QUEUED', 'RUNNING')";
    /** Answers of a kind that a campaign keeps. */
    private static final int KEPT = 50;
    /** Workers that a question may take along. */
    private static final int MOST_BEGUN = 3;

    private final JdbcClient jdbc;
    private final SchedulerClient scheduler;
    private final Clock clock;
    private final JsonMapper json;

    ModelInquiries(JdbcClient jdbc, SchedulerClient scheduler, Clock clock, JsonMapper json) {
        this.jdbc = jdbc;
        this.scheduler = scheduler;
        this.clock = clock;
        this.json = json;
    }

    /** Asks on behalf of somebody who may. */
    public UUID ask(UUID account, UUID campaign, ModelInquiry.Kind kind, Object question) {
        // of two that ask at once as the same person the second waits, and takes the place of the first
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended('inquiry' || ? || ?, 0))")
                .params(account.toString(), campaign.toString())
                .query()
                .listOfRows();
        jdbc.sql("UPDATE model_inquiry SET state = 'CANCELLED', finished_at = now() WHERE campaign_id = ? AND kind = ?"
                        + " AND asked_by = ? AND " + LIVE)
                .params(campaign, kind.name(), account)
                .update();
        jdbc.sql("""
                        DELETE FROM model_inquiry WHERE finished_at IS NOT NULL AND id IN (
                            SELECT id FROM model_inquiry WHERE campaign_id = ? AND kind = ? ORDER BY asked_at DESC OFFSET ?)""").params(campaign, kind.name(), KEPT - 1).update();
        var id = jdbc.sql("""
                        INSERT INTO model_inquiry (campaign_id, kind, question, asked_by) VALUES (?, ?, ?::jsonb, ?)
                        RETURNING id""")
                .params(campaign, kind.name(), json.writeValueAsString(question), account)
                .query(UUID.class)
                .single();
        scheduler.scheduleIfNotExists(ANSWER.instance(id.toString()).scheduledTo(clock.instant()));
        return id;
    }

    /**
     * A question of the campaign.
     *
     * @throws Problem {@code unknown_inquiry}
     */
    @Transactional(readOnly = true)
    public ModelInquiry find(UUID campaign, ModelInquiry.Kind kind, UUID id) {
        return jdbc.sql("SELECT * FROM model_inquiry WHERE id = ? AND campaign_id = ? AND kind = ?")
                .params(id, campaign, kind.name())
                .query(ModelInquiries::row)
                .optional()
                .orElseThrow(() -> Problem.notFound(
                        "unknown_inquiry", "There is no such question " + id + " any more. Ask again."));
    }

    /**
     * Gives a question up, for who asked it; nothing happens to one that has ended.
     *
     * @throws Problem {@code unknown_inquiry}; {@code asked_by_another}
     */
    public void cancel(UUID account, UUID campaign, ModelInquiry.Kind kind, UUID id) {
        find(campaign, kind, id);
        boolean own = jdbc.sql("SELECT EXISTS (SELECT 1 FROM model_inquiry WHERE id = ? AND asked_by = ?)")
                .params(id, account)
                .query(Boolean.class)
                .single();
        if (!own) {
            throw Problem.forbidden(
                    "asked_by_another", "Somebody else waits for this answer. Only who asked gives a question up.");
        }
        jdbc.sql("UPDATE model_inquiry SET state = 'CANCELLED', finished_at = now() WHERE id = ? AND " + LIVE)
                .param(id)
                .update();
    }

    /**
     * A worker takes a question up, also one that another died with; nothing when nobody waits for it any more, or when it has
     * taken several workers along: then it fails.
     */
    public Optional<ModelInquiry> begin(UUID id) {
        jdbc.sql("""
                        UPDATE model_inquiry SET state = 'FAILED', message = ?, finished_at = now()
                        WHERE id = ? AND state = 'RUNNING' AND begun >= ?""")
                .params("the worker died " + MOST_BEGUN + " times before it had the answer", id, MOST_BEGUN)
                .update();
        return jdbc.sql("UPDATE model_inquiry SET state = 'RUNNING', begun = begun + 1 WHERE id = ? AND " + LIVE
                        + " RETURNING *")
                .param(id)
                .query(ModelInquiries::row)
                .optional();
    }

    /** A worker that cannot go on leaves a question to the next one. It is no fault of the question. */
    public void giveBack(UUID id) {
        jdbc.sql("UPDATE model_inquiry SET state = 'QUEUED', begun = begun - 1 WHERE id = ? AND state = 'RUNNING'")
                .param(id)
                .update();
    }

    /** Whether somebody still waits for the answer. */
    @Transactional(readOnly = true)
    public boolean isWanted(UUID id) {
        return jdbc.sql("SELECT EXISTS (SELECT 1 FROM model_inquiry WHERE id = ? AND state = 'RUNNING')")
                .param(id)
                .query(Boolean.class)
                .single();
    }

    /** Answers a question, if it is still wanted. */
    public void answer(UUID id, Object answer) {
        jdbc.sql("""
                        UPDATE model_inquiry SET state = 'DONE', answer = ?::jsonb, finished_at = now()
                        WHERE id = ? AND state = 'RUNNING'""").params(json.writeValueAsString(answer), id).update();
    }

    /** Says why there is no answer. */
    public void fail(UUID id, String why) {
        jdbc.sql("""
                        UPDATE model_inquiry SET state = 'FAILED', message = ?, finished_at = now()
                        WHERE id = ? AND state = 'RUNNING'""").params(why, id).update();
    }

    private static ModelInquiry row(ResultSet row, int number) throws SQLException {
        return new ModelInquiry(
                row.getObject("id", UUID.class),
                row.getObject("campaign_id", UUID.class),
                ModelInquiry.Kind.valueOf(row.getString("kind")),
                row.getString("question"),
                ModelInquiry.State.valueOf(row.getString("state")),
                row.getString("answer"),
                row.getString("message"),
                row.getTimestamp("asked_at").toInstant(),
                Columns.instant(row, "finished_at"));
    }
}
