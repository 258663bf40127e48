package org.diptych.statistics.acquisition;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.diptych.reward.Answer;
import org.diptych.reward.EditSet;
import org.diptych.reward.FeatureTable;
import org.diptych.reward.PriorFeatures;
import org.diptych.reward.Provenance;
import org.diptych.reward.RewardModel;
import org.diptych.reward.RewardTrainer;
import org.diptych.reward.SimulatedAnnotators;
import org.diptych.reward.TrainedReward;
import org.diptych.reward.TrainingExample;
import org.diptych.reward.TrainingListener;
import org.diptych.reward.TrainingSet;
import org.diptych.reward.TrainingSettings;
import org.diptych.reward.acquisition.ScoredCandidates;
import org.diptych.reward.encoder.EmbeddedEditEncoder;
import org.diptych.reward.encoder.FeatureLayout;
import org.diptych.statistics.replay.FeatureSpectrum;
import org.diptych.statistics.replay.PairLabels;
import org.diptych.statistics.replay.PreferenceModel;
import org.diptych.statistics.replay.Prior;
import org.jspecify.annotations.Nullable;

/**
 * The whole loop in simulation: label, train the reward model as the product does, choose the next pairs, again. Every arm of
 * a seed has the same held-out photos, first labels, answers and training. Arguments: file of encoded edits, file of
 * results, seeds ("0-9"), arms (policies separated by commas), then folders of edits while the first file does not exist.
 * Finished runs stand in the file of results and are not run again; without arms only the table is printed.
 */
public final class LoopStudy {
    private static final int FIRST = 100;
    private static final int BATCH = 100;
    private static final int BUDGET = 400;
    private static final int HELD_OUT_PHOTOS = 4;
    private static final double UNIFORM_SHARE = .1;
    private static final String DESIGNED = "design+";

    private final EditSet set;
    private final FeatureLayout layout;
    private final String encoderId;
    private final Path results;

    private LoopStudy(EditSet set, FeatureLayout layout, String encoderId, Path results) {
        this.set = set;
        this.layout = layout;
        this.encoderId = encoderId;
        this.results = results;
    }

    /** Runs what is missing and prints the table. */
    public static void main(String[] arguments) throws IOException {
        var results = Path.of(arguments[1]);
        LoopStudy study;
        // what is to be learned is what labels teach: the encoder's own experience would know scripted edits beforehand
        try (var encoder = EmbeddedEditEncoder.inexperienced()) {
            var folders = Arrays.stream(arguments).skip(4).map(Path::of).toList();
            var set = EncodedEdits.of(Path.of(arguments[0]), folders, encoder);
            study = new LoopStudy(set, encoder.layout(), encoder.encoderId(), results);
        }
        var ends = arguments[2].split("-");
        for (int seed = Integer.parseInt(ends[0]); seed <= Integer.parseInt(ends[ends.length - 1]); seed++) {
            if (arguments.length > 3 && !arguments[3].equals("none")) {
                study.run(seed, List.of(arguments[3].split(",")));
            }
        }
        LoopReport.read(results).print();
    }

    private void run(int seed, List<String> arms) throws IOException {
        var done = LoopReport.read(results);
        try (var world = new World(seed)) {
            run(world, arms, done);
        }
    }

    private void run(World world, List<String> arms, LoopReport done) throws IOException {
        int seed = world.seed;
        for (var arm : arms) {
            if (done.has(arm, seed)) {
                continue;
            }
            long start = System.nanoTime();
            var line = world.run(arm).line();
            Files.writeString(
                    results,
                    line + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND,
                    StandardOpenOption.WRITE);
            System.err.printf(Locale.ROOT, "%s, %.1f s%n", line, (System.nanoTime() - start) / 1e9);
        }
    }

    /** What all arms of a seed share. */
    private final class World implements AutoCloseable {
        private final int seed;
        private final List<EditSet.Item> heldOut = new ArrayList<>();
        private final List<TrainingExample> answers = new ArrayList<>();
        private final int[] firsts;
        private final int[] seconds;
        private final int[] items;
        private final int[] groups;
        private final List<Integer> order;
        /** The model of the first labels, the same in every arm. */
        private @Nullable TrainedReward first;

