package org.diptych.statistics.acquisition;

import java.util.Map;

/**
 * One batch in the making: what a policy remembers between two picks. Made by {@link AcquisitionPolicy#begin}, used by
 * one thread.
 */
public interface Selection {
    /**
     * The pair that the policy wants next.
     *
     * @param eligible the pairs to choose from, at least one
     */
    int next(Eligible eligible);

    /**
     * Probability that {@link #next} returns this pair, given everything taken so far.
     *
     * @param wanted what {@code next} returned
     */
    double probability(int pair, int wanted, Eligible eligible);

    /** Score parts of a pair by name, as they are now. */
    Map<String, Double> scores(int pair);

    /** Takes a pair into the batch, whoever picked it. */
    void take(int pair);
}
