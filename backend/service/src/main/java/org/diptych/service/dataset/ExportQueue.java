package org.diptych.service.dataset;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * The rows of exports, as a worker takes and settles them. Whoever writes says by which attempt: who was taken for dead
 * changes nothing any more. Each change is a transaction of its own, beside the one in which the worker reads.
 */
@Component
class ExportQueue {
    /** A worker that dies with an export leaves it to the next one; whatever killed so many of them is not tried again. */
    private static final int MOST_DEATHS = 3;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    ExportQueue(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /**
     * An export that a worker has.
     *
     * @param id which
     * @param campaign of which campaign
     * @param wish what was asked for
     * @param attempt by which the worker has it
     * @param object under which name its file is to be stored
     * @param former the object of an attempt that died, or null
     */
    record Taken(
            UUID id,
            UUID campaign,
            ExportWish wish,
            UUID attempt,
            String object,
            @Nullable String former) {}

    /**
     * Takes what the former holder of this place died with, else what has waited longest.
     *
     * @param lane the place of work, which one worker at a time has
     */
    Optional<Taken> take(int lane) {
        return transaction.execute(_ -> {
            jdbc.sql("""
                            UPDATE dataset_export SET state = CASE WHEN cancel_requested THEN 'CANCELLED' ELSE 'FAILED' END,
                                finished_at = now(),
                                failure_code = CASE WHEN NOT cancel_requested THEN 'worker_died' END,
                                failure = CASE WHEN NOT cancel_requested THEN 'The worker died ' || (deaths + 1) || ' times while it wrote'
                                    || ' this. Its administrator finds in the logs why: it was killed, or it needs more memory.' END
                            WHERE state = 'RUNNING' AND lane = ? AND (cancel_requested OR deaths + 1 >= ?)""").params(lane, MOST_DEATHS).update();
            var attempt = UUID.randomUUID();
            var object = UUID.randomUUID().toString().replace("-", "");
            return jdbc.sql("""
                            UPDATE dataset_export e SET state = 'RUNNING', lane = :lane, attempt = :attempt, object = :object,
                                deaths = e.deaths + CASE e.state WHEN 'RUNNING' THEN 1 ELSE 0 END, started_at = now(),
                                rows_read = 0, rows_expected = NULL
                            FROM (SELECT id, object AS former FROM dataset_export
                                  WHERE (state = 'RUNNING' AND lane = :lane) OR state = 'QUEUED'
                                  ORDER BY (state = 'RUNNING') DESC, number LIMIT 1 FOR UPDATE SKIP LOCKED) next
                            WHERE e.id = next.id
                            RETURNING e.id, e.campaign_id, e.wish, next.former""")
                    .param("lane", lane)
                    .param("attempt", attempt)
                    .param("object", object)
                    .query((row, number) -> new Taken(
                            row.getObject("id", UUID.class),
                            row.getObject("campaign_id", UUID.class),
                            JsonMapper.shared().readValue(row.getString("wish"), ExportWish.class),
                            attempt,
                            object,
                            row.getString("former")))
                    .optional();
        });
    }

    /** What a worker hears when it says how far it is. */
    enum Word {
        GO_ON,
        CANCEL,
        /** Another worker has it. */
        LOST
    }

    Word progress(Taken taken, long rowsRead, @Nullable Long rowsExpected) {
        return transaction.execute(_ -> jdbc.sql("""
                        UPDATE dataset_export SET rows_read = ?, rows_expected = ?
                        WHERE id = ? AND attempt = ? AND state = 'RUNNING' RETURNING cancel_requested""")
                .param(rowsRead)
                .param(rowsExpected)
                .param(taken.id())
                .param(taken.attempt())
                .query(Boolean.class)
                .optional()
                .map(cancel -> cancel ? Word.CANCEL : Word.GO_ON)
                .orElse(Word.LOST));
    }

    /** The file is stored; false if nobody wants it any more. */
    boolean finish(Taken taken, Written written, long bytes, String sha256, Instant expiresAt) {
        return settle("""
                state = 'FINISHED', rows_written = ?, left_out = ?, bytes = ?, sha256 = ?, expires_at = ?,
                finished_at = now() WHERE NOT cancel_requested AND""", taken, written.rows(), written.leftOut(), bytes, sha256, expiresAt.atOffset(ZoneOffset.UTC));
    }

    boolean fail(Taken taken, Problem problem) {
        return settle(
                "state = 'FAILED', failure_code = ?, failure = ?, finished_at = now() WHERE",
                taken,
                problem.code(),
                problem.detail());
    }

    boolean cancelled(Taken taken) {
        return settle("state = 'CANCELLED', finished_at = now() WHERE", taken);
    }

    /** This worker goes down; another one begins again. */
    boolean giveBack(Taken taken) {
        return settle("state = 'QUEUED', rows_read = 0, rows_expected = NULL, started_at = NULL WHERE", taken);
    }

    private boolean settle(String change, Taken taken, Object... values) {
        return transaction.execute(_ -> jdbc.sql("UPDATE dataset_export SET lane = NULL, " + change
                                + " id = ? AND attempt = ? AND state = 'RUNNING'")
                        .params(values)
                        .param(taken.id())
                        .param(taken.attempt())
                        .update()
                == 1);
    }
}
