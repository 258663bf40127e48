package org.diptych.reward;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.diptych.reward.encoder.FeatureBlock;
import org.diptych.reward.encoder.FeatureBlock.Kind;
import org.diptych.reward.encoder.FeatureLayout;

/**
 * Memory of a process that trains again and again: resident set, heap in use and the rest of it, by retraining. Features are as many as the
 * embedded encoder's, ratings are made up. Arguments:
 * [retrainings] [labels]. Give the process a fixed heap, or its growth hides what is native.
 */
public final class RetrainingMemory {

    private static final int CANDIDATES = 200;
    private static final int PER_ITEM = 5;
    private static final FeatureLayout LAYOUT = new FeatureLayout(List.of(
            new FeatureBlock("quality", Kind.QUALITY, 100),
            new FeatureBlock("deep", Kind.DEEP, 800),
            new FeatureBlock("interaction", Kind.INTERACTION, 400)));

    private RetrainingMemory() {}

    /** Trains and prints a table. */
    public static void main(String[] arguments) throws IOException {
        int retrainings = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 50;
        int labels = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 330;
        System.out.println("| retraining | resident, MiB | heap in use, MiB |");
        System.out.println("|---|---|---|");
        var settings = TrainingSettings.defaults();
        var random = new Random(1);
        var set = set(labels, random);
        for (int run = 1; run <= retrainings; run++) {
            var provenance = new Provenance("bench", "bench", "bench", run, "bench", "cpu");
            try (var trained = new RewardTrainer().train(set, settings, provenance, TrainingListener.SILENT)) {
                trained.model().score(new float[][] {set.features().row(0)});
            }
            System.gc();
            if (run <= 3 || run % 5 == 0) {
                System.out.printf(
                        "| %d | %d | %d |%n",
                        run,
                        residentMebibytes(),
                        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20);
            }
        }
    }

    private static TrainingSet set(int labels, Random random) {
        float[][] rows = new float[CANDIDATES][LAYOUT.dimension()];
        for (float[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                row[i] = (float) random.nextGaussian();
            }
        }
        var examples = new ArrayList<TrainingExample>();
        for (int label = 0; label < labels; label++) {
            int item = random.nextInt(CANDIDATES / PER_ITEM);
            int first = item * PER_ITEM + random.nextInt(PER_ITEM);
            int second = item * PER_ITEM + (first - item * PER_ITEM + 1 + random.nextInt(PER_ITEM - 1)) % PER_ITEM;
            var answers = new ArrayList<Answer>();
            for (int dimension = 0; dimension < 2; dimension++) {
                answers.add(new Answer.Rated(
                        level(rows[first][dimension], random), level(rows[second][dimension], random)));
            }
            examples.add(new TrainingExample(
                    first,
                    second,
                    "source " + item,
                    "instruction " + item % 20,
                    "annotator " + random.nextInt(8),
                    1,
                    random.nextBoolean(),
                    answers));
        }
        return new TrainingSet(List.of("following", "quality"), 4, "bench", LAYOUT, FeatureTable.of(rows), examples);
    }

    private static int level(float quality, Random random) {
        return Math.clamp(Math.round(2.5 + quality + random.nextGaussian() / 3), 1, 4);
    }

    private static long residentMebibytes() throws IOException {
        for (var line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) >> 10;
            }
        }
        throw new IOException("/proc/self/status has no VmRSS");
    }
}
