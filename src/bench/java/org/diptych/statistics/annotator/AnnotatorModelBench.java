package org.diptych.statistics.annotator;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Time to convergence of the annotator models on one thread: 50 annotators, 3 labels a task, 3 classes, simulated.
 * Prints one line of Markdown per model and size; the median of several runs in one warm process.
 */
final class AnnotatorModelBench {

    private static final int ANNOTATORS = 50;
    private static final int LABELS = 3;
    private static final int CLASSES = 3;
    private static final int RUNS = 7;

    private AnnotatorModelBench() {}

    public static void main(String[] arguments) {
        System.out.println("| tasks | model | iterations | first run, s | median, s | accuracy |");
        System.out.println("|---|---|---|---|---|---|");
        for (int tasks : new int[] {20_000, 200_000}) {
            int[] truth = new int[tasks];
            LabelTable labels = crowd(tasks, truth);
            for (AnnotatorModel model : List.of(new OneCoin(), new DawidSkene())) {
                measure(model, labels, truth);
            }
        }
    }

    private static void measure(AnnotatorModel model, LabelTable labels, int[] truth) {
        double[] seconds = new double[RUNS];
        Fit<Consensus> fit = model.consensus(labels.filter((task, annotator) -> task < 100));
        for (int run = 0; run < RUNS; run++) {
            long start = System.nanoTime();
            fit = model.consensus(labels);
            seconds[run] = (System.nanoTime() - start) / 1e9;
        }
        double first = seconds[0];
        Arrays.sort(seconds);
        Consensus consensus = fit.orElseThrow();
        int right = 0;
        for (int task = 0; task < truth.length; task++) {
            right += consensus.mostLikely(task) == truth[task] ? 1 : 0;
        }
        System.out.printf(
                Locale.ROOT,
                "| %,d | %s | %d | %.3f | %.3f | %.4f |%n",
                truth.length,
                model.getClass().getSimpleName(),
                fit.convergence().iterations(),
                first,
                seconds[RUNS / 2],
                right / (double) truth.length);
    }

    private static LabelTable crowd(int tasks, int[] truth) {
        var random = new SplittableRandom(7);
        double[] rate = random.doubles(ANNOTATORS, 0.6, 0.98).toArray();
        int[] task = new int[tasks * LABELS];
        int[] annotator = new int[task.length];
        int[] label = new int[task.length];
        for (int row = 0; row < task.length; row++) {
            task[row] = row / LABELS;
            if (row % LABELS == 0) {
                truth[task[row]] = random.nextInt(CLASSES);
            }
            annotator[row] = random.nextInt(ANNOTATORS);
            boolean right = random.nextDouble() < rate[annotator[row]];
            int wrong = (truth[task[row]] + 1 + random.nextInt(CLASSES - 1)) % CLASSES;
            label[row] = right ? truth[task[row]] : wrong;
        }
        return LabelTable.of(tasks, ANNOTATORS, CLASSES, task, annotator, label);
    }
}