        World(int seed) {
            this.seed = seed;
            var random = new Random(seed);
            var photos = new ArrayList<>(
                    new TreeSet<>(set.items().stream().map(EditSet.Item::source).toList()));
            Collections.shuffle(photos, random);
            var out = photos.subList(0, HELD_OUT_PHOTOS);
            var annotators = new SimulatedAnnotators(8, random);
            var itemOf = new ArrayList<Integer>();
            var groupOf = new ArrayList<Integer>();
            for (int i = 0; i < set.items().size(); i++) {
                var item = set.items().get(i);
                if (out.contains(item.source())) {
                    heldOut.add(item);
                    continue;
                }
                for (int a = 0; a < item.rows().length; a++) {
                    for (int b = a + 1; b < item.rows().length; b++) {
                        answers.add(annotators.label(item, a, b));
                        itemOf.add(i);
                        groupOf.add(photos.indexOf(item.source()));
                    }
                }
            }
            firsts = answers.stream().mapToInt(TrainingExample::first).toArray();
            seconds = answers.stream().mapToInt(TrainingExample::second).toArray();
            items = itemOf.stream().mapToInt(Integer::intValue).toArray();
            groups = groupOf.stream().mapToInt(Integer::intValue).toArray();
            order = new ArrayList<>(IntStream.range(0, answers.size()).boxed().toList());
            Collections.shuffle(order, random);
        }

        LoopReport.Run run(String arm) {
            var random = new SplittableRandom(seed * 7_919L + arm.hashCode());
            boolean designed = arm.startsWith(DESIGNED);
            var rule = designed ? arm.substring(DESIGNED.length()) : arm;
            var labelled = new ArrayList<>(designed ? designed(random) : order.subList(0, FIRST));
            int points = (BUDGET - FIRST) / BATCH + 1;
            var labels = new int[points];
            var accuracy = new double[points];
            for (int point = 0; point < points; point++) {
                boolean shared = point == 0 && !designed;
                var trained = shared && first != null ? first : train(labelled);
                try {
                    labels[point] = labelled.size();
                    accuracy[point] = accuracy(trained.model());
                    if (point + 1 < points) {
                        labelled.addAll(next(rule, trained.model(), labelled, random));
                    }
                } finally {
                    if (shared) {
                        first = trained;
                    } else {
                        trained.close();
                    }
                }
            }
            return new LoopReport.Run(arm, seed, labels, accuracy);
        }

        private TrainedReward train(List<Integer> labelled) {
            return new RewardTrainer()
                    .train(
                            training(labelled),
                            TrainingSettings.defaults(),
                            new Provenance("study", "study", "study", seed, encoderId, "cpu"),
                            TrainingListener.SILENT);
        }

        @Override
        public void close() {
            if (first != null) {
                first.close();
            }
        }

        /** The first pairs by design: no model, only the features as the prior weighs them. */
        private List<Integer> designed(SplittableRandom random) {
            var prior = PriorFeatures.of(FeatureTable.of(set.features()), layout, seed);
            var rows = FeatureMatrix.of(
                    Arrays.stream(set.features()).map(prior::project).toList());
            var pool = Pool.withoutModel(PairFeatures.differences(rows, firsts, seconds), items, groups, 1);
            var batch = new DOptimal(GreedyDesign.FRONT)
                    .select(pool, Past.none(rows.width(), 1), FIRST, Caps.NONE, UNIFORM_SHARE, random);
            return Arrays.stream(batch.pairs()).boxed().toList();
        }

