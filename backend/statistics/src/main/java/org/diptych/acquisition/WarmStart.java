package org.diptych.acquisition;

import java.util.random.RandomGenerator;

/**
 * Uniform until the model has learnt from some labels, another policy from then on. A model of a few dozen labels does
 * not know yet what it does not know: on one of the replays in {@code acquisition.md} trusting it from the 20th label on
 * cost two points of accuracy at the 60th.
 *
 * @param then the policy after the start
 * @param labels labels that the past must hold before it is used
 */
record WarmStart(AcquisitionPolicy then, int labels) implements AcquisitionPolicy {
    /** Where the replays show no loss any more. */
    static final int LABELS = 100;

    @Override
    public String name() {
        return "warm-" + then.name();
    }

    @Override
    public Selection begin(Pool pool, Past past, RandomGenerator random) {
        return past.labels() < labels ? new Uniform().begin(pool, past, random) : then.begin(pool, past, random);
    }
}
