package org.diptych.statistics.acquisition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.SplittableRandom;
import org.diptych.statistics.data.Draw;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class AcquisitionPolicyTest {
    private static final int WIDTH = 5;

    @RepeatedTest(150)
    void batches_respect_caps_and_hold_no_pair_twice(RepetitionInfo repetition) {
        var draw = new Draw(repetition);
        int size = draw.between(1, 120);
        int wanted = draw.between(0, 60);
        int perItem = draw.between(1, 4);
        int perGroup = draw.between(1, 6);
        double share = draw.between(0.0, 1.0);
        int seed = draw.between(0, 1000);
        var pool = pool(size, seed);
        for (var policy : AcquisitionPolicy.all()) {
            var batch = policy.select(
                    pool, Past.none(WIDTH, 1), wanted, new Caps(perItem, perGroup), share, new SplittableRandom(seed));
            var items = new HashMap<Integer, Integer>();
            var groups = new HashMap<Integer, Integer>();
            var pairs = new HashSet<Integer>();
            for (var chosen : batch.chosen()) {
                assertThat(pairs.add(chosen.pair())).isTrue();
                assertThat(items.merge(pool.item(chosen.pair()), 1, Integer::sum))
                        .isLessThanOrEqualTo(perItem);
                assertThat(groups.merge(pool.group(chosen.pair()), 1, Integer::sum))
                        .isLessThanOrEqualTo(perGroup);
            }
            if (batch.chosen().size() < wanted) {
                // only when nothing else was allowed
                for (int pair = 0; pair < size; pair++) {
                    boolean full = items.getOrDefault(pool.item(pair), 0) == perItem
                            || groups.getOrDefault(pool.group(pair), 0) == perGroup;
                    assertThat(full || pairs.contains(pair)).isTrue();
                }
            }
        }
    }

    @RepeatedTest(100)
    void selection_probabilities_are_the_uniform_share_plus_the_policys_own(RepetitionInfo repetition) {
        var draw = new Draw(repetition);
        int size = draw.between(2, 60);
        double share = draw.between(0.0, 1.0);
        int seed = draw.between(0, 1000);
        var pool = pool(size, seed);
        for (var policy : AcquisitionPolicy.all()) {
            var batch = policy.select(pool, Past.none(WIDTH, 1), size, Caps.NONE, share, new SplittableRandom(seed));
            assertThat(batch.chosen()).hasSize(size);
            for (var chosen : batch.chosen()) {
                double floor = share / (size - chosen.rank());
                assertThat(chosen.selectionProbability()).isBetween(floor - 1e-12, 1 + 1e-9);
            }
            assertThat(batch.chosen().getLast().selectionProbability()).isCloseTo(1, within(1e-9));
        }
        var uniform = new Uniform().select(pool, Past.none(WIDTH, 1), size, Caps.NONE, share, new SplittableRandom(1));
        for (var chosen : uniform.chosen()) {
            assertThat(chosen.selectionProbability()).isCloseTo(1.0 / (size - chosen.rank()), within(1e-12));
        }
    }

    @Test
    void probabilities_of_all_eligible_pairs_sum_to_one_at_every_rank() {
        var pool = pool(40, 7);
        for (var policy : AcquisitionPolicy.all()) {
            var random = new SplittableRandom(3);
            var selection = policy.begin(pool, Past.none(WIDTH, 1), random);
            var eligible = new Eligible(pool, new Caps(2, 5));
            while (eligible.count() > 0) {
                int wanted = selection.next(eligible);
                double sum = 0;
                for (int pair = 0; pair < pool.size(); pair++) {
                    if (eligible.contains(pair)) {
                        sum += selection.probability(pair, wanted, eligible);
                    }
                }
                assertThat(sum).as(policy.name()).isCloseTo(1, within(1e-6));
                selection.take(wanted);
                eligible.take(wanted);
            }
        }
    }

    @Test
    void uniform_share_is_met_on_average_and_named_in_the_batch() {
        var pool = pool(5_000, 2);
        var batch = new Entropy().select(pool, Past.none(WIDTH, 1), 2_000, Caps.NONE, .1, new SplittableRandom(5));
        long uniform = batch.chosen().stream()
                .filter(chosen -> chosen.stratum() == Chosen.Stratum.UNIFORM)
                .count();
        // 200 +- 4 standard deviations
        assertThat(uniform).isBetween(146L, 254L);
    }

    @RepeatedTest(50)
    void same_seed_gives_the_same_batch(RepetitionInfo repetition) {
        var draw = new Draw(repetition);
        int seed = draw.between(0, 10_000);
        var pool = pool(80, seed);
        for (var policy : AcquisitionPolicy.all()) {
            var once = policy.select(pool, Past.none(WIDTH, 1), 30, new Caps(3, 9), .2, new SplittableRandom(seed));
            var again = policy.select(pool, Past.none(WIDTH, 1), 30, new Caps(3, 9), .2, new SplittableRandom(seed));
            assertThat(again).isEqualTo(once);
        }
    }

    @RepeatedTest(60)
    void d_optimal_equals_greedy_by_brute_force(RepetitionInfo repetition) {
        var draw = new Draw(repetition);
        int size = draw.between(5, 90);
        int seed = draw.between(0, 10_000);
        var pool = pool(size, seed);
        var past = Past.of(pool.features(), information(pool, seed), .5);
        int wanted = Math.min(12, size);
        var batch = new DOptimal(size).select(pool, past, wanted, Caps.NONE, 0, new SplittableRandom(1));

        var precision = new DMatrixRMaj(WIDTH, WIDTH);
        CommonOps_DDRM.invert(past.covariance(), precision);
        var taken = new HashSet<Integer>();
        for (int rank = 0; rank < wanted; rank++) {
            double best = 0;
            for (int pair = 0; pair < size; pair++) {
                if (!taken.contains(pair)) {
                    best = Math.max(best, CommonOps_DDRM.det(with(precision, pool, pair)));
                }
            }
            int chosen = batch.pairs()[rank];
            assertThat(taken.add(chosen)).isTrue();
            precision = with(precision, pool, chosen);
            // compared by value: equal determinants are equally right
            assertThat(CommonOps_DDRM.det(precision)).isCloseTo(best, within(best * 1e-6));
        }
    }

    @Test
    void d_optimal_with_a_short_list_reports_how_much_a_pick_may_have_lost() {
        var pool = pool(3_000, 11);
        var exact = new GreedyDesign(pool, Past.none(WIDTH, 1), null, pool.size());
        var limited = new GreedyDesign(pool, Past.none(WIDTH, 1), null, 64);
        var exactEligible = new Eligible(pool, Caps.NONE);
        var limitedEligible = new Eligible(pool, Caps.NONE);
        for (int rank = 0; rank < 50; rank++) {
            double best = take(exact, exactEligible);
            double found = take(limited, limitedEligible);
            assertThat(found).isGreaterThan(0);
            assertThat(best).isGreaterThan(0);
        }
        assertThat(exact.worstLoss()).isZero();
        assertThat(limited.worstLoss()).isPositive();
    }

    private static double take(GreedyDesign design, Eligible eligible) {
        int pair = design.next(eligible);
        double gain = design.scores(pair).getOrDefault("gain", 0.0);
        design.take(pair);
        eligible.take(pair);
        return gain;
    }

    @Test
    void warm_start_draws_uniformly_until_there_are_enough_labels() {
        var pool = pool(200, 4);
        var policy = WarmStart.random(new Entropy());
        var early = policy.select(
                pool,
                Past.of(new Subset(pool.features(), new int[99]), new double[99], 1),
                5,
                Caps.NONE,
                0,
                new SplittableRandom(2));
        assertThat(early.chosen().getFirst().selectionProbability()).isCloseTo(1.0 / 200, within(1e-12));
        var later = Past.of(new Subset(pool.features(), new int[100]), new double[100], 1);
        assertThat(policy.select(pool, later, 5, Caps.NONE, 0, new SplittableRandom(2))
                        .pairs())
                .containsExactly(new Entropy()
                        .select(pool, later, 5, Caps.NONE, 0, new SplittableRandom(2))
                        .pairs());
    }

    @Test
    void entropy_takes_the_most_uncertain_first() {
        var features = FeatureMatrix.zeros(3, WIDTH);
        var pool = new Pool(
                features, new int[3], new int[3], new float[] {.9f, .5f, .7f}, new float[3], new float[] {1, 1, 1});
        var batch = new Entropy().select(pool, Past.none(WIDTH, 1), 3, Caps.NONE, 0, new SplittableRandom(0));
        assertThat(batch.pairs()).containsExactly(1, 2, 0);
        assertThat(batch.chosen().getFirst().scores().get("entropy")).isCloseTo(Math.log(2), within(1e-6));
    }

    @Test
    void impossible_pools_and_unknown_policies_are_refused_with_the_reason() {
        var features = FeatureMatrix.zeros(2, WIDTH);
        assertThatThrownBy(() -> new Pool(
                        features, new int[2], new int[2], new float[] {.5f, .9f}, new float[] {.1f, .2f}, new float[2]))
                .hasMessageContaining("Pair 1");
        assertThatThrownBy(() -> new Pool(features, new int[1], new int[2], new float[2], new float[2], new float[2]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> features.set(0, new float[] {0, 0, Float.NaN, 0, 0}))
                .hasMessageContaining("feature 2");
        assertThatThrownBy(() -> AcquisitionPolicy.named("best")).hasMessageContaining("d-optimal");
    }

    private static DMatrixRMaj with(DMatrixRMaj precision, Pool pool, int pair) {
        var row = new float[WIDTH];
        pool.features().read(pair, row);
        var sum = precision.copy();
        for (int i = 0; i < WIDTH; i++) {
            for (int j = 0; j < WIDTH; j++) {
                sum.add(i, j, pool.information(pair) * row[i] * row[j]);
            }
        }
        return sum;
    }

    private static double[] information(Pool pool, int seed) {
        var information = new double[pool.size()];
        Arrays.setAll(information, pair -> pair % 7 == seed % 7 ? pool.information(pair) : 0);
        return information;
    }

    /** Random pairs: items of five pairs, groups of two items. */
    static Pool pool(int size, int seed) {
        var random = new SplittableRandom(seed);
        var features = FeatureMatrix.zeros(size, WIDTH);
        var items = new int[size];
        var groups = new int[size];
        var first = new float[size];
        var tie = new float[size];
        var epistemic = new float[size];
        for (int pair = 0; pair < size; pair++) {
            var row = new float[WIDTH];
            for (int column = 0; column < WIDTH; column++) {
                row[column] = (float) random.nextGaussian();
            }
            features.set(pair, row);
            items[pair] = pair / 5;
            groups[pair] = pair / 10;
            tie[pair] = (float) (random.nextDouble() * .4);
            first[pair] = (float) (random.nextDouble() * (1 - tie[pair]));
            epistemic[pair] = (float) random.nextDouble();
        }
        return new Pool(features, items, groups, first, tie, epistemic);
    }
}
