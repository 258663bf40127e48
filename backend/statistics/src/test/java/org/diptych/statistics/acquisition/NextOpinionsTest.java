package org.diptych.statistics.acquisition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.diptych.statistics.data.Draw;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class NextOpinionsTest {
    private static final int WIDTH = 5;

    @RepeatedTest(1000)
    void opinions_add_less_and_less_and_never_more_than_the_pairs_own_truth_allows(RepetitionInfo repetition) {
        var draw = new Draw(repetition);
        double reliability = draw.between(.51, 1.0);
        double spread = draw.between(.1, 3.0);
        double p = draw.between(.02, .98);
        int labels = draw.between(0, 6);
        var information = new LabelInformation(reliability, spread);
        assertThat(information.nextLabel(p, labels)).isPositive();
        assertThat(information.nextLabel(p, labels + 1)).isLessThan(information.nextLabel(p, labels));
        assertThat(information.information(p, 1000)).isLessThan(1 / (spread * spread));
    }

    @Test
    void a_careful_label_of_a_pair_without_own_truth_carries_p_times_one_minus_p() {
        assertThat(new LabelInformation(1, 0).information(.3, 1)).isCloseTo(.21, within(1e-12));
        assertThat(new LabelInformation(1, 0).information(.3, 3)).isCloseTo(.63, within(1e-12));
        assertThat(new LabelInformation(.5, 0).information(.3, 3)).isZero();
    }

    @RepeatedTest(30)
    void at_equal_cost_a_new_pair_like_the_old_one_is_asked_first(RepetitionInfo repetition) {
        var draw = new Draw(repetition);
        int seed = draw.between(0, 1_000);
        double reliability = draw.between(.6, 1.0);
        var fresh = AcquisitionPolicyTest.pool(40, seed);
        // the proposal may be the poorest pair of the pool: the policy wants it, and no repeat beats the best new pair
        var requests = plan(fresh, 1, new int[] {7}, reliability, LabelCost.EQUAL);
        assertThat(requests).hasSize(1);
        assertThat(requests.getFirst().repeat()).isFalse();
        assertThat(requests.getFirst().pair()).isEqualTo(7);
    }

    @Test
    void when_new_pairs_cost_far_more_opinions_are_repeated_up_to_the_limit() {
        var fresh = AcquisitionPolicyTest.pool(6, 3);
        var requests = plan(fresh, 20, new int[] {0, 1, 2, 3, 4, 5}, .9, new LabelCost(1000, 1));
        assertThat(requests.stream().filter(NextOpinions.Request::repeat).count())
                .isEqualTo(12);
        for (int pair = 0; pair < 6; pair++) {
            int asked = pair;
            assertThat(requests.stream().filter(request -> request.repeat() && request.pair() == asked))
                    .hasSize(2);
        }
    }

    @Test
    void when_no_new_pair_is_left_the_budget_goes_into_repeats() {
        var fresh = AcquisitionPolicyTest.pool(6, 3);
        var requests = plan(fresh, 8, new int[] {4, 2}, .9, LabelCost.EQUAL);
        assertThat(requests).hasSize(8);
        assertThat(requests.stream().filter(NextOpinions.Request::repeat).count())
                .isEqualTo(6);
    }

    /** The labelled pairs are the fresh ones again, with one label each that the posterior knows of. */
    private static List<NextOpinions.Request> plan(
            Pool fresh, int size, int[] proposals, double reliability, LabelCost cost) {
        var labels = new int[fresh.size()];
        Arrays.fill(labels, 1);
        var chosen = Arrays.stream(proposals)
                .mapToObj(pair -> new Chosen(pair, 0, 1, Chosen.Stratum.ACQUIRED, java.util.Map.of()))
                .toList();
        return NextOpinions.plan(
                size,
                new Batch("test", chosen),
                fresh,
                new NextOpinions.Labelled(fresh, labels, 3),
                Past.none(WIDTH, 1),
                new LabelInformation(reliability, 1),
                cost);
    }

    @Test
    void spread_is_recovered_from_pairs_labelled_twice() {
        var random = new SplittableRandom(2);
        for (double spread : new double[] {0, 1.2}) {
            var estimate = new SpreadEstimate(1);
            for (int pair = 0; pair < 20_000; pair++) {
                double margin = random.nextGaussian() * .5;
                double truth = 1 / (1 + Math.exp(-(margin + spread * random.nextGaussian())));
                double averaged = 1 / (1 + Math.exp(-margin / Math.sqrt(1 + Math.PI * spread * spread / 8)));
                estimate.add(averaged, random.nextDouble() < truth ? 1 : 0, random.nextDouble() < truth ? 1 : 0);
            }
            // the moment formula is of first order: it reads strong spreads a little low
            assertThat(estimate.spread()).isCloseTo(spread, within(.3));
        }
    }
}
