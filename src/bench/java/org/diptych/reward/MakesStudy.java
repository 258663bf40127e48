package org.diptych.reward;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.diptych.protocol.Verdict;
import org.diptych.reward.encoder.Experience;

/**
 * What holds on edits of another make. For every make that is left out: the simple rules, the experience that is shipped, an experience
 * fitted to the other makes alone, and the ceiling, a linear fit to all noise-free levels of the make itself with photos held out.
 * Makes share neither photos nor instructions, so every item is of an unseen photo, instruction and make, but for the ceiling.
 *
 * <p>Arguments: folder for work, then NAME=FOLDER for every make. Shares of pairs whose better candidate is told, ties in the truth left
 * out, with 95 % intervals of a bootstrap over items; the last column compares with the better simple rule on the same items.
 */
public final class MakesStudy {

    private static final int REPLICATES = 2000;
    private static final int FOLDS = 5;
    private static final int OVERALL = EditSet.DIMENSIONS.size();

    private final Makes makes;

    private MakesStudy(Makes makes) {
        this.makes = makes;
    }

    /** Prints the table. */
    public static void main(String[] arguments) throws IOException {
        var list = List.of(arguments);
        var makes = Makes.load(Path.of(list.getFirst()), list.subList(1, list.size()));
        System.out.println("| make left out | rule | instruction following | visual quality | overall"
                + " | overall, above the better simple rule |");
        System.out.println("|---|---|---|---|---|---|");
        for (var make : makes.sets().keySet()) {
            new MakesStudy(makes).print(make);
        }
    }

    /** A score per row and dimension; the dimension after the last is the overall comparison. */
    private interface Scored {
        double of(int row, int dimension);
    }

    private void print(String make) {
        var set = makes.set(make);
        var rules = new LinkedHashMap<String, List<Tally>>();
        rules.put("smaller change", tallies(set, feature(set, "pooled.distance", -1)));
        rules.put("larger change", tallies(set, feature(set, "pooled.distance", 1)));
        rules.put("higher ssim", tallies(set, feature(set, "ssim.direct", 1)));
        var best = rules.values().stream()
                .max((a, b) -> Double.compare(share(a, OVERALL), share(b, OVERALL)))
                .orElseThrow();
        rules.put("shipped experience", tallies(set, levels(set.features(), makes.experienceOffset())));
        if (makes.sets().size() > 1) {
            rules.put("experience of the other makes", tallies(set, others(make)));
        }
        rules.put("ceiling: linear fit to all levels of this make", ceiling(set));
        rules.forEach((rule, tallies) -> row(make, rule, tallies, best));
    }

    private static void row(String make, String rule, List<Tally> tallies, List<Tally> best) {
        var cells = new StringBuilder();
        for (int d = 0; d <= OVERALL; d++) {
            int dimension = d;
            cells.append(" | ")
                    .append(interval(share(tallies, d), drawn(tallies.size(), i -> share(tallies, i, dimension))));
        }
        var difference = tallies == best
                ? ""
                : interval(
                        share(tallies, OVERALL) - share(best, OVERALL),
                        drawn(tallies.size(), i -> share(tallies, i, OVERALL) - share(best, i, OVERALL)));
        System.out.printf(Locale.ROOT, "| %s | %s%s | %s |%n", make, rule, cells, difference);
    }

    private Scored feature(EditSet set, String name, int sign) {
        int column = makes.names().indexOf(name);
        return (row, dimension) -> sign * (double) set.features()[row][column];
    }

    private static Scored levels(float[][] rows, int start) {
        return (row, dimension) ->
                dimension == OVERALL ? (double) rows[row][start] + rows[row][start + 1] : rows[row][start + dimension];
    }

    /** The experience as it is shipped, but fitted to the other makes. */
    private Scored others(String make) {
        var set = EditSet.join(makes.sets().entrySet().stream()
                .filter(entry -> !entry.getKey().equals(make))
                .map(Map.Entry::getValue)
                .toList());
        int[] inputs = FitExperience.inputs(makes.names());
        var experience = Experience.of(
                FitExperience.fit(set, set.items(), inputs),
                Arrays.stream(inputs).mapToObj(makes.names()::get).toList());
        var left = makes.set(make).features();
        float[][] opinions = new float[left.length][];
        for (int row = 0; row < left.length; row++) {
            opinions[row] = experience.apply(left[row], inputs);
        }
        return levels(opinions, 0);
    }

    /** Ridge regression of level differences on the features that the experience reads, with a fifth of the photos held out each. */
    private List<Tally> ceiling(EditSet set) {
        int[] inputs = FitExperience.inputs(makes.names());
        float[][] x = LinearCeiling.standardized(set.features(), inputs);
        var photos = set.items().stream().map(EditSet.Item::source).distinct().toList();
        var tallies = new Tally[set.items().size()];
        for (int fold = 0; fold < FOLDS; fold++) {
            int held = fold;
            var training = set.items().stream()
                    .filter(item -> photos.indexOf(item.source()) % FOLDS != held)
                    .toList();
            double[][] scores = LinearCeiling.scores(x, training);
            Scored scored =
                    (row, dimension) -> dimension == OVERALL ? scores[0][row] + scores[1][row] : scores[dimension][row];
            for (int i = 0; i < tallies.length; i++) {
                var item = set.items().get(i);
                if (photos.indexOf(item.source()) % FOLDS == held) {
                    tallies[i] = tally(item, scored);
                }
            }
        }
        return List.of(tallies);
    }

    private static List<Tally> tallies(EditSet set, Scored scored) {
        return set.items().stream().map(item -> tally(item, scored)).toList();
    }

    private static Tally tally(EditSet.Item item, Scored scored) {
        var tally = new Tally();
        tally.add(item, new Tally.Rule() {
            @Override
            public double difference(int first, int second, int dimension) {
                return scored.of(first, dimension) - scored.of(second, dimension);
            }

            @Override
            public Verdict verdict(int first, int second, int dimension) {
                return Answers.compare(difference(first, second, dimension));
            }
        });
        return tally;
    }

    private static double share(List<Tally> tallies, int dimension) {
        return share(tallies, IntStream.range(0, tallies.size()).toArray(), dimension);
    }

    private static double share(List<Tally> tallies, int[] items, int dimension) {
        var sum = new Tally();
        for (int item : items) {
            sum.add(tallies.get(item));
        }
        return sum.shares()[dimension];
    }

    private interface Statistic {
        double of(int[] items);
    }

    /** The statistic on items drawn with replacement, the same draws for all rules, in order. */
    private static double[] drawn(int items, Statistic statistic) {
        var random = new Random(1);
        double[] values = new double[REPLICATES];
        for (int replicate = 0; replicate < REPLICATES; replicate++) {
            values[replicate] = statistic.of(random.ints(items, 0, items).toArray());
        }
        Arrays.sort(values);
        return values;
    }

    private static String interval(double value, double[] drawn) {
        return String.format(
                Locale.ROOT,
                "%.3f (%.3f to %.3f)",
                value,
                drawn[(int) (0.025 * drawn.length)],
                drawn[(int) (0.975 * drawn.length)]);
    }
}
