package org.diptych.statistics.acquisition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;

/** A batch of the right size, without doubles, with probabilities and finite scores. */
public final class ValidBatch {
    private ValidBatch() {}

    /** Asserts that a batch is what its pool and caps allow. */
    public static void check(Batch batch, Pool pool, int wanted, Caps caps) {
        assertThat(batch.chosen().size()).isLessThanOrEqualTo(wanted);
        if (caps.equals(Caps.NONE)) {
            assertThat(batch.chosen()).hasSize(Math.min(wanted, pool.size()));
        }
        var pairs = new HashSet<Integer>();
        for (var chosen : batch.chosen()) {
            assertThat(pairs.add(chosen.pair()))
                    .as("pair %d once", chosen.pair())
                    .isTrue();
            assertThat(chosen.selectionProbability()).isGreaterThan(0).isLessThanOrEqualTo(1);
            assertThat(chosen.scores().values())
                    .allSatisfy(score -> assertThat(score).isBetween(-Double.MAX_VALUE, Double.MAX_VALUE));
        }
    }
}
