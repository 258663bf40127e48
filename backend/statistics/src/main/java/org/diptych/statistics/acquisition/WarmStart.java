package org.diptych.statistics.acquisition;

import java.util.random.RandomGenerator;

/**
 * One policy until the model has learnt from some labels, another one from then on. A model of a few dozen labels does not
 * know yet what it does not know: on one of the replays in {@code acquisition.md} trusting it from the 20th label on cost
 * two points of accuracy at the 60th.
 *
 * @param name of the whole
 * @param start the policy until then
 * @param then the policy after the start
 * @param labels labels that the past must hold before it is used
 */
record WarmStart(String name, AcquisitionPolicy start, AcquisitionPolicy then, int labels)
        implements AcquisitionPolicy {
    /** Where the replays show no loss any more. */
    static final int LABELS = 100;

    /** Chance first. */
    static WarmStart random(AcquisitionPolicy then) {
        return new WarmStart("warm-" + then.name(), new Uniform(), then, LABELS);
    }

    /** A design in the features first, which needs no model at all. */
    static WarmStart designed(AcquisitionPolicy then) {
        return new WarmStart("design-" + then.name(), new DOptimal(GreedyDesign.FRONT), then, LABELS);
    }

    @Override
    public boolean designs() {
        return start.designs();
    }

    @Override
    public Selection begin(Pool pool, Past past, RandomGenerator random) {
        return (past.labels() < labels ? start : then).begin(pool, past, random);
    }
}
