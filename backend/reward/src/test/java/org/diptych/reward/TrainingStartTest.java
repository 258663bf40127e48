package org.diptych.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.diptych.protocol.Verdict;
import org.diptych.reward.encoder.PyTorch;
import org.junit.jupiter.api.Test;

class TrainingStartTest {

    private static final TrainingSettings SETTINGS =
            TrainingSettings.defaults().withMembers(4).withFolds(2).withSteps(120);

    @Test
    void without_an_earlier_model_a_run_starts_from_scratch() {
        var labels = new SyntheticLabels(1);
        try (var trained = train(labels, labels.ratings(), new TrainingStart.Scratch())) {
            assertThat(trained.card().start()).isEqualTo(StartChoice.SCRATCH);
        }
    }

    @Test
    void validation_chooses_what_predicts_better_and_the_card_says_so() {
        var labels = new SyntheticLabels(2);
        var all = labels.ratings();
        try (var earlier = train(labels, all.subList(0, 120), new TrainingStart.Scratch());
                var sibling = train(labels, seen(all.subList(0, 120)), new TrainingStart.Scratch());
                var trained = train(labels, all, validated(earlier, sibling))) {
            var start = Objects.requireNonNull(trained.card().start());
            assertThat(start.earlier()).isEqualTo(earlier.card().parametersDigest());
            assertThat(start.labels()).isEqualTo(all.size() - seen(all).size());
            boolean warm = Objects.requireNonNull(start.warmLoss()) < Objects.requireNonNull(start.scratchLoss());
            assertThat(start.kind()).isEqualTo(warm ? StartChoice.Kind.WARM : StartChoice.Kind.SCRATCH);
            assertThat(start.stop() != null).isEqualTo(warm);
            assertThat(labels.accuracy(trained.model())).isGreaterThan(0.9);
            assertThat(CardText.of(trained.card())).contains("held-out labels");
        }
    }

    @Test
    void an_earlier_model_that_learned_the_opposite_is_not_started_from() {
        var labels = new SyntheticLabels(3);
        var all = labels.verdicts();
        try (var opposite = train(labels, turned(all), new TrainingStart.Scratch());
                var sibling = train(labels, turned(seen(all)), new TrainingStart.Scratch());
                var trained = train(labels, all, validated(opposite, sibling))) {
            assertThat(labels.accuracy(trained.model())).isGreaterThan(0.85);
        }
    }

    @Test
    void the_same_start_gives_the_same_parameters() {
        var labels = new SyntheticLabels(4);
        var all = labels.ratings();
        var choice = new StartChoice(StartChoice.Kind.WARM, "earlier", 0, null, null, 0.5);
        try (var earlier = train(labels, all.subList(0, 100), new TrainingStart.Scratch());
                var one = train(labels, all, new TrainingStart.AsChosen(earlier.model(), choice));
                var two = train(labels, all, new TrainingStart.AsChosen(earlier.model(), choice));
                var scratch = train(labels, all, new TrainingStart.Scratch())) {
            assertThat(one.card().parametersDigest()).isEqualTo(two.card().parametersDigest());
            assertThat(one.card().parametersDigest())
                    .isNotEqualTo(scratch.card().parametersDigest());
            assertThat(labels.accuracy(one.model())).isGreaterThan(0.9);
        }
    }

    @Test
    void a_fit_that_starts_from_a_model_scores_as_that_model_did() {
        var labels = new SyntheticLabels(5);
        try (var earlier = train(labels, labels.ratings(), new TrainingStart.Scratch());
                var manager = PyTorch.newManager(PyTorch.device())) {
            // half of the candidates: another standardization
            var rows = Arrays.copyOf(labels.features, labels.features.length / 2);
            var examples = labels.ratings().stream()
                    .filter(example -> Math.max(example.first(), example.second()) < rows.length)
                    .toList();
            var set = new TrainingSet(
                    List.of("following", "quality"),
                    4,
                    "synthetic",
                    SyntheticLabels.LAYOUT,
                    FeatureTable.of(rows),
                    examples);
            var data = new FitData(set, Standardization.of(set.features()), AnnotatorEffects.alike(examples), SETTINGS);
            var priors =
                    earlier.card().heads().stream().map(ModelCard.Head::prior).toList();
            var plan = Priors.plan(data, priors, 1, new float[0][][], examples.size(), 10);
            try (var fit = new BatchedFit(manager, data, plan, Precision.FLOAT32)) {
                fit.start(new WarmHead(earlier.model(), data.standardization(), plan, member -> 0));
                var batch = LabelBatch.of(manager, data, examples);
                float[] mu = fit.predict(batch)[0];
                int a = examples.getFirst().first();
                int b = examples.getFirst().second();
                var scores = earlier.model().score(new float[][] {rows[a], rows[b]});
                assertThat((double) mu[0] - mu[1])
                        .isCloseTo(
                                scores.get(0).mu().getFirst()
                                        - scores.get(1).mu().getFirst(),
                                within(1e-3));
            }
        }
    }

    private static TrainingStart validated(TrainedReward earlier, TrainedReward sibling) {
        return new TrainingStart.Validated(earlier.model(), sibling.model(), TrainingStartTest::isHeldOut);
    }

    private static boolean isHeldOut(String group) {
        return Math.floorMod(group.hashCode(), 3) == 0;
    }

    private static List<TrainingExample> seen(List<TrainingExample> examples) {
        return examples.stream().filter(example -> !isHeldOut(example.group())).toList();
    }

    private static List<TrainingExample> turned(List<TrainingExample> examples) {
        var turned = new ArrayList<TrainingExample>();
        for (var e : examples) {
            var answers = e.answers().stream()
                    .map(answer -> (Answer) new Answer.Judged(
                            switch (Answers.verdict(answer).orElse(Verdict.TIE)) {
                                case FIRST -> Verdict.SECOND;
                                case SECOND -> Verdict.FIRST;
                                case TIE, BOTH_BAD -> Verdict.TIE;
                            }))
                    .toList();
            turned.add(new TrainingExample(
                    e.first(), e.second(), e.group(), e.instruction(), e.annotator(), 1, e.firstOnLeft(), answers));
        }
        return turned;
    }

    private static TrainedReward train(SyntheticLabels labels, List<TrainingExample> examples, TrainingStart start) {
        var provenance = new Provenance("snapshot", "protocol", "revision", 7, "synthetic", "cpu");
        return new RewardTrainer()
                .train(labels.set(examples), SETTINGS, provenance, TrainingListener.SILENT, start, Checkpoints.NONE);
    }
}
