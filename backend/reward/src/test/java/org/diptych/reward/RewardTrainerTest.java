package org.diptych.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.diptych.protocol.Verdict;
import org.junit.jupiter.api.Test;

class RewardTrainerTest {

    private static final Provenance PROVENANCE =
            new Provenance("snapshot", "protocol", "revision", 7, "synthetic", "cpu");
    private static final TrainingSettings SETTINGS = TrainingSettings.defaults();

    @Test
    void learns_from_ratings() {
        var labels = new SyntheticLabels(1);
        try (var trained = train(labels, labels.ratings())) {
            assertThat(labels.accuracy(trained.model())).isGreaterThan(0.9);
            assertThat(trained.card().heads()).allMatch(ModelCard.Head::rated);
            assertThat(trained.card().heads().getFirst().calibration().accuracy())
                    .isGreaterThan(0.8);
            assertThat(trained.card().overall().calibrationError()).isLessThan(0.1);
        }
    }

    @Test
    void learns_from_verdicts_with_ties_and_both_bad() {
        var labels = new SyntheticLabels(2);
        try (var trained = train(labels, labels.verdicts())) {
            assertThat(labels.accuracy(trained.model())).isGreaterThan(0.9);
            assertThat(trained.card().heads()).noneMatch(ModelCard.Head::rated);
        }
    }

    @Test
    void probabilities_of_a_pair_add_up_and_follow_the_scores() {
        var labels = new SyntheticLabels(3);
        try (var trained = train(labels, labels.verdicts())) {
            var model = trained.model();
            var scores = model.score(labels.features);
            var p = model.probability(scores.get(0), scores.get(1), 0);
            assertThat(p.first() + p.tie() + p.second()).isCloseTo(1, within(1e-9));
            assertThat(p.first() > p.second())
                    .isEqualTo(scores.get(0).mu().get(0) > scores.get(1).mu().get(0));
            var swapped = model.overallProbability(scores.get(1), scores.get(0));
            assertThat(swapped.second())
                    .isCloseTo(
                            model.overallProbability(scores.get(0), scores.get(1))
                                    .first(),
                            within(1e-9));
        }
    }

    @Test
    void is_less_sure_about_candidates_unlike_those_it_learned_from() {
        var labels = new SyntheticLabels(4);
        try (var trained = train(labels, labels.ratings())) {
            float[] far = new float[SyntheticLabels.LAYOUT.dimension()];
            Arrays.fill(far, 4);
            var strange = trained.model().score(new float[][] {far}).getFirst();
            double ordinary = trained.model().score(labels.features).stream()
                    .mapToDouble(Score::overallEpistemic)
                    .average()
                    .orElseThrow();
            assertThat(strange.epistemic().getFirst()).isGreaterThan(ordinary);
        }
    }

    @Test
    void the_same_seed_gives_the_same_parameters() {
        var labels = new SyntheticLabels(5);
        var examples = labels.ratings();
        try (var one = train(labels, examples);
                var two = train(labels, examples)) {
            assertThat(one.card().parametersDigest()).isEqualTo(two.card().parametersDigest());
        }
    }

    @Test
    void batches_learn_as_one_batch_does() {
        var labels = new SyntheticLabels(6);
        try (var trained = new RewardTrainer()
                .train(labels.set(labels.ratings()), SETTINGS.withBatchSize(20), PROVENANCE, TrainingListener.SILENT)) {
            assertThat(labels.accuracy(trained.model())).isGreaterThan(0.9);
        }
    }

    @Test
    void learns_that_annotators_favour_the_left() {
        var labels = new SyntheticLabels(7);
        var examples = new ArrayList<TrainingExample>();
        for (var e : labels.verdicts()) {
            var left = new Answer.Judged(e.firstOnLeft() ? Verdict.FIRST : Verdict.SECOND);
            boolean tied = e.answers().getFirst().equals(new Answer.Judged(Verdict.TIE));
            examples.add(new TrainingExample(
                    e.first(),
                    e.second(),
                    e.group(),
                    e.instruction(),
                    e.annotator(),
                    1,
                    e.firstOnLeft(),
                    List.of(tied ? left : e.answers().getFirst(), e.answers().get(1))));
        }
        try (var trained = train(labels, examples)) {
            assertThat(trained.card().heads().getFirst().leftAdvantage()).isPositive();
        }
    }

