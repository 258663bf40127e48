package org.diptych.statistics.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.diptych.statistics.data.PublishedRatings;
import org.junit.jupiter.api.Test;

/** The benchmarks' figures as a whole: published and corrected side by side. */
class BenchmarksTest {
    private static final Resampling RESAMPLING =
            new Resampling(new GroupBootstrap(200, 0.95), 5, () -> new SplittableRandom(7));

    @Test
    void an_interval_of_a_mean_is_the_same_computed_as_any_statistic() {
        var random = new Random(1);
        double[] values = random.doubles(300).toArray();
        int[] group = random.ints(300, 0, 40).toArray();
        var bootstrap = RESAMPLING.bootstrap();

        var mean = (Estimate.Interval) bootstrap.mean(values, group, new SplittableRandom(3));
        var statistic = (Estimate.Interval) bootstrap.statistic(
                group,
                places -> Measure.of(Arrays.stream(places)
                        .mapToDouble(place -> values[place])
                        .average()
                        .orElseThrow()),
                new SplittableRandom(3));

        assertThat(statistic.value()).isCloseTo(mean.value(), within(1e-12));
        assertThat(statistic.low()).isCloseTo(mean.low(), within(1e-12));
        assertThat(statistic.high()).isCloseTo(mean.high(), within(1e-12));
        assertThat(statistic.groups()).isEqualTo(mean.groups());
    }

    @Test
    void a_statistic_that_is_undefined_in_many_resamples_has_no_interval() {
        int[] group = {0, 1, 2};
        var estimate = RESAMPLING
                .bootstrap()
                .statistic(
                        group,
                        places -> Arrays.stream(places).distinct().count() < 3
                                ? Measure.undefined("too few")
                                : Measure.of(1),
                        new SplittableRandom(3));

        assertThat(estimate)
                .isInstanceOfSatisfying(
                        Estimate.Undefined.class,
                        undefined -> assertThat(undefined.reason()).contains("resamples"));
    }

    @Test
    void ranks_of_equal_values_are_shared() {
        var random = new Random(2);
        for (int round = 0; round < 200; round++) {
            double[] values = random.ints(1 + random.nextInt(30), -3, 4)
                    .mapToDouble(value -> value == 0 && random.nextBoolean() ? -0.0 : value)
                    .toArray();
            double[] rank = RankCorrelation.midRanks(values);
            for (int index = 0; index < values.length; index++) {
                double own = values[index];
                long below = Arrays.stream(values).filter(value -> value < own).count();
                long equal = Arrays.stream(values).filter(value -> value == own).count();
                assertThat(rank[index]).isEqualTo(below + (equal + 1) / 2.0);
            }
        }
    }

    @Test
    void the_corrected_accuracy_does_not_depend_on_the_order_of_the_pairs() {
        var random = new Random(4);
        for (int round = 0; round < 50; round++) {
            int size = 20 + random.nextInt(60);
            int[] human = random.ints(size, -1, 2).toArray();
            double[] margin = random.doubles(size, -3, 3)
                    .map(value -> Math.rint(2 * value) / 2)
                    .toArray();
            int[] group = random.ints(size, 0, 12).toArray();
            List<Integer> shuffled =
                    new ArrayList<>(IntStream.range(0, size).boxed().toList());
            Collections.shuffle(shuffled, random);
            var pairs = new ScoredPairs(human, margin, group);

            var given = PairBenchmark.of(pairs, RESAMPLING);
            var other = PairBenchmark.of(
                    pairs.select(shuffled.stream().mapToInt(Integer::intValue).toArray()), RESAMPLING);

            assertThat(other.withTies().corrected()).isEqualTo(given.withTies().corrected());
            assertThat(other.testSetOptimum()).isEqualTo(given.testSetOptimum());
            assertThat(given.withTies().majority().orElseThrow()).isGreaterThanOrEqualTo(1 / 3.0);
        }
    }

    @Test
    void a_threshold_chosen_on_the_test_set_flatters_scores_that_know_nothing() {
        var random = new Random(9);
        double published = 0;
        double corrected = 0;
        for (int round = 0; round < 60; round++) {
            int[] human = random.ints(40, -1, 2).toArray();
            double[] margin = random.doubles(40, -1, 1).toArray();
            var figure = PairBenchmark.of(ScoredPairs.ungrouped(human, margin), RESAMPLING)
                    .withTies();
            published += figure.published().orElseThrow() / 60;
            corrected += figure.corrected().orElseThrow() / 60;
        }
        assertThat(corrected).isCloseTo(1 / 3.0, within(0.03));
        assertThat(published).isGreaterThan(corrected + 0.04);
    }

    @Test
    void one_source_image_is_not_enough_for_a_threshold_of_others() {
        var figure = PairBenchmark.of(new ScoredPairs(new int[] {1, 0}, new double[] {1, 0}, new int[2]), RESAMPLING)
                .withTies();

        assertThat(figure.published().orElseThrow()).isEqualTo(1);
        assertThat(figure.corrected()).isInstanceOf(Measure.Undefined.class);
        assertThat(PairBenchmark.of(new ScoredPairs(new int[0], new double[0], new int[0]), RESAMPLING)
                        .withTies()
                        .corrected())
                .isEqualTo(Measure.undefined("there are no pairs"));
    }

