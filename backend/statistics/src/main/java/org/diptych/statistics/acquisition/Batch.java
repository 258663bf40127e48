package org.diptych.statistics.acquisition;

import java.util.List;

/**
 * An ordered batch: the first pair is the most wanted one.
 *
 * @param policy name of the policy that chose
 * @param chosen the pairs; fewer than asked for when the caps or the pool leave no more
 */
public record Batch(String policy, List<Chosen> chosen) {
    /** Copies the list. */
    public Batch {
        chosen = List.copyOf(chosen);
    }

    /** Indices of the chosen pairs in order. */
    public int[] pairs() {
        return chosen.stream().mapToInt(Chosen::pair).toArray();
    }
}
