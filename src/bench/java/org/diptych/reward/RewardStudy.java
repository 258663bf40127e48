package org.diptych.reward;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Function;
import org.diptych.protocol.Verdict;
import org.diptych.reward.encoder.EmbeddedEditEncoder;
import org.diptych.reward.encoder.FeatureBlock.Kind;
import org.diptych.reward.encoder.FeatureLayout;

/**
 * How often the reward model agrees with the truth on items it has not seen, against simple rules, on edits with known quality. Arguments:
 * folder [seeds] [folds] [arms].
 */
public final class RewardStudy {

    private static final List<Kind> CLASSICAL = List.of(Kind.QUALITY, Kind.CHANGE);

    private final EditSet set;
    private final FeatureLayout layout;
    private final String encoderId;
    private final int smallerChange;

    private RewardStudy(EditSet set, FeatureLayout layout, String encoderId, int smallerChange) {
        this.set = set;
        this.layout = layout;
        this.encoderId = encoderId;
        this.smallerChange = smallerChange;
    }

    /** Runs the study and prints its table. */
    public static void main(String[] arguments) throws IOException {
        int seeds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        int folds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 6;
        var arms = arguments.length > 3
                ? Arrays.stream(arguments[3].split(",")).map(Arm::valueOf).toList()
                : List.of(Arm.values());
        RewardStudy study;
        try (var encoder = new EmbeddedEditEncoder()) {
            var set = EditSet.load(Path.of(arguments[0]), encoder);
            study = new RewardStudy(
                    set,
                    encoder.layout(),
                    encoder.encoderId(),
                    encoder.featureNames().indexOf("pooled.distance"));
        }
        System.out.println(
                "| grouping | model | instruction following | visual quality | overall | overall with ties | s a training |");
        System.out.println("|---|---|---|---|---|---|---|");
        for (boolean instructions : new boolean[] {false, true}) {
            for (var arm : arms) {
                study.run(instructions, arm, seeds, folds);
            }
        }
    }

    private enum Arm {
        MAJORITY,
        SMALLER_CHANGE,
        CLASSICAL,
        FULL,
        FULL_VERDICTS
    }

