package org.diptych.fault;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Disks that are full for a while. */
final class DiskFaults {
    private static final int DATABASE_MEGABYTES = 600;
    private static final int PICTURES_MEGABYTES = 64;
    private static final int ANNOTATORS = 8;
    private static final int ITEMS = 60;

    private final Path folder;

    DiskFaults(Path folder) {
        this.folder = folder;
    }

    /** The database finds no room for some seconds: labels wait meanwhile, and come in again afterwards. */
    Trial databaseFull(int seconds, int rounds) throws Exception {
        var data = folder.resolve("small");
        try (var disk = new SmallDisk(data, DATABASE_MEGABYTES);
                var server = new Installation(data, Map.of())) {
            var study = Study.create(server.url(), "faults", ITEMS);
            var annotators = study.annotators(server.url(), ANNOTATORS);
            return Trial.of(
                    "no room for the embedded database for " + seconds + " s",
                    study,
                    List.of(server.url()),
                    annotators,
                    rounds,
                    _ -> {
                        disk.fill();
                        Thread.sleep(seconds * 1_000L);
                        disk.makeRoom();
                    });
        }
    }

    /** An import finds no room for its pictures while labels go on, and succeeds as it was when there is room again. */
    Trial picturesFull(int rounds) throws Exception {
        var data = folder.resolve("pictures");
        try (var disk = new SmallDisk(data, PICTURES_MEGABYTES);
                var database = new OwnDatabase(folder.resolve("postgres-of-pictures"));
                var server = new Installation(data, database.login(), "--database-url", database.url())) {
            var study = Study.create(server.url(), "faults", ITEMS);
            var annotators = study.annotators(server.url(), ANNOTATORS);
            var wrong = new ArrayList<String>();
            var seed = new int[] {1};
            var trial = Trial.of("no room for pictures", study, List.of(server.url()), annotators, rounds, storm -> {
                disk.fill();
                seed[0]++;
                var refused = study.importItems(server.url(), 5, seed[0]);
                if (refused.statusCode() != 503
                        || !refused.body().contains("\"code\":\"no_room\"")
                        || refused.headers().firstValue("Retry-After").isEmpty()) {
                    wrong.add("without room: " + refused.statusCode() + " " + refused.body());
                }
                if (!storm.awaitLabels(5, 60)) {
                    wrong.add("labels do not go on without room for pictures");
                }
                disk.makeRoom();
                var taken = study.importItems(server.url(), 5, seed[0]);
                if (taken.statusCode() != 200
                        || Client.JSON.readTree(taken.body()).path("items").asInt() != 5) {
                    wrong.add("with room: " + taken.statusCode() + " " + taken.body());
                }
            });
            trial.faults().addAll(wrong);
            return trial;
        }
    }
}
