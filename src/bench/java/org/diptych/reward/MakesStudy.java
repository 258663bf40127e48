package org.diptych.reward;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.diptych.protocol.Verdict;
import org.diptych.reward.encoder.Experience;

/**
 * What holds on edits of another make. For every make that is left out: the simple rules, the experience that is shipped, an experience
 * fitted to the other makes alone, and a ridge fit to noise-free levels of the make itself with photos held out. Photos and tools of a
 * make are its own; kinds of edits, ways to fail and their levels recur among makes.
 *
 * <p>Arguments: folder for work, then NAME=FOLDER for every make. Shares of pairs whose better candidate is told, ties in the truth left
 * out, with 95 % intervals of a bootstrap over photos; the last column compares with "smaller change" on the same items.
 */
public final class MakesStudy {

    private static final String REFERENCE = "smaller change";
    private static final String SHIPPED = "shipped experience";
    private static final int FOLDS = 5;
    private static final int OVERALL = EditSet.DIMENSIONS.size();

    /** Concepts of the two makes for which {@link ScriptedCampaign} has no request of the same or nearly the same kind. */
    private static final Set<String> NEW = Set.of("replace", "around", "cartoon", "swirl", "ripples");

    private final Makes makes;

    private MakesStudy(Makes makes) {
        this.makes = makes;
    }

    /** Prints the table. */
    public static void main(String[] arguments) throws IOException {
        var list = List.of(arguments);
        var makes = Makes.load(Path.of(list.getFirst()), list.subList(1, list.size()));
        System.out.println("| make left out | items (photos) | rule | instruction following | visual quality"
                + " | overall | overall, above smaller change |");
        System.out.println("|---|---|---|---|---|---|---|");
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
        rules.put(REFERENCE, tallies(set, feature(set, "pooled.distance", -1)));
        rules.put("larger change", tallies(set, feature(set, "pooled.distance", 1)));
        rules.put("higher ssim", tallies(set, feature(set, "ssim.direct", 1)));
        rules.put(SHIPPED, tallies(set, levels(set.features(), makes.experienceOffset())));
        if (makes.sets().size() > 1) {
            rules.put("experience of the other makes", tallies(set, others(make)));
        }
        rules.put("ridge fit to this make's own levels", ownLevels(set));
        var all = new PhotoBootstrap(set.items(), item -> true);
        rules.forEach((rule, tallies) -> row(make, rule, tallies, rules, all));
        var novel = new PhotoBootstrap(set.items(), item -> NEW.contains(item.concept()));
        if (novel.photos() > 0) {
            var known = new PhotoBootstrap(set.items(), item -> !NEW.contains(item.concept()));
            for (var rule : List.of(REFERENCE, SHIPPED)) {
                row(make, rule + ", kinds met", rules.getOrDefault(rule, List.of()), rules, known);
                row(make, rule + ", kinds not met", rules.getOrDefault(rule, List.of()), rules, novel);
            }
        }
    }

    private static void row(
            String make, String rule, List<Tally> tallies, Map<String, List<Tally>> rules, PhotoBootstrap part) {
        var cells = new StringBuilder();
        for (int d = 0; d <= OVERALL; d++) {
            int dimension = d;
            cells.append(" | ").append(part.interval(items -> share(tallies, items, dimension)));
        }
        var reference = rules.getOrDefault(REFERENCE, List.of());
        var difference = tallies == reference
                ? ""
                : part.interval(items -> share(tallies, items, OVERALL) - share(reference, items, OVERALL));
        System.out.printf(
                Locale.ROOT,
                "| %s | %d (%d) | %s%s | %s |%n",
                make,
                part.items().size(),
                part.photos(),
                rule,
                cells,
                difference);
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

    /**
     * Ridge regression of level differences on the features that the experience reads, with a fifth of the photos held out each. What was
     * put into a picture from another photo may be in both parts, and so may instructions.
     */
    private List<Tally> ownLevels(EditSet set) {
        int[] inputs = FitExperience.inputs(makes.names());
        float[][] x = LinearFit.standardized(set.features(), inputs);
        var photos = set.items().stream().map(EditSet.Item::source).distinct().toList();
        var tallies = new Tally[set.items().size()];
        for (int fold = 0; fold < FOLDS; fold++) {
            int held = fold;
            var training = set.items().stream()
                    .filter(item -> photos.indexOf(item.source()) % FOLDS != held)
                    .toList();
            double[][] scores = LinearFit.scores(x, training);
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

    private static double share(List<Tally> tallies, List<Integer> items, int dimension) {
        var sum = new Tally();
        for (int item : items) {
            sum.add(tallies.get(item));
        }
        return sum.shares()[dimension];
    }
}
