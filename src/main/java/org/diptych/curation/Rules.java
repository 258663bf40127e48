package org.diptych.curation;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which candidates are wanted. What is null is not asked for.
 *
 * @param top at most so many
 * @param atLeast lowest score
 * @param bestOfItem only the best candidate of each instruction
 * @param quotas at most so many of a category; {@value #EVERY_OTHER} stands for each category that is not named
 * @param diversity no two chosen ones differ in fewer bits of their fingerprints; 0 for any
 * @param duplicateDistance candidates of one instruction that differ in at most so many bits, and nowhere visibly, are the
 *     same; -1 where only equal bytes are
 * @param certainty lowest probability with which a chosen one is better than what it is compared with, 0.5 to 1; null
 *     where none is asked for
 */
public record Rules(
        @Nullable Long top,
        @Nullable Double atLeast,
        boolean bestOfItem,
        Map<String, Integer> quotas,
        int diversity,
        int duplicateDistance,
        @Nullable Double certainty) {
    /** Stands for each category that has no quota of its own. */
    public static final String EVERY_OTHER = "*";

    /** The certainty below which a candidate is said to be uncertain where none is asked for. */
    public static final double USUAL_CERTAINTY = 0.6;

    public Rules {
        quotas = Map.copyOf(quotas);
    }

    /** The certainty below which a candidate is said to be uncertain. */
    double statedCertainty() {
        return certainty == null ? USUAL_CERTAINTY : certainty;
    }

    /** How many of a category at most. */
    int quota(@Nullable String category) {
        Integer own = category == null ? null : quotas.get(category);
        return own == null ? quotas.getOrDefault(EVERY_OTHER, Integer.MAX_VALUE) : own;
    }
}
