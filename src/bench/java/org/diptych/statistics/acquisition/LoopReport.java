package org.diptych.statistics.acquisition;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.diptych.statistics.replay.MeanEstimate;

/** The finished runs of {@link LoopStudy}, every arm compared with uniform, paired by seed. */
final class LoopReport {
    private static final String BASELINE = "uniform";
    private static final int REPLICATES = 2_000;

    private final List<Run> runs;

    private LoopReport(List<Run> runs) {
        this.runs = runs;
    }

    /**
     * One arm of one seed.
     *
     * @param labels after which the accuracy was measured
     */
    record Run(String arm, int seed, int[] labels, double[] accuracy) {
        double mean() {
            return Arrays.stream(accuracy).average().orElse(Double.NaN);
        }

        double last() {
            return accuracy[accuracy.length - 1];
        }

        String line() {
            var line = new StringBuilder(arm + "\t" + seed);
            for (int point = 0; point < labels.length; point++) {
                line.append(String.format(Locale.ROOT, "\t%d:%.5f", labels[point], accuracy[point]));
            }
            return line.toString();
        }

        static Run of(String line) {
            var fields = line.split("\t");
            int points = fields.length - 2;
            var labels = new int[points];
            var accuracy = new double[points];
            for (int point = 0; point < points; point++) {
                var parts = fields[point + 2].split(":");
                labels[point] = Integer.parseInt(parts[0]);
                accuracy[point] = Double.parseDouble(parts[1]);
            }
            return new Run(fields[0], Integer.parseInt(fields[1]), labels, accuracy);
        }
    }

    /** A run and uniform's of the same seed. */
    private record Paired(Run arm, Run uniform) {}

    static LoopReport read(Path results) throws IOException {
        return new LoopReport(
                Files.exists(results)
                        ? Files.readAllLines(results).stream().map(Run::of).toList()
                        : List.of());
    }

    boolean has(String arm, int seed) {
        return runs.stream().anyMatch(run -> run.arm().equals(arm) && run.seed() == seed);
    }

    void print() {
        runs.stream().map(Run::arm).distinct().forEach(arm -> {
            var paired = new ArrayList<Paired>();
            for (var run : runs) {
                if (run.arm().equals(arm)) {
                    runs.stream()
                            .filter(other -> other.arm().equals(BASELINE) && other.seed() == run.seed())
                            .forEach(uniform -> paired.add(new Paired(run, uniform)));
                }
            }
            if (paired.size() >= 2) {
                print(arm, paired);
            }
        });
    }

    private static void print(String arm, List<Paired> runs) {
        System.out.printf("%n%s, %d seeds%n", arm, runs.size());
        int[] labels = runs.getFirst().uniform().labels();
        for (int point = 0; point < labels.length; point++) {
            int index = point;
            System.out.printf(
                    Locale.ROOT,
                    "%d labels: %.4f, above uniform %s%n",
                    labels[point],
                    estimate(runs, run -> run.arm().accuracy()[index]).mean(),
                    show(estimate(
                            runs,
                            run -> run.arm().accuracy()[index] - run.uniform().accuracy()[index])));
        }
        System.out.printf(
                Locale.ROOT,
                "mean over the budget, above uniform: %s%n",
                show(estimate(runs, run -> run.arm().mean() - run.uniform().mean())));
        var random = new SplittableRandom(1);
        var replicates = new double[REPLICATES];
        Arrays.setAll(
                replicates,
                _ -> reached(random.ints(runs.size(), 0, runs.size())
                        .mapToObj(runs::get)
                        .toList()));
        Arrays.sort(replicates);
        System.out.printf(
                Locale.ROOT,
                "labels to reach uniform's last accuracy: %.0f (bootstrap over seeds: %.0f to %.0f)%n",
                reached(runs),
                replicates[REPLICATES / 40],
                replicates[REPLICATES - 1 - REPLICATES / 40]);
    }

    private static MeanEstimate estimate(List<Paired> runs, ToDoubleFunction<Paired> value) {
        return MeanEstimate.of(runs.stream().mapToDouble(value).toArray());
    }

    private static String show(MeanEstimate estimate) {
        return String.format(
                Locale.ROOT,
                "%+.4f ± %.4f (%+.4f to %+.4f)",
                estimate.mean(),
                estimate.standardError(),
                estimate.low(),
                estimate.high());
    }

    /** Interpolated on the mean curves; an arm that never gets there counts as one batch beyond the budget. */
    private static double reached(List<Paired> runs) {
        int[] labels = runs.getFirst().uniform().labels();
        double target =
                runs.stream().mapToDouble(run -> run.uniform().last()).average().orElse(Double.NaN);
        double before = 0;
        for (int point = 0; point < labels.length; point++) {
            int index = point;
            double accuracy = runs.stream()
                    .mapToDouble(run -> run.arm().accuracy()[index])
                    .average()
                    .orElse(Double.NaN);
            if (accuracy >= target) {
                return point == 0
                        ? labels[0]
                        : labels[point - 1]
                                + (labels[point] - labels[point - 1]) * (target - before) / (accuracy - before);
            }
            before = accuracy;
        }
        return 2.0 * labels[labels.length - 1] - labels[labels.length - 2];
    }
}