    @Test
    void a_score_cannot_say_that_both_are_bad() {
        int[] human = {1, -1, 1, -1};
        var pairs = new ScoredPairs(human, new double[] {1, -1, 1, -1}, new int[] {0, 1, 2, 3});

        var figure = PairBenchmark.fourWay(pairs, new int[] {0, 4, 5, 6}, RESAMPLING);

        assertThat(figure.corrected().orElseThrow()).isEqualTo(0.5);
        assertThat(figure.majority().orElseThrow()).isEqualTo(0.5);
        assertThat(figure.cases()).isEqualTo(8);
        assertThat(figure.groups()).isEqualTo(7);
    }

    @Test
    void four_answers_of_one_source_image_have_no_threshold_and_no_figure() {
        var pairs = new ScoredPairs(new int[] {1, 1}, new double[] {1, 2}, new int[2]);

        var figure = PairBenchmark.fourWay(pairs, new int[] {1, 2}, RESAMPLING);

        assertThat(figure.published().orElseThrow()).isEqualTo(0.25);
        assertThat(figure.corrected()).isInstanceOf(Measure.Undefined.class);
        assertThat(figure.interval()).isInstanceOf(Estimate.Undefined.class);
        assertThat(figure.cases()).isEqualTo(4);
        assertThat(PairBenchmark.fourWay(
                                new ScoredPairs(new int[0], new double[0], new int[0]), new int[] {1, 2}, RESAMPLING)
                        .corrected())
                .isEqualTo(Measure.of(0));
    }

    @Test
    void a_size_of_one_source_image_leaves_the_whole_undefined() {
        var figures = GroupBenchmark.of(
                List.of(
                        RankedGroup.parse("A>B", 2, 1),
                        RankedGroup.parse("A>B", 2, 1),
                        RankedGroup.parse("A>B>C", 3, 2, 1)),
                new int[] {0, 1, 2},
                RESAMPLING);

        assertThat(part(figures.groups(), 2).corrected()).isEqualTo(Measure.of(1));
        assertThat(figures.overallGroups().corrected())
                .isInstanceOfSatisfying(
                        Measure.Undefined.class,
                        undefined -> assertThat(undefined.reason()).contains("K = 3"));
        assertThat(figures.overallPairs().corrected()).isInstanceOf(Measure.Undefined.class);
        assertThat(figures.overallPairs().published()).isEqualTo(Measure.of(1));
    }

    @Test
    void the_second_variant_of_imagenhub_takes_one_instruction_on_many_pictures_for_one_group() {
        List<CorrelationBenchmark.Rated> rated = new ArrayList<>();
        for (int source = 0; source < 6; source++) {
            rated.add(new CorrelationBenchmark.Rated("P", "words " + source % 2, source, source / 2, source / 2));
        }

        var figure = CorrelationBenchmark.perInstruction(rated, RESAMPLING);

        assertThat(figure.published().orElseThrow()).isCloseTo(1, within(1e-12));
        assertThat(figure.corrected()).isInstanceOf(Measure.Undefined.class);
    }

    @Test
    void whole_groups_are_a_partial_order_and_the_sizes_add_up() {
        List<RankedGroup> groups = new ArrayList<>();
        for (int item = 0; item < 10; item++) {
            groups.add(RankedGroup.parse("A=B=Good", 1, 1));
            groups.add(RankedGroup.parse("A>B", 2, 1));
            groups.add(RankedGroup.parse("C>A=B", 1, 1, 2));
            groups.add(RankedGroup.parse("B>A>D>C", 3, 4, 1, 2));
        }
        int[] source = IntStream.range(0, 40).map(group -> group / 4).toArray();

        var figures = GroupBenchmark.of(groups, source, RESAMPLING);

        assertThat(part(figures.groups(), 3).published().orElseThrow()).isZero();
        assertThat(part(figures.groups(), 3).corrected().orElseThrow()).isEqualTo(1);
        assertThat(part(figures.groups(), 3).random().orElseThrow()).isZero();
        assertThat(part(figures.groups(), 4).random().orElseThrow()).isCloseTo(1 / 24.0, within(1e-12));
        assertThat(figures.overallGroups().published().orElseThrow()).isEqualTo(0.75);
        assertThat(figures.overallGroups().corrected().orElseThrow()).isEqualTo(1);
        assertThat(figures.overallGroups().groups()).isEqualTo(10);
        assertThat(figures.overallPairs().cases()).isEqualTo(110);
        double sum = figures.pairs().values().stream()
                .mapToDouble(size -> size.cases() * size.corrected().orElseThrow())
                .sum();
        assertThat(figures.overallPairs().corrected().orElseThrow()).isCloseTo(sum / 110, within(1e-12));
    }

