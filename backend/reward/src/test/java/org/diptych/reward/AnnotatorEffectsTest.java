package org.diptych.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.diptych.protocol.Verdict;
import org.junit.jupiter.api.Test;

class AnnotatorEffectsTest {

    private static final Provenance PROVENANCE =
            new Provenance("snapshot", "protocol", "revision", 7, "synthetic", "cpu");

    /** Answers a pair whose first candidate is better by so much. */
    private interface Habit {
        Verdict answer(double gap, boolean firstOnLeft, Random random);
    }

    private static final Habit CAREFUL = (gap, firstOnLeft, random) -> strict(gap + 0.5 * random.nextGaussian());
    private static final Habit CLICKER = (gap, firstOnLeft, random) -> strict(random.nextGaussian());
    private static final Habit FOND_OF_LEFT =
            (gap, firstOnLeft, random) -> strict(gap + (firstOnLeft ? 2 : -2) + 0.5 * random.nextGaussian());

    private static final Habit ALWAYS_LEFT = (gap, firstOnLeft, random) -> strict(firstOnLeft ? 1 : -1);

    private static Verdict strict(double gap) {
        return gap > 0 ? Verdict.FIRST : Verdict.SECOND;
    }

    @Test
    void a_random_clicker_counts_less_and_a_careful_annotator_more() {
        var labels = new SyntheticLabels(1);
        var effects = AnnotatorEffects.of(crowd(labels, 1, 3, CAREFUL, CAREFUL, CAREFUL, CLICKER));
        var weights =
                effects.annotators().stream().map(ModelCard.Annotator::weight).toList();
        assertThat(weights.getLast()).isLessThan(0.4);
        assertThat(weights.subList(0, 3)).allMatch(weight -> weight > 1);
        assertThat(effects.annotators().getLast().reliability()).isLessThan(0.7);
    }

    @Test
    void sides_are_found_for_each_annotator() {
        var labels = new SyntheticLabels(2);
        var effects = AnnotatorEffects.of(crowd(labels, 2, 3, CAREFUL, CAREFUL, FOND_OF_LEFT));
        assertThat(effects.left("annotator-2")).isGreaterThan(1);
        assertThat(effects.left("annotator-0")).isCloseTo(0, within(0.4));
        assertThat(effects.left("annotator-1")).isCloseTo(0, within(0.4));
    }

    @Test
    void without_shared_pairs_everybody_counts_alike() {
        var labels = new SyntheticLabels(3);
        var effects = AnnotatorEffects.of(crowd(labels, 3, 1, CAREFUL, CLICKER));
        assertThat(effects.annotators()).allSatisfy(annotator -> {
            assertThat(annotator.weight()).isEqualTo(1);
            assertThat(annotator.reliability()).isNull();
            assertThat(annotator.leftAdvantage()).isFinite();
        });
    }

    @Test
    void few_shared_pairs_move_a_weight_little() {
        var labels = new SyntheticLabels(4);
        var many = crowd(labels, 4, 3, CAREFUL, CAREFUL, CAREFUL, CLICKER);
        var few = many.subList(0, 12);
        var weight = AnnotatorEffects.of(few).annotators().getLast().weight();
        assertThat(weight).isBetween(0.7, 1.3);
    }

    @Test
    void one_annotator_alone_is_no_problem() {
        var labels = new SyntheticLabels(5);
        var effects = AnnotatorEffects.of(crowd(labels, 5, 1, CAREFUL));
        assertThat(effects.annotators()).singleElement().satisfies(annotator -> {
            assertThat(annotator.weight()).isEqualTo(1);
            assertThat(annotator.leftAdvantage()).isFinite();
        });
    }

    @Test
    void weights_help_where_somebody_clicks_at_random_and_never_hurt() {
        double gainWithClickers = 0;
        double gainWithout = 0;
        int seeds = 3;
        for (int seed = 10; seed < 10 + seeds; seed++) {
            gainWithClickers += gain(seed, 2, CAREFUL, CAREFUL, CLICKER, CLICKER, ALWAYS_LEFT) / seeds;
            gainWithout += gain(seed, 3, CAREFUL, CAREFUL, CAREFUL) / seeds;
        }
        assertThat(gainWithClickers).isGreaterThan(0.05);
        assertThat(gainWithout).isGreaterThan(-0.01);
    }

    @Test
    void the_card_names_annotators_by_number_alone() {
        var labels = new SyntheticLabels(6);
        var examples = crowd(labels, 6, 3, CAREFUL, CAREFUL, CLICKER);
        try (var trained = train(labels, examples, true)) {
            assertThat(trained.card().annotators())
                    .extracting(ModelCard.Annotator::number)
                    .containsExactly(1, 2, 3);
            assertThat(CardText.of(trained.card())).contains("| 3 |").doesNotContain("annotator-2");
        }
    }

    /** By how much held-out accuracy rises with weights and sides. */
    private static double gain(long seed, int every, Habit... habits) {
        var labels = new SyntheticLabels(seed);
        var examples = crowd(labels, seed, 3, every, habits);
        try (var alike = train(labels, examples, false);
                var weighed = train(labels, examples, true)) {
            return unseen(weighed.model(), seed) - unseen(alike.model(), seed);
        }
    }

    private static TrainedReward train(SyntheticLabels labels, List<TrainingExample> examples, boolean weigh) {
        return new RewardTrainer()
                .train(
                        labels.set(examples),
                        TrainingSettings.defaults().withMembers(2).withAnnotatorWeights(weigh),
                        PROVENANCE,
                        TrainingListener.SILENT);
    }

    /** Accuracy on candidates that are in no training set: the truth is the same function of their features. */
    private static double unseen(RewardModel model, long seed) {
        double sum = 0;
        int sets = 4;
        for (int other = 1; other <= sets; other++) {
            sum += new SyntheticLabels(seed + 1_000L * other).accuracy(model);
        }
        return sum / sets;
    }

    private static List<TrainingExample> crowd(SyntheticLabels labels, long seed, int perPair, Habit... habits) {
        return crowd(labels, seed, perPair, 1, habits);
    }

    /** Every second (third, …) pair answered by so many annotators in turn, on both dimensions. */
    private static List<TrainingExample> crowd(
            SyntheticLabels labels, long seed, int perPair, int every, Habit... habits) {
        var random = new Random(seed);
        var examples = new ArrayList<TrainingExample>();
        int turn = 0;
        int pair = 0;
        for (int item = 0; item < SyntheticLabels.ITEMS; item++) {
            for (int a = 0; a < SyntheticLabels.PER_ITEM; a++) {
                for (int b = a + 1; b < SyntheticLabels.PER_ITEM; b++) {
                    int opinions = pair++ % every == 0 ? perPair : 0;
                    for (int opinion = 0; opinion < opinions; opinion++) {
                        int annotator = turn++ % habits.length;
                        int first = item * SyntheticLabels.PER_ITEM + a;
                        int second = item * SyntheticLabels.PER_ITEM + b;
                        boolean firstOnLeft = random.nextBoolean();
                        var answers = new ArrayList<Answer>();
                        for (int d = 0; d < 2; d++) {
                            double gap = labels.truth[first][d] - labels.truth[second][d];
                            answers.add(new Answer.Judged(habits[annotator].answer(gap, firstOnLeft, random)));
                        }
                        examples.add(new TrainingExample(
                                first,
                                second,
                                "source-" + item / 2,
                                "instruction-" + item % 6,
                                "annotator-" + annotator,
                                1,
                                firstOnLeft,
                                answers));
                    }
                }
            }
        }
        return examples;
    }
}
