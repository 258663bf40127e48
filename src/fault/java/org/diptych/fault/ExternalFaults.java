package org.diptych.fault;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Faults of nodes that share a database of their own installation, and of the way to it. */
final class ExternalFaults implements AutoCloseable {
    private final OwnDatabase database;
    private final List<Installation> nodes = new ArrayList<>();
    private final Study study;
    private final List<Client> annotators;
    private final Path folder;

    /** @param items of the campaign, each of 56 labels; enough for all faults together */
    ExternalFaults(Path folder, int items, int annotators) throws Exception {
        this.folder = folder;
        database = new OwnDatabase(folder.resolve("postgres"));
        try {
            var first = addNode("web");
            study = Study.create(first.url(), "faults", items);
            this.annotators = study.annotators(first.url(), annotators);
        } catch (Exception failed) {
            close();
            throw failed;
        }
    }

    /** One more process on the same database and the same pictures. */
    private Installation addNode(String role) throws Exception {
        var node = new Installation(
                folder.resolve("shared"), database.login(), "--database-url", database.url(), "--role", role);
        nodes.add(node);
        return node;
    }

    private Trial trial(String fault, int rounds, Trial.Strike strike) throws Exception {
        return Trial.of(fault, study, nodes.stream().map(Installation::url).toList(), annotators, rounds, strike);
    }

    Trial cut(int seconds, int rounds) throws Exception {
        return trial("connection to the database cut for " + seconds + " s", rounds, _ -> {
            database.way().way(TcpProxy.Way.CUT);
            Thread.sleep(seconds * 1_000L);
            database.way().way(TcpProxy.Way.OPEN);
        });
    }

    Trial silent(int seconds, int rounds) throws Exception {
        return trial("no packet to or from the database for " + seconds + " s", rounds, _ -> {
            database.way().way(TcpProxy.Way.SILENT);
            Thread.sleep(seconds * 1_000L);
            database.way().way(TcpProxy.Way.OPEN);
        });
    }

    /** The pool does not collapse: labels go on to come, and nobody is sent away. */
    Trial slow(int milliseconds, int labels) throws Exception {
        var wrong = new ArrayList<String>();
        var trial = trial("every statement " + milliseconds + " ms later, " + labels + " labels", 1, storm -> {
            database.way().delay(milliseconds);
            try {
                int before = storm.unavailable();
                if (!storm.awaitLabels(labels, 120)) {
                    wrong.add("fewer than " + labels + " labels in 120 s");
                }
                if (storm.unavailable() > before) {
                    wrong.add(storm.unavailable() - before + " requests were sent away");
                }
                var health = nodes.getFirst().health("");
                if (!health.startsWith("200") || !health.contains("SLOW")) {
                    wrong.add("health says " + health);
                }
            } finally {
                database.way().delay(0);
            }
        });
        trial.faults().addAll(wrong);
        return trial;
    }

    /** Somebody starts the database again, and nobody the servers. */
    Trial databaseKilled(int rounds) throws Exception {
        return trial("kill -9 of an external PostgreSQL", rounds, _ -> {
            database.kill();
            database.startAgain();
        });
    }

    Trial oneOfTwoKilled(int rounds) throws Exception {
        var second = nodes.size() > 1 ? nodes.getLast() : addNode("web");
        return trial("kill -9 of one of two web nodes", rounds, storm -> {
            second.kill();
            if (!storm.awaitLabels(20, 60)) {
                throw new IllegalStateException("the other node took no labels");
            }
            second.start();
        });
    }

    /** What a request has begun is finished, and the process ends by itself. */
    Trial terminated(int rounds) throws Exception {
        return trial("SIGTERM of a web node", rounds, _ -> {
            nodes.getLast().terminate();
            int status = nodes.getLast().exit();
            if (status != 0 && status != 143) {
                throw new IllegalStateException("exit status " + status);
            }
            nodes.getLast().start();
        });
    }

    /** A worker dies in each phase of a training, and another one finishes it. */
    Trial workerKilled() throws Exception {
        var worker = addNode("worker");
        nodes.remove(worker);
        try (worker) {
            return trial(
                    "kill -9 of a worker, once in each phase of a training",
                    1,
                    new WorkerDeaths(study, nodes.getFirst(), worker));
        }
    }

    @Override
    public void close() throws Exception {
        try (database) {
            closeNodes();
        }
    }

    /** Each, also where another one cannot be closed. */
    private void closeNodes() throws Exception {
        if (!nodes.isEmpty()) {
            try (var _ = nodes.removeLast()) {
                closeNodes();
            }
        }
    }
}
