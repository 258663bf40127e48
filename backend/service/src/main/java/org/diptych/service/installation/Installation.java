package org.diptych.service.installation;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the installation stands, as the node that was asked sees it.
 *
 * @param versions what runs
 * @param storage what is stored, and how much room is left
 * @param jobs what is done beside the work, by name
 * @param trainings the runs that wait or run
 */
public record Installation(Versions versions, Storage storage, List<Job> jobs, List<Training> trainings) {
    /**
     * What runs.
     *
     * @param diptych the version of the product; {@code (development)} outside a built jar
     * @param java the Java runtime
     * @param database PostgreSQL's version
     * @param schema the newest migration that was applied, e.g. {@code 38}
     * @param startedAt when this node was started
     */
    public record Versions(String diptych, String java, String database, String schema, Instant startedAt) {}

    /**
     * What is stored, in bytes.
     *
     * @param pictures distinct pictures that were imported
     * @param pictureBytes their originals together; what is made from them for display comes on top
     * @param databaseBytes the whole database with its indexes
     * @param tables the largest tables with their indexes, largest first
     * @param folder this node's data folder
     * @param freeBytes room left on its disk; null when it cannot be read
     * @param diskBytes size of its disk; null when it cannot be read
     */
    public record Storage(
            long pictures,
            long pictureBytes,
            long databaseBytes,
            List<Table> tables,
            String folder,
            @Nullable Long freeBytes,
            @Nullable Long diskBytes) {
        /** Keeps its own copy of the list. */
        public Storage {
            tables = List.copyOf(tables);
        }
    }

    /**
     * A table.
     *
     * @param rows as the database estimates them; null before it has counted for the first time
     */
    public record Table(String name, long bytes, @Nullable Long rows) {}

    /**
     * A job that comes again and again.
     *
     * @param name e.g. {@code train-when-due}
     * @param due when it runs next, or should have
     * @param node who runs it at this moment; null when nobody does
     * @param failures how often it has failed since it last succeeded
     */
    public record Job(
            String name,
            Instant due,
            @Nullable String node,
            @Nullable Instant lastSuccess,
            @Nullable Instant lastFailure,
            int failures) {}

    /**
     * A training run in the queue of the workers.
     *
     * @param run its id
     * @param campaign the campaign's name
     * @param node who runs it at this moment; null while it waits
     * @param heartbeat when that node last said so
     */
    public record Training(
            String run,
            String campaign,
            Instant due,
            @Nullable String node,
            @Nullable Instant heartbeat) {}

    /** An installation keeps its own copies of the lists. */
    public Installation {
        jobs = List.copyOf(jobs);
        trainings = List.copyOf(trainings);
    }
}
