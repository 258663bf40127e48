package org.diptych.service.installation;

import java.util.List;
import org.diptych.service.database.Columns;
import org.diptych.service.installation.Installation.Job;
import org.diptych.service.installation.Installation.Table;
import org.diptych.service.installation.Installation.Training;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What the database knows of itself and of the jobs. */
@Repository
class InstallationReader {
    /** Who wants more has a prompt of the database. */
    private static final int LARGEST = 8;

    private static final int MOST_RUNS = 50;

    private final JdbcClient jdbc;

    InstallationReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    String database() {
        return text("SHOW server_version");
    }

    String schema() {
        return text("""
                SELECT version FROM flyway_schema_history WHERE success AND version IS NOT NULL
                ORDER BY installed_rank DESC LIMIT 1""");
    }

    long databaseBytes() {
        return number("SELECT pg_database_size(current_database())");
    }

    /** Number of pictures and the bytes of their originals. */
    long[] pictures() {
        return jdbc.sql("SELECT count(*), coalesce(sum(bytes), 0) FROM image")
                .query((row, _) -> new long[] {row.getLong(1), row.getLong(2)})
                .single();
    }

    /** The parts of a table that has some count with it. */
    List<Table> tables() {
        return jdbc.sql("""
                        SELECT c.relname, pg_total_relation_size(c.oid) AS bytes, nullif(c.reltuples, -1)::bigint AS rows
                        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                        WHERE n.nspname = 'public' AND c.relkind = 'r' ORDER BY bytes DESC, c.relname LIMIT ?""")
                .param(LARGEST)
                .query((row, _) ->
                        new Table(row.getString("relname"), row.getLong("bytes"), row.getObject("rows", Long.class)))
                .list();
    }

    List<Job> jobs() {
        return jdbc.sql("""
                        SELECT task_name, execution_time, CASE WHEN picked THEN picked_by END AS node, last_success, last_failure,
                               coalesce(consecutive_failures, 0) AS failures
                        FROM scheduled_tasks ORDER BY task_name""")
                .query((row, _) -> new Job(
                        row.getString("task_name"),
                        row.getTimestamp("execution_time").toInstant(),
                        row.getString("node"),
                        Columns.instant(row, "last_success"),
                        Columns.instant(row, "last_failure"),
                        row.getInt("failures")))
                .list();
    }

    List<Training> trainings() {
        return jdbc.sql("""
                        SELECT t.task_instance, c.name, t.execution_time, CASE WHEN t.picked THEN t.picked_by END AS node,
                               t.last_heartbeat
                        FROM training_task t JOIN training_run r ON r.id::text = t.task_instance
                        JOIN campaign c ON c.id = r.campaign_id
                        ORDER BY t.picked DESC, t.execution_time LIMIT ?""")
                .param(MOST_RUNS)
                .query((row, _) -> new Training(
                        row.getString("task_instance"),
                        row.getString("name"),
                        row.getTimestamp("execution_time").toInstant(),
                        row.getString("node"),
                        Columns.instant(row, "last_heartbeat")))
                .list();
    }

    private String text(String query) {
        return jdbc.sql(query).query(String.class).single();
    }

    private long number(String query) {
        return jdbc.sql(query).query(Long.class).single();
    }
}
