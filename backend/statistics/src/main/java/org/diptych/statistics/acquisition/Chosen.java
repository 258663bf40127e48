package org.diptych.statistics.acquisition;

import java.util.Map;

/**
 * One chosen pair.
 *
 * @param pair its index in the pool
 * @param rank 0 for the first chosen
 * @param selectionProbability probability that this pair was chosen at this rank, given all earlier ranks: q_m of the
 *     LURE estimator (Farquhar, Gal, Rainforth, ICLR 2021)
 * @param stratum which part of the mixture drew it
 * @param scores what the policy saw, by name, at the moment of choosing
 */
public record Chosen(int pair, int rank, double selectionProbability, Stratum stratum, Map<String, Double> scores) {
    /** The two parts of the mixture. */
    public enum Stratum {
        /** Drawn at random from all eligible pairs: usable for unbiased measurement. */
        UNIFORM,
        /** Picked by the policy. */
        ACQUIRED
    }

    /** Copies the scores. */
    public Chosen {
        scores = Map.copyOf(scores);
    }
}
