package org.diptych.reward;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import org.diptych.reward.encoder.EmbeddedEditEncoder;

/**
 * How the accuracy on unseen photos grows with the number of labels, with and without the experience from scripted edits. Pairs are
 * drawn with replacement, so that more labels than pairs are further opinions. Arguments: folder of the set, folder for work, seeds,
 * numbers of labels [folder of another experience].
 */
public final class LearningCurve {

    private LearningCurve() {}

    /** Prints one line per number of labels. */
    public static void main(String[] arguments) throws IOException {
        var work = Path.of(arguments[1]);
        Files.createDirectories(work);
        EditSet set;
        Contestants contestants;
        try (var encoder = new EmbeddedEditEncoder()) {
            set = EditSet.load(Path.of(arguments[0]), work.resolve("features"), encoder);
            if (arguments.length > 4) {
                RewardStudy.exchangeExperience(set, encoder, Path.of(arguments[4]));
            }
            contestants =
                    new Contestants(set.features(), encoder.layout(), encoder.featureNames(), encoder.encoderId());
        }
        int seeds = Integer.parseInt(arguments[2]);
        System.out.println("| labels | rule | instruction following | visual quality | overall |");
        System.out.println("|---|---|---|---|---|");
        for (var number : arguments[3].split(",")) {
            for (var arm : new Contestants.Arm[] {Contestants.Arm.LABELS_ALONE, Contestants.Arm.FULL}) {
                double[] mean = new double[Tally.COLUMNS];
                for (int seed = 0; seed < seeds; seed++) {
                    double[] shares = run(set, contestants, arm, Integer.parseInt(number), seed);
                    for (int c = 0; c < mean.length; c++) {
                        mean[c] += shares[c] / seeds;
                    }
                }
                System.out.printf(
                        Locale.ROOT,
                        "| %s | %s | %.3f | %.3f | %.3f |%n",
                        number,
                        arm.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        mean[0],
                        mean[1],
                        mean[2]);
            }
        }
    }

    private static double[] run(EditSet set, Contestants contestants, Contestants.Arm arm, int labels, int seed) {
        var tally = new Tally();
        var random = new Random(seed);
        var annotators = new SimulatedAnnotators(8, random);
        for (var split : Grouping.PHOTOS.splits(set.items(), random)) {
            var examples = new ArrayList<TrainingExample>();
            while (examples.size() < labels) {
                var item = split.training().get(random.nextInt(split.training().size()));
                int first = random.nextInt(item.rows().length);
                int second = (first + 1 + random.nextInt(item.rows().length - 1)) % item.rows().length;
                examples.add(annotators.label(item, first, second));
            }
            contestants.judge(arm, examples, split.test(), seed, tally);
        }
        return Arrays.copyOf(tally.shares(), Tally.COLUMNS);
    }
}
