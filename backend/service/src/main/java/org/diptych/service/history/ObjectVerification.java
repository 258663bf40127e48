package org.diptych.service.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.diptych.service.image.ObjectStore;

/**
 * Verifies what is in the object store against the rows that speak of it, and counts what no row speaks of. It changes
 * nothing.
 */
public final class ObjectVerification {
    private static final int BATCH = 1_000;
    private static final String REFERRED = """
            SELECT name FROM unnest(?::text[]) AS name
            WHERE EXISTS (SELECT 1 FROM image WHERE sha256 = name)
               OR EXISTS (SELECT 1 FROM candidate_evidence WHERE overlay_sha256 = name)
               OR EXISTS (SELECT 1 FROM model_version WHERE parameters_digest = name)
               OR EXISTS (SELECT 1 FROM dataset_export WHERE object = name)""";

    private final ObjectStore store;
    private final Consumer<String> progress;

    /** @param progress is told what is being looked at */
    public ObjectVerification(ObjectStore store, Consumer<String> progress) {
        this.store = store;
        this.progress = progress;
    }

    /**
     * What a verification found.
     *
     * @param intact whether nothing is missing or altered
     * @param files what rows speak of
     * @param stored objects in the store, reduced pictures among them
     * @param unreferenced those of them that no row speaks of; they do no harm but to the disk
     */
    public record Report(boolean intact, HistoryReport.Files files, long stored, long unreferenced) {}

    /**
     * Verifies everything in the store.
     *
     * @param connection its own while this lasts
     */
    public Report verify(Connection connection) throws SQLException, IOException {
        return Reading.<Report, IOException>atOneMoment(connection, () -> {
            var files = new FileVerification(store, progress).files(connection);
            var count = new Count(connection);
            store.forEachKey(count);
            count.settle();
            return new Report(files.wrong() == 0, files, count.stored, count.unreferenced);
        });
    }

    /** Asks for many names at a time. */
    private static final class Count implements Consumer<String> {
        private final Connection connection;
        private final List<String> waiting = new ArrayList<>();
        private long stored;
        private long unreferenced;

        Count(Connection connection) {
            this.connection = connection;
        }

        @Override
        public void accept(String key) {
            stored++;
            waiting.add(key.substring(key.lastIndexOf('/') + 1).replaceFirst("\\..*", ""));
            if (waiting.size() == BATCH) {
                try {
                    settle();
                } catch (SQLException e) {
                    throw new UncheckedIOException(new IOException(e.getMessage(), e));
                }
            }
        }

        void settle() throws SQLException {
            Set<String> referred = new HashSet<>();
            try (var statement = connection.prepareStatement(REFERRED)) {
                statement.setArray(1, connection.createArrayOf("text", waiting.toArray()));
                try (var rows = statement.executeQuery()) {
                    while (rows.next()) {
                        referred.add(Objects.requireNonNull(rows.getString(1)));
                    }
                }
            }
            unreferenced +=
                    waiting.stream().filter(name -> !referred.contains(name)).count();
            waiting.clear();
        }
    }
}
