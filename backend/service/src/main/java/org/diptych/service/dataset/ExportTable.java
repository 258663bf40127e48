package org.diptych.service.dataset;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.diptych.service.database.Columns;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The rows of exports, as people see them. Who writes for a worker does it in {@link ExportQueue}. */
@Component
class ExportTable {
    private static final String COLUMNS =
            "SELECT e.*, a.name AS requester FROM dataset_export e JOIN account a ON a.id ="
                    + " e.requested_by WHERE e.campaign_id = ? ";

    private final JdbcClient jdbc;

    ExportTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    UUID add(UUID campaign, ExportWish wish, UUID who) {
        return jdbc.sql("""
                        INSERT INTO dataset_export (campaign_id, wish, requested_by) VALUES (?, ?::jsonb, ?) RETURNING id""")
                .params(campaign, JsonMapper.shared().writeValueAsString(wish), who)
                .query(UUID.class)
                .single();
    }

    /** How many of the campaign wait or are written. Nobody else adds one until this transaction ends. */
    long live(UUID campaign) {
        jdbc.sql("SELECT 1 FROM campaign WHERE id = ? FOR NO KEY UPDATE")
                .param(campaign)
                .query(Integer.class)
                .single();
        return jdbc.sql("SELECT count(*) FROM dataset_export WHERE campaign_id = ? AND state IN ('QUEUED', 'RUNNING')")
                .param(campaign)
                .query(Long.class)
                .single();
    }

    List<DatasetExport> list(UUID campaign, int most) {
        return jdbc.sql(COLUMNS + "ORDER BY e.number DESC LIMIT ?")
                .params(campaign, most)
                .query((row, number) -> export(row))
                .list();
    }

    Optional<DatasetExport> find(UUID campaign, UUID id) {
        return jdbc.sql(COLUMNS + "AND e.id = ?")
                .params(campaign, id)
                .query((row, number) -> export(row))
                .optional();
    }

    /** The name of the object that holds the file of a finished export. */
    Optional<String> object(UUID id) {
        return jdbc.sql("SELECT object FROM dataset_export WHERE id = ? AND state = 'FINISHED'")
                .param(id)
                .query(String.class)
                .optional();
    }

    /** Stops what waits at once, and asks whoever writes to stop; false if it has ended or somebody has asked. */
    boolean cancel(UUID campaign, UUID id) {
        return jdbc.sql("""
                        UPDATE dataset_export SET cancel_requested = true,
                            state = CASE state WHEN 'QUEUED' THEN 'CANCELLED' ELSE state END,
                            finished_at = CASE state WHEN 'QUEUED' THEN now() END
                        WHERE campaign_id = ? AND id = ? AND state IN ('QUEUED', 'RUNNING') AND NOT cancel_requested""").params(campaign, id).update() == 1;
    }

    /**
     * Deletes the row of an export that has ended.
     *
     * @return the name of the object that nothing speaks of any more; empty where there was none
     */
    Optional<String> delete(UUID campaign, UUID id) {
        return jdbc.sql("""
                        DELETE FROM dataset_export WHERE campaign_id = ? AND id = ? AND state NOT IN ('QUEUED', 'RUNNING')
                        RETURNING coalesce(object, '')""").params(campaign, id).query(String.class).optional();
    }

    /** Files that are too old, or too many of their campaign; none of them can be downloaded from now on. */
    List<String> expire(Instant now, int keep) {
        return jdbc.sql("""
                        UPDATE dataset_export SET state = 'EXPIRED' WHERE state = 'FINISHED' AND (expires_at <= ? OR id IN (
                            SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY campaign_id ORDER BY number DESC) AS place
                                            FROM dataset_export WHERE state = 'FINISHED') ranked WHERE place > ?))
                        RETURNING object""")
                .params(now.atOffset(ZoneOffset.UTC), keep)
                .query(String.class)
                .list();
    }

    /** Objects that may be there and belong to no export that can be downloaded or is being written. */
    List<String> leftObjects() {
        return jdbc.sql(
                        "SELECT object FROM dataset_export WHERE object IS NOT NULL AND state NOT IN ('RUNNING', 'FINISHED')")
                .query(String.class)
                .list();
    }

    /** The object is gone. */
    void forgetObject(String object) {
        jdbc.sql("UPDATE dataset_export SET object = NULL WHERE object = ? AND state NOT IN ('RUNNING', 'FINISHED')")
                .param(object)
                .update();
    }

    /** Forgets what has ended without a file, but the latest of each campaign. */
    void forgetOld(int most) {
        jdbc.sql("""
                        DELETE FROM dataset_export WHERE object IS NULL AND id IN (
                            SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY campaign_id ORDER BY number DESC) AS place
                                            FROM dataset_export WHERE state IN ('FAILED', 'CANCELLED', 'EXPIRED')) ranked
                            WHERE place > ?)""").param(most).update();
    }

    private static DatasetExport export(ResultSet row) throws SQLException {
        var wish = JsonMapper.shared().readValue(row.getString("wish"), ExportWish.class);
        return new DatasetExport(
                row.getObject("id", UUID.class),
                row.getLong("number"),
                wish,
                DatasetExport.State.valueOf(row.getString("state")),
                row.getString("requester"),
                row.getTimestamp("created_at").toInstant(),
                Columns.instant(row, "started_at"),
                Columns.instant(row, "finished_at"),
                Columns.instant(row, "expires_at"),
                row.getLong("rows_read"),
                number(row, "rows_expected"),
                number(row, "rows_written"),
                number(row, "left_out"),
                fileName(wish),
                number(row, "bytes"),
                row.getString("sha256"),
                row.getString("failure_code"),
                row.getString("failure"),
                row.getBoolean("cancel_requested"));
    }

    /** A word that this version does not know must not keep people from the list of what was made. */
    private static String fileName(ExportWish wish) {
        try {
            return wish.fileName();
        } catch (Problem unknown) {
            return wish.format() + ".zip";
        }
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }
}
