package org.diptych.fault;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Faults of one process with its own database. */
final class EmbeddedFaults implements AutoCloseable {
    private final Installation server;
    private final Study study;
    private final List<Client> annotators;

    /** @param items of the campaign, each of 56 labels; enough for all faults together */
    EmbeddedFaults(Path folder, int items, int annotators, String... options) throws Exception {
        server = new Installation(folder.resolve("embedded"), Map.of(), options);
        try {
            study = Study.create(server.url(), "faults", items);
            this.annotators = study.annotators(server.url(), annotators);
        } catch (Exception failed) {
            server.close();
            throw failed;
        }
    }

    private Trial trial(String fault, int rounds, Trial.Strike strike) throws Exception {
        return Trial.of(fault, study, List.of(server.url()), annotators, rounds, strike);
    }

    /** Nobody starts anything again: the product does. */
    Trial databaseKilled(int rounds) throws Exception {
        var whole = new boolean[1];
        return trial("kill -9 of the embedded PostgreSQL", rounds, _ -> {
            server.killDatabase(whole[0]);
            whole[0] = !whole[0];
        });
    }

    Trial serverKilled(int rounds) throws Exception {
        return trial("kill -9 of the server", rounds, _ -> {
            server.kill();
            server.start();
        });
    }

    Trial bothKilled(int rounds) throws Exception {
        return trial("kill -9 of the server and its PostgreSQL", rounds, _ -> {
            server.killDatabase(true);
            server.kill();
            server.start();
        });
    }

    Trial terminated(int rounds) throws Exception {
        return trial("SIGTERM", rounds, _ -> {
            server.terminate();
            int status = server.exit();
            if (status != 0 && status != 143) {
                throw new IllegalStateException("exit status " + status);
            }
            server.start();
        });
    }

    @Override
    public void close() throws Exception {
        server.close();
    }
}