    @Test
    void a_judge_needs_every_pair_of_a_group() {
        var figures = JudgedGroups.of(
                List.of(
                        new JudgedGroups.Judged(2, 0, List.of(true)),
                        new JudgedGroups.Judged(3, 1, List.of(true, true, false)),
                        new JudgedGroups.Judged(3, 2, List.of(true, true, true))),
                RESAMPLING);

        assertThat(figures.overallGroups().corrected().orElseThrow()).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(part(figures.groups(), 3).random().orElseThrow()).isEqualTo(1 / 8.0);
        assertThat(figures.pairs().corrected().orElseThrow()).isCloseTo(6 / 7.0, within(1e-12));
    }

    @Test
    void a_rater_of_imagenhub_against_the_mean_of_the_others() {
        var ratings = PublishedRatings.imagenHub("Text-Guided_IE");
        List<CorrelationBenchmark.Rated> rated = new ArrayList<>();
        for (int item = 0; item < ratings.items(); item++) {
            for (int model = 0; model < ratings.models().size(); model++) {
                rated.add(new CorrelationBenchmark.Rated(
                        ratings.models().get(model),
                        "item " + item,
                        item,
                        ratings.overall(0, item, model),
                        (ratings.overall(1, item, model) + ratings.overall(2, item, model)) / 2));
            }
        }

        var all = CorrelationBenchmark.of(rated, RESAMPLING);
        var withoutImagic = CorrelationBenchmark.of(
                rated.stream().filter(one -> !one.model().equals("Imagic")).toList(), RESAMPLING);

        assertThat(all.undefinedModels()).isEqualTo(1);
        assertThat(all.tanhOfMean().published()).isInstanceOf(Measure.Undefined.class);
        assertThat(all.mean().published()).isInstanceOf(Measure.Undefined.class);
        assertThat(all.meanOfDefined().orElseThrow()).isCloseTo(0.5286, within(5e-5));
        assertThat(all.tanhOfMean().corrected().orElseThrow()).isCloseTo(0.5682, within(5e-5));
        assertThat(withoutImagic.tanhOfMean().published().orElseThrow()).isCloseTo(0.4843, within(5e-5));
        assertThat(withoutImagic.tanhOfMean().corrected())
                .isEqualTo(all.tanhOfMean().corrected());
        assertThat(all.tanhOfMean().interval())
                .isInstanceOfSatisfying(
                        Estimate.Interval.class,
                        interval ->
                                assertThat(interval.low()).isLessThan(0.5682).isGreaterThan(0.4));
    }

    @Test
    void equal_scores_decide_nothing_and_types_count_the_same() {
        var figures = PreferenceBenchmark.of(
                List.of(
                        new PreferenceBenchmark.Choice("color", 0, 1, true),
                        new PreferenceBenchmark.Choice("color", 1, 1, true),
                        new PreferenceBenchmark.Choice("color", 2, 0, true),
                        new PreferenceBenchmark.Choice("text", 3, -1, true)),
                RESAMPLING);

        assertThat(figures.macro().published().orElseThrow()).isCloseTo(1 / 3.0, within(1e-12));
        assertThat(figures.macro().corrected().orElseThrow()).isCloseTo(2.5 / 6, within(1e-12));
        assertThat(figures.micro().corrected().orElseThrow()).isCloseTo(2.5 / 4, within(1e-12));
        assertThat(figures.undecided()).isEqualTo(1);
        assertThat(figures.macro().majority()).isInstanceOf(Measure.Undefined.class);
    }

    @Test
    void verdicts_stand_beside_the_most_frequent_answer() {
        int[] human = {0, 0, 0, 1, 2, 3};
        int[] judge = {0, 0, VerdictAccuracy.NO_VERDICT, 1, 2, 0};

        var figures = VerdictBenchmark.of(human, judge, 4, new int[] {0, 1, 2, 3, 4, 5}, RESAMPLING);

        assertThat(figures.all().published().orElseThrow()).isCloseTo(4 / 6.0, within(1e-12));
        assertThat(figures.all().majority().orElseThrow()).isEqualTo(0.5);
        assertThat(figures.readable().corrected().orElseThrow()).isEqualTo(0.8);
        assertThat(figures.unreadable()).isEqualTo(1);
        assertThat(figures.aboveMajority())
                .isInstanceOfSatisfying(
                        Estimate.Interval.class,
                        difference -> assertThat(difference.value()).isCloseTo(1 / 6.0, within(1e-12)));
    }

    @Test
    void scores_of_an_editing_model_are_averaged_by_type_and_then_over_types() {
        var figures = TaskMeans.of(
                List.of(
                        new TaskMeans.Scored("add", 2),
                        new TaskMeans.Scored("add", 4),
                        new TaskMeans.Scored("remove", 9)),
                RESAMPLING);

        assertThat(figures.overall().corrected().orElseThrow()).isEqualTo(6);
        assertThat(part(figures.byType(), "add").corrected().orElseThrow()).isEqualTo(3);
        assertThat(figures.overall().majority()).isInstanceOf(Measure.Undefined.class);
    }

    private static <K> SideBySide part(Map<K, SideBySide> parts, K name) {
        return Objects.requireNonNull(parts.get(name));
    }
}
