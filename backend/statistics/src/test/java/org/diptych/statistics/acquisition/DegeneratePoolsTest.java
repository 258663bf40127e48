package org.diptych.statistics.acquisition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a campaign gives, choosing gives a batch: of the right size, without doubles, with probabilities and finite scores. */
class DegeneratePoolsTest {
    private static final int SEEDS = 40;

    static Stream<Arguments> policies() {
        return Stream.concat(
                        Stream.of("default"), AcquisitionPolicy.all().stream().map(AcquisitionPolicy::name))
                .flatMap(policy -> Arrays.stream(DegeneratePool.values()).map(kind -> Arguments.of(policy, kind)));
    }

    @ParameterizedTest
    @MethodSource("policies")
    void every_policy_gives_a_valid_batch(String name, DegeneratePool kind) {
        var policy = AcquisitionPolicy.named(name);
        LongStream.range(0, SEEDS).forEach(seed -> {
            var pool = kind.pool(seed);
            var past = DegeneratePool.past(pool, seed);
            var random = new SplittableRandom(seed);
            double share = List.of(0.0, .1, 1.0).get(random.nextInt(3));
            int wanted = random.nextInt(100);
            var caps = random.nextBoolean() ? Caps.NONE : new Caps(2, 3);
            var batch = policy.select(pool, past, wanted, caps, share, new SplittableRandom(seed));
            ValidBatch.check(batch, pool, wanted, caps);
            assertThat(policy.select(pool, past, wanted, caps, share, new SplittableRandom(seed)))
                    .as("the same seed gives the same batch")
                    .isEqualTo(batch);
        });
    }

    @ParameterizedTest
    @EnumSource
    void new_pairs_and_further_opinions_share_a_batch(DegeneratePool kind) {
        LongStream.range(0, SEEDS).forEach(seed -> {
            var labelled = DegeneratePool.values()[(int) seed % DegeneratePool.values().length].pool(seed);
            var fresh = kind.pool(seed + 1);
            var past = DegeneratePool.past(seed % 2 == 0 ? fresh : labelled, seed);
            var random = new SplittableRandom(seed);
            var annotators = new LabelInformation(
                    .5 + random.nextDouble() / 2, random.nextBoolean() ? 0 : 1e3 * random.nextDouble(), seed % 3 == 0);
            var counts = random.ints(labelled.size(), 1, 4).toArray();
            var batch = AcquisitionPolicy.standard().select(fresh, past, 30, Caps.NONE, .1, random);
            var requests = NextOpinions.plan(
                    30,
                    batch,
                    fresh,
                    new NextOpinions.Labelled(labelled, counts, 3),
                    past,
                    annotators,
                    LabelCost.EQUAL);
            assertThat(requests.size()).isBetween(batch.chosen().size(), 30);
            assertThat(requests)
                    .allSatisfy(request -> assertThat(request.nats()).isBetween(0.0, Double.MAX_VALUE));
            assertThat(requests.stream().filter(request -> !request.repeat()).map(NextOpinions.Request::pair))
                    .doesNotHaveDuplicates();
        });
    }

    @Test
    void many_contrary_votes_leave_probabilities() {
        var settlement = new Settlement(.99, .9);
        assertThat(settlement.probability(new double[] {1, 0, 0}, new int[] {0, 0, 5_000}, 2))
                .isBetween(0.0, 1.0);
        assertThat(settlement.probability(new double[] {.2, .3, .5}, new int[] {3_000, 3_000, 3_000}, 6))
                .isBetween(0.0, 1.0);
    }
}