        private List<Integer> next(String arm, RewardModel model, List<Integer> labelled, SplittableRandom random) {
            int[] open = IntStream.range(0, answers.size())
                    .filter(pair -> !labelled.contains(pair))
                    .toArray();
            int[] past = labelled.stream().mapToInt(Integer::intValue).toArray();
            var candidates = new ScoredCandidates(model);
            candidates.add(set.features());
            var colon = arm.indexOf(':');
            var scoring = colon < 0 ? "model" : arm.substring(0, colon);
            var policy = AcquisitionPolicy.named(arm.substring(colon + 1));
            var pool = candidates.pool(of(firsts, open), of(seconds, open), of(items, open), of(groups, open));
            var known = past(candidates.pool(of(firsts, past), of(seconds, past), of(items, past), of(groups, past)));
            if (scoring.equals("graded")) {
                var answered = candidates.pool(of(firsts, past), of(seconds, past), of(items, past), of(groups, past));
                var graded = new LabelInformation(.9, 0, true);
                pool = pool.withAnnotators(graded);
                known = past(answered.withAnnotators(graded));
            } else if (!scoring.equals("model")) {
                var differences = candidates.differences(firsts, seconds);
                var fitted = PreferenceModel.fit(
                        verdicts(candidates, past), Prior.evidence(FeatureSpectrum.of(differences)));
                var posterior = fitted.score(pool.features(), of(items, open), of(groups, open));
                known = fitted.past();
                pool = scoring.equals("posterior") ? posterior : blend(pool, posterior, open);
            }
            var batch = policy.select(pool, known, BATCH, Caps.NONE, UNIFORM_SHARE, random);
            return Arrays.stream(batch.pairs()).mapToObj(pair -> open[pair]).toList();
        }

        private static Past past(Pool labelled) {
            var information = IntStream.range(0, labelled.size())
                    .mapToDouble(labelled::information)
                    .toArray();
            return Past.of(labelled.features(), information, ScoredCandidates.PRIOR_PRECISION);
        }

        /** Probabilities by the reward model, uncertainty by the last layer's posterior. */
        private Pool blend(Pool model, Pool posterior, int[] open) {
            var pFirst = new float[open.length];
            var pTie = new float[open.length];
            var deviation = new float[open.length];
            for (int pair = 0; pair < open.length; pair++) {
                pFirst[pair] = (float) model.first(pair);
                pTie[pair] = (float) model.tie(pair);
                deviation[pair] = (float) posterior.epistemic(pair);
            }
            return new Pool(model.features(), of(items, open), of(groups, open), pFirst, pTie, deviation);
        }

        private PairLabels verdicts(ScoredCandidates candidates, int[] past) {
            var counts = new double[3][past.length];
            for (int label = 0; label < past.length; label++) {
                counts[1 - overall(answers.get(past[label]))][label] = 1;
            }
            return new PairLabels(
                    candidates.differences(of(firsts, past), of(seconds, past)), counts[0], counts[1], counts[2]);
        }

        private static int overall(TrainingExample example) {
            int sum = 0;
            for (var answer : example.answers()) {
                if (answer instanceof Answer.Rated(int one, int other)) {
                    sum += one - other;
                }
            }
            return Integer.signum(sum);
        }

        private TrainingSet training(List<Integer> labelled) {
            return new TrainingSet(
                    EditSet.DIMENSIONS,
                    4,
                    encoderId,
                    layout,
                    FeatureTable.of(set.features()),
                    labelled.stream().map(answers::get).toList());
        }

        private double accuracy(RewardModel model) {
            double right = 0;
            int all = 0;
            var scores = model.score(set.features());
            for (var item : heldOut) {
                for (int a = 0; a < item.rows().length; a++) {
                    for (int b = a + 1; b < item.rows().length; b++) {
                        int truth = 0;
                        for (int d = 0; d < EditSet.DIMENSIONS.size(); d++) {
                            truth += item.truth()[a][d] - item.truth()[b][d];
                        }
                        if (truth != 0) {
                            double gap = scores.get(item.rows()[a]).overallMu()
                                    - scores.get(item.rows()[b]).overallMu();
                            right += gap == 0 ? .5 : gap * truth > 0 ? 1 : 0;
                            all++;
                        }
                    }
                }
            }
            return right / all;
        }
    }

    private static int[] of(int[] values, int[] indices) {
        return Arrays.stream(indices).map(index -> values[index]).toArray();
    }
}
