package org.diptych.statistics.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.diptych.statistics.acquisition.AcquisitionPolicy;
import org.diptych.statistics.acquisition.Caps;
import org.diptych.statistics.acquisition.DegeneratePool;
import org.diptych.statistics.acquisition.FeatureMatrix;
import org.diptych.statistics.acquisition.PairFeatures;
import org.diptych.statistics.acquisition.ValidBatch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a table holds, the replay's model learns what there is to learn and its own policy gives a batch. */
class DegenerateReplayTest {
    private static final int SEEDS = 40;

    @ParameterizedTest
    @EnumSource
    void spreading_over_instructions_gives_a_valid_batch(DegeneratePool kind) {
        LongStream.range(0, SEEDS).forEach(seed -> {
            var pool = kind.pool(seed);
            var past = DegeneratePool.past(pool, seed);
            var random = new SplittableRandom(seed);
            var policy = new BalPm()
                    .knowing(
                            instructions(random, pool.size()),
                            random.ints(random.nextInt(20), 0, pool.size() / 5 + 1)
                                    .toArray());
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

    private static FeatureMatrix instructions(SplittableRandom random, int pairs) {
        var instructions = FeatureMatrix.zeros(pairs / 5 + 1, 3);
        for (int item = 0; item < instructions.size(); item++) {
            // some instructions are the same
            float place = random.nextInt(3);
            instructions.set(item, new float[] {place, 2 * place, 0});
        }
        return instructions;
    }

    @ParameterizedTest
    @EnumSource
    void a_preference_model_learns_what_there_is_to_learn(DegeneratePool kind) {
        LongStream.range(0, SEEDS).forEach(seed -> {
            var features = kind.pool(seed).features();
            var random = new SplittableRandom(seed);
            for (var prior : priors(features)) {
                var model = PreferenceModel.fit(labels(features, random), prior);
                assertThat(model.weights()).doesNotContain(Double.NaN, Double.POSITIVE_INFINITY);
                assertThat(model.logEvidence()).isBetween(-Double.MAX_VALUE, Double.MAX_VALUE);
                var pool = model.score(features, new int[features.size()], new int[features.size()]);
                for (var policy : AcquisitionPolicy.all()) {
                    ValidBatch.check(
                            policy.select(pool, model.past(), 10, Caps.NONE, .1, new SplittableRandom(seed)),
                            pool,
                            10,
                            Caps.NONE);
                }
            }
        });
    }

    private static List<Prior> priors(PairFeatures features) {
        var fixed = Stream.of(1e-3, 1.0, 1e3).<Prior>map(Prior.Fixed::new);
        return Stream.concat(
                        fixed, differ(features) ? Stream.of(Prior.evidence(FeatureSpectrum.of(features))) : Stream.of())
                .toList();
    }

    private static boolean differ(PairFeatures features) {
        var row = new float[features.width()];
        for (int pair = 0; pair < features.size(); pair++) {
            features.read(pair, row);
            for (float value : row) {
                if (value != 0) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Unanimous, contradictory or missing labels of all pairs. */
    private static PairLabels labels(PairFeatures features, SplittableRandom random) {
        var counts = new double[3][features.size()];
        int most = random.nextInt(4) == 0 ? 200 : 3;
        boolean unanimous = random.nextBoolean();
        for (int pair = 0; pair < features.size(); pair++) {
            for (int verdict = 0; verdict < 3; verdict++) {
                counts[verdict][pair] = unanimous && verdict > 0 ? 0 : random.nextInt(most);
            }
        }
        return new PairLabels(features, counts[0], counts[1], counts[2]);
    }
}
