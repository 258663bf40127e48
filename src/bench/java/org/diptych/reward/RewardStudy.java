package org.diptych.reward;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.diptych.reward.encoder.EmbeddedEditEncoder;
import org.diptych.reward.encoder.Experience;

/**
 * How often the reward model agrees with the truth on items it has not seen, against simple rules, on edits with known quality. Arguments:
 * folder of the set, folder for work [seeds] [arms] [groupings] [folder of another experience].
 *
 * <p>The work folder keeps features and finished rows: an interrupted study goes on where it stopped.
 */
public final class RewardStudy {

    private final EditSet set;
    private final Contestants contestants;
    private final Path finished;
    private final Map<String, double[]> results = new HashMap<>();

    private RewardStudy(EditSet set, Contestants contestants, Path finished) throws IOException {
        this.set = set;
        this.contestants = contestants;
        this.finished = finished;
        if (Files.exists(finished)) {
            for (var line : Files.readAllLines(finished)) {
                String[] parts = line.split("\\t");
                results.put(
                        parts[0],
                        Arrays.stream(parts)
                                .skip(1)
                                .mapToDouble(Double::parseDouble)
                                .toArray());
            }
        }
    }

    /** Runs the study and prints its table. */
    public static void main(String[] arguments) throws IOException {
        var work = Path.of(arguments[1]);
        int seeds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 5;
        var arms = arguments.length > 3
                ? Arrays.stream(arguments[3].split(","))
                        .map(Contestants.Arm::valueOf)
                        .toList()
                : List.of(Contestants.Arm.values());
        var groupings = arguments.length > 4
                ? Arrays.stream(arguments[4].split(",")).map(Grouping::valueOf).toList()
                : List.of(Grouping.values());
        Files.createDirectories(work);
        RewardStudy study;
        try (var encoder = new EmbeddedEditEncoder()) {
            var set = EditSet.load(Path.of(arguments[0]), work.resolve("features"), encoder);
            if (arguments.length > 5) {
                exchangeExperience(set, encoder, Path.of(arguments[5]));
            }
            var contestants =
                    new Contestants(set.features(), encoder.layout(), encoder.featureNames(), encoder.encoderId());
            var name = encoder.encoderId()
                    + (arguments.length > 5 ? "-" + Path.of(arguments[5]).getFileName() : "");
            study = new RewardStudy(set, contestants, work.resolve("finished-" + name + ".tsv"));
        }
        System.out.println("| | | without ties | | | with ties | | | |");
        System.out.println("| items | rule | instruction following | visual quality | overall"
                + " | instruction following | visual quality | overall | s a training |");
        System.out.println("|---|---|---|---|---|---|---|---|---|");
        for (var grouping : groupings) {
            for (var arm : arms) {
                study.row(grouping, arm, seeds);
            }
        }
    }

    /** Puts the opinion of an experience fitted to something else in the place of the product's own. */
    static void exchangeExperience(EditSet set, EmbeddedEditEncoder encoder, Path folder) throws IOException {
        var other = Experience.of(
                Files.readAllBytes(folder.resolve(Experience.WEIGHTS)),
                Files.readAllLines(folder.resolve(Experience.INPUTS)));
        int[] positions = other.positions(encoder.featureNames());
        int offset = encoder.layout().offset(EmbeddedEditEncoder.EXPERIENCE);
        for (float[] row : set.features()) {
            float[] opinion = other.apply(row, positions);
            System.arraycopy(opinion, 0, row, offset, opinion.length);
        }
    }

    private void row(Grouping grouping, Contestants.Arm arm, int seeds) throws IOException {
        var seedResults = new ArrayList<double[]>();
        for (int seed = 0; seed < seeds; seed++) {
            var key = "%s %s %d".formatted(grouping, arm, seed);
            double[] result = results.get(key);
            if (result == null) {
                result = run(grouping, arm, seed);
                var line = new StringBuilder(key);
                for (double value : result) {
                    line.append('\t').append(value);
                }
                Files.writeString(finished, line.append('\n'), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
            seedResults.add(result);
        }
        var cells = new StringBuilder();
        for (int c = 0; c < Tally.COLUMNS; c++) {
            cells.append(" | ").append(show(seedResults, c));
        }
        System.out.printf(
                Locale.ROOT,
                "| %s | %s%s | %.2f |%n",
                grouping.title(),
                arm.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                cells,
                seedResults.stream()
                        .mapToDouble(r -> r[Tally.COLUMNS])
                        .average()
                        .orElse(0));
    }

    /** The columns of the tally, and the seconds that a training took. */
    private double[] run(Grouping grouping, Contestants.Arm arm, int seed) {
        var tally = new Tally();
        var random = new Random(seed);
        var annotators = new SimulatedAnnotators(8, random);
        var splits = grouping.splits(set.items(), random);
        long start = System.nanoTime();
        for (var split : splits) {
            var examples = new ArrayList<TrainingExample>();
            for (var item : split.training()) {
                examples.addAll(annotators.labelAll(item));
            }
            contestants.judge(arm, examples, split.test(), seed, tally);
        }
        double[] result = Arrays.copyOf(tally.shares(), Tally.COLUMNS + 1);
        result[Tally.COLUMNS] = (System.nanoTime() - start) / 1e9 / splits.size();
        return result;
    }

    /** Mean and standard error over seeds. */
    private static String show(List<double[]> results, int column) {
        double mean = results.stream().mapToDouble(r -> r[column]).average().orElse(Double.NaN);
        double square = results.stream()
                .mapToDouble(r -> (r[column] - mean) * (r[column] - mean))
                .sum();
        int n = results.size();
        return String.format(Locale.ROOT, "%.3f ± %.3f", mean, Math.sqrt(square / Math.max(1, n - 1) / n));
    }
}
