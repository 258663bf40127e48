package org.diptych.fault;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * The long form of the faults, as a table: whatever is killed, cut, held up or full under annotators at work, every
 * acknowledged label is there exactly once, and the product comes back by itself. Arguments: an empty folder (a temporary
 * one), how often each process is killed (17), how long the way to the database is cut, in seconds (30), then the
 * rows that are wanted by the beginnings of their names, such as {@code external-cut} (all). The built product is {@code src/target/diptych.jar}, or what {@code -Ddiptych.jar} says. Rows of
 * full disks need the superuser, who may make a file system in memory.
 */
public final class FaultBench {
    private static final int ANNOTATORS = 8;
    /** Of 56 labels each: annotators must not run out of work between two faults. */
    private static final int ITEMS = Integer.getInteger("diptych.items", 300);

    private static final int DELAY_MILLISECONDS = 200;

    private final Path folder;
    private final int kills;
    private final int seconds;
    private final List<String> wanted;
    private final List<Trial> trials = new ArrayList<>();

    private FaultBench(Path folder, int kills, int seconds, List<String> wanted) {
        this.folder = folder;
        this.kills = kills;
        this.seconds = seconds;
        this.wanted = wanted;
    }

    /** Exit status 1 when anything was lost, doubled or answered wrongly. */
    public static void main(String... arguments) throws Exception {
        var all = List.of(arguments);
        var folder =
                all.isEmpty() ? Files.createTempDirectory("faults") : Files.createDirectories(Path.of(all.getFirst()));
        var bench = new FaultBench(
                folder.toAbsolutePath(),
                all.size() > 1 ? Integer.parseInt(all.get(1)) : 17,
                all.size() > 2 ? Integer.parseInt(all.get(2)) : 30,
                all.stream().skip(3).toList());
        bench.run();
        System.out.println("\n" + Trial.HEADER);
        bench.trials.forEach(trial -> System.out.println(trial.row()));
        System.exit(bench.trials.stream().allMatch(trial -> trial.faults().isEmpty()) ? 0 : 1);
    }

    private void run() throws Exception {
        if (isWanted("embedded")) {
            try (var faults = new EmbeddedFaults(folder, ITEMS, ANNOTATORS)) {
                row("embedded-database", () -> faults.databaseKilled(kills));
                row("embedded-server", () -> faults.serverKilled(kills));
                row("embedded-both", () -> faults.bothKilled(kills));
                row("embedded-stop", () -> faults.terminated(2));
            }
        }
        if (isWanted("external")) {
            try (var faults = new ExternalFaults(folder, ITEMS, ANNOTATORS)) {
                row("external-cut", () -> faults.cut(seconds, 2));
                row("external-silent", () -> faults.silent(seconds, 1));
                row("external-slow", () -> faults.slow(DELAY_MILLISECONDS, 60));
                row("external-database", () -> faults.databaseKilled(5));
                row("external-node", () -> faults.oneOfTwoKilled(3));
                row("external-stop", () -> faults.terminated(2));
                row("external-worker", faults::workerKilled);
            }
        }
        if (SmallDisk.isPossible()) {
            var faults = new DiskFaults(folder);
            row("disk-database", () -> faults.databaseFull(5, 3));
            row("disk-pictures", () -> faults.picturesFull(3));
        }
    }

    private void row(String name, Callable<Trial> trial) throws Exception {
        if (wanted.isEmpty() || wanted.stream().anyMatch(name::startsWith)) {
            trials.add(trial.call());
        }
    }

    /** Whether any row of a group is. */
    private boolean isWanted(String group) {
        return wanted.isEmpty() || wanted.stream().anyMatch(word -> word.startsWith(group));
    }
}