    @Test
    void says_how_many_labels_are_missing() {
        var labels = new SyntheticLabels(8);
        assertThatThrownBy(() -> train(labels, labels.ratings().subList(0, 12)))
                .isInstanceOfSatisfying(
                        NotEnoughLabelsException.class,
                        e -> assertThat(e.missing()).isEqualTo(8))
                .hasMessageContaining("8 more");
    }

    @Test
    void refuses_labels_that_prefer_nothing() {
        var labels = new SyntheticLabels(9);
        var ties = labels.ratings().stream()
                .map(e -> new TrainingExample(
                        e.first(),
                        e.second(),
                        e.group(),
                        e.instruction(),
                        e.annotator(),
                        1,
                        true,
                        List.of(new Answer.Judged(Verdict.TIE), new Answer.Judged(Verdict.TIE))))
                .toList();
        assertThatThrownBy(() -> train(labels, ties))
                .isInstanceOf(NotEnoughLabelsException.class)
                .hasMessageContaining("following");
    }

    @Test
    void refuses_features_that_are_not_numbers() {
        var labels = new SyntheticLabels(10);
        labels.features[3][2] = Float.NaN;
        assertThatThrownBy(() -> train(labels, labels.ratings()))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("feature 2 of row 3");
    }

    @Test
    void stops_when_the_listener_cancels() {
        var labels = new SyntheticLabels(11);
        assertThatThrownBy(() -> new RewardTrainer()
                        .train(labels.set(labels.ratings()), SETTINGS, PROVENANCE, progress -> {
                            if (progress.phase() == TrainingProgress.Phase.FITTING) {
                                throw new TrainingCancelledException("enough");
                            }
                        }))
                .isInstanceOf(TrainingCancelledException.class);
    }

    @Test
    void last_layer_keeps_what_distinguishes_candidates() {
        var labels = new SyntheticLabels(12);
        try (var trained = train(labels, labels.ratings())) {
            float[][] layer = trained.model().evaluate(labels.features).lastLayer();
            assertThat(layer[0]).hasSize(trained.model().lastLayerDimension());
            assertThat(layer[0]).isNotEqualTo(layer[1]);
            float[][] alone = {labels.features[1]};
            assertThat(trained.model().evaluate(alone).lastLayer()[0]).containsExactly(layer[1], within(1e-4f));
        }
    }

    private static TrainedReward train(SyntheticLabels labels, List<TrainingExample> examples) {
        return new RewardTrainer().train(labels.set(examples), SETTINGS, PROVENANCE, TrainingListener.SILENT);
    }

    @Test
    void both_bad_says_something_about_each_candidate_alone() {
        var labels = new SyntheticLabels(13);
        // ties and both-bad verdicts alone tell good pairs from bad ones; comparisons are few
        var examples = new ArrayList<TrainingExample>();
        for (var e : labels.verdicts()) {
            double first = labels.truth[e.first()][0];
            double second = labels.truth[e.second()][0];
            boolean bad = first < 0 && second < 0;
            boolean good = first > 0 && second > 0;
            if (bad || good || examples.size() < 40) {
                var verdict = bad ? Verdict.BOTH_BAD : good ? Verdict.TIE : Answers.compare(first - second);
                examples.add(new TrainingExample(
                        e.first(),
                        e.second(),
                        e.group(),
                        e.instruction(),
                        e.annotator(),
                        1,
                        e.firstOnLeft(),
                        List.of(new Answer.Judged(verdict), e.answers().get(1))));
            }
        }
        var withoutBad = examples.stream()
                .map(e -> e.answers().getFirst().equals(new Answer.Judged(Verdict.BOTH_BAD))
                        ? new TrainingExample(
                                e.first(),
                                e.second(),
                                e.group(),
                                e.instruction(),
                                e.annotator(),
                                1,
                                e.firstOnLeft(),
                                List.of(
                                        new Answer.Judged(Verdict.TIE),
                                        e.answers().get(1)))
                        : e)
                .toList();
        try (var told = train(labels, examples);
                var ties = train(labels, withoutBad)) {
            var unseen = new SyntheticLabels(14);
            assertThat(unseen.accuracy(told.model()))
                    .isGreaterThan(unseen.accuracy(ties.model()) + 0.03)
                    .isGreaterThan(0.75);
        }
    }

    @Test
    void names_at_most_twenty_labels_in_a_message() {
        assertThat(NotFiniteException.ofLabels(IntStream.range(0, 50).boxed().toList()))
                .hasMessageContaining("19] and 30 more")
                .extracting(failure -> failure.rows().size())
                .isEqualTo(50);
    }
}
