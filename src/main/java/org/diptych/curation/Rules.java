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
 * @param duplicateDistance candidates that differ in at most so many bits are the same; -1 where only equal bytes are
 * @param certainty lowest probability with which a chosen one is better than what it is compared with, 0.5 to 1
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

    public Rules {
        quotas = Map.copyOf(quotas);
    }

    /** How many of a category at most. */
    int quota(@Nullable String category) {
        Integer own = category == null ? null : quotas.get(category);
        return own == null ? quotas.getOrDefault(EVERY_OTHER, Integer.MAX_VALUE) : own;
    }
}
