package org.diptych.reward;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * How the accuracy on unseen photos grows with the labels of a campaign whose make nothing was fitted to, with and without the shipped
 * experience. A third of the photos is held out each time; arms of a seed share folds, pairs and answers.
 *
 * <p>Arguments: folder for work, seeds, numbers of labels, then NAME=FOLDER for every make.
 */
public final class MakesCurve {

    private static final int FOLDS = 3;
    private static final List<Contestants.Arm> ARMS =
            List.of(Contestants.Arm.SMALLER_CHANGE, Contestants.Arm.LABELS_ALONE, Contestants.Arm.FULL);

    private MakesCurve() {}

    /** Prints one line per make, number of labels and arm. */
    public static void main(String[] arguments) throws IOException {
        var list = List.of(arguments);
        int seeds = Integer.parseInt(list.get(1));
        var makes = Makes.load(Path.of(list.getFirst()), list.subList(3, list.size()));
        System.out.println("| make | labels | rule | instruction following | visual quality | overall |");
        System.out.println("|---|---|---|---|---|---|");
        for (var make : makes.sets().entrySet()) {
            var contestants = new Contestants(make.getValue().features(), makes.layout(), makes.names(), "study");
            for (var number : list.get(2).split(",")) {
                for (var arm : ARMS) {
                    var tally = new Tally();
                    for (int seed = 0; seed < seeds; seed++) {
                        run(make.getValue(), contestants, arm, Integer.parseInt(number), seed, tally);
                    }
                    System.out.printf(
                            Locale.ROOT,
                            "| %s | %s | %s | %s |%n",
                            make.getKey(),
                            number,
                            arm.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                            shares(tally));
                }
            }
        }
    }

    private static String shares(Tally tally) {
        double[] shares = tally.shares();
        return String.format(Locale.ROOT, "%.3f | %.3f | %.3f", shares[0], shares[1], shares[2]);
    }

    private static void run(
            EditSet set, Contestants contestants, Contestants.Arm arm, int labels, int seed, Tally tally) {
        var random = new Random(seed);
        var annotators = new SimulatedAnnotators(8, random);
        var photos = new ArrayList<>(
                set.items().stream().map(EditSet.Item::source).distinct().toList());
        Collections.shuffle(photos, random);
        for (int fold = 0; fold < FOLDS; fold++) {
            int held = fold;
            var parts = set.items().stream()
                    .collect(Collectors.partitioningBy(item -> photos.indexOf(item.source()) % FOLDS == held));
            var training = Objects.requireNonNull(parts.get(false));
            var examples = new ArrayList<TrainingExample>();
            while (examples.size() < labels) {
                var item = training.get(random.nextInt(training.size()));
                int[] two =
                        random.ints(0, item.rows().length).distinct().limit(2).toArray();
                examples.add(annotators.label(item, two[0], two[1]));
            }
            contestants.judge(arm, examples, Objects.requireNonNull(parts.get(true)), seed, tally);
        }
    }
}