    private void run(boolean instructions, Arm arm, int seeds, int folds) {
        var tallies = new ArrayList<Tally>();
        double seconds = 0;
        int trainings = 0;
        for (int seed = 0; seed < seeds; seed++) {
            var tally = new Tally();
            var random = new Random(seed);
            var annotators = new SimulatedAnnotators(8, random);
            int[] fold = folds(instructions ? EditSet.Item::instruction : EditSet.Item::source, folds, random);
            for (int held = 0; held < folds; held++) {
                var training = new ArrayList<EditSet.Item>();
                var test = new ArrayList<EditSet.Item>();
                for (int i = 0; i < fold.length; i++) {
                    (fold[i] == held ? test : training).add(set.items().get(i));
                }
                long start = System.nanoTime();
                evaluate(arm, training, test, annotators, seed, tally);
                seconds += (System.nanoTime() - start) / 1e9;
                trainings++;
            }
            tallies.add(tally);
        }
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %s | %s | %s | %s | %.2f |%n",
                instructions ? "unseen instructions" : "unseen photos",
                arm.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                Tally.show(tallies, 0),
                Tally.show(tallies, 1),
                Tally.show(tallies, 2),
                Tally.show(tallies, 3),
                seconds / trainings);
    }

    private void evaluate(
            Arm arm,
            List<EditSet.Item> training,
            List<EditSet.Item> test,
            SimulatedAnnotators annotators,
            int seed,
            Tally tally) {
        var examples = new ArrayList<TrainingExample>();
        for (var item : training) {
            for (int a = 0; a < item.rows().length; a++) {
                for (int b = a + 1; b < item.rows().length; b++) {
                    var example = annotators.label(item, a, b);
                    examples.add(arm == Arm.FULL_VERDICTS ? verdicts(example) : example);
                }
            }
        }
        switch (arm) {
            case MAJORITY -> {
                for (var item : test) {
                    tally.add(item, (first, second, d) -> 0, (first, second) -> Verdict.FIRST);
                }
            }
            case SMALLER_CHANGE -> {
                for (var item : test) {
                    tally.add(
                            item,
                            (first, second, d) ->
                                    set.features()[second][smallerChange] - set.features()[first][smallerChange],
                            (first, second) -> Verdict.TIE);
                }
            }
            case CLASSICAL, FULL, FULL_VERDICTS -> {
                var part = arm == Arm.CLASSICAL ? only(CLASSICAL) : new Part(layout, set.features());
                var trainingSet = new TrainingSet(
                        EditSet.DIMENSIONS, 4, encoderId, part.layout(), FeatureTable.of(part.rows()), examples);
                var provenance = new Provenance("study", "study", "study", seed, encoderId, "cpu");
                try (var trained = new RewardTrainer()
                        .train(trainingSet, TrainingSettings.defaults(), provenance, TrainingListener.SILENT)) {
                    var model = trained.model();
                    var scores = model.score(part.rows());
                    for (var item : test) {
                        tally.add(
                                item,
                                (first, second, d) -> d < 2
                                        ? scores.get(first).mu().get(d)
                                                - scores.get(second).mu().get(d)
                                        : scores.get(first).overallMu()
                                                - scores.get(second).overallMu(),
                                (first, second) ->
                                        likeliest(model.overallProbability(scores.get(first), scores.get(second))));
                    }
                }
            }
        }
    }

    private static Verdict likeliest(PairProbability p) {
        if (p.tie() >= p.first() && p.tie() >= p.second()) {
            return Verdict.TIE;
        }
        return p.first() > p.second() ? Verdict.FIRST : Verdict.SECOND;
    }

    private static TrainingExample verdicts(TrainingExample e) {
        return new TrainingExample(
                e.first(),
                e.second(),
                e.group(),
                e.instruction(),
                e.annotator(),
                e.weight(),
                e.firstOnLeft(),
                SimulatedAnnotators.asVerdicts(e.answers()));
    }

    private record Part(FeatureLayout layout, float[][] rows) {}

    private Part only(List<Kind> kinds) {
        var blocks = layout.blocks().stream()
                .filter(block -> kinds.contains(block.kind()))
                .toList();
        var part = new FeatureLayout(blocks);
        float[][] rows = new float[set.features().length][part.dimension()];
        for (int row = 0; row < rows.length; row++) {
            int at = 0;
            for (var block : blocks) {
                System.arraycopy(set.features()[row], layout.offset(block.name()), rows[row], at, block.size());
                at += block.size();
            }
        }
        return new Part(part, rows);
    }

    private int[] folds(Function<EditSet.Item, String> key, int folds, Random random) {
        var keys = new ArrayList<>(new TreeSet<>(set.items().stream().map(key).toList()));
        Collections.shuffle(keys, random);
        return set.items().stream()
                .mapToInt(item -> keys.indexOf(key.apply(item)) % folds)
                .toArray();
    }

    private interface Preference {
        double of(int first, int second, int dimension);
    }

    private interface Prediction {
        Verdict of(int first, int second);
    }

    /** Counts agreement with the truth. */
    private static final class Tally {

        private final double[] right = new double[4];
        private final double[] all = new double[4];

        void add(EditSet.Item item, Preference preference, Prediction prediction) {
            for (int a = 0; a < item.rows().length; a++) {
                for (int b = a + 1; b < item.rows().length; b++) {
                    int sum = 0;
                    for (int d = 0; d < 2; d++) {
                        int gap = item.truth()[a][d] - item.truth()[b][d];
                        sum += gap;
                        count(d, gap, preference.of(item.rows()[a], item.rows()[b], d));
                    }
                    count(2, sum, preference.of(item.rows()[a], item.rows()[b], 2));
                    all[3]++;
                    right[3] += prediction.of(item.rows()[a], item.rows()[b]) == Answers.compare(sum) ? 1 : 0;
                }
            }
        }

        private void count(int column, int gap, double predicted) {
            if (gap != 0) {
                all[column]++;
                right[column] += predicted == 0 ? 0.5 : gap * predicted > 0 ? 1 : 0;
            }
        }

        static String show(List<Tally> tallies, int column) {
            double[] values = tallies.stream()
                    .mapToDouble(t -> t.right[column] / t.all[column])
                    .toArray();
            double mean = Arrays.stream(values).average().orElse(Double.NaN);
            double square =
                    Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
            return String.format(Locale.ROOT, "%.3f ± %.3f", mean, Math.sqrt(square / Math.max(1, values.length - 1)));
        }
    }
}
