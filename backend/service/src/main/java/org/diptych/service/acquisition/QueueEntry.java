package org.diptych.service.acquisition;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A pair that waits for labels.
 *
 * @param pair pair
 * @param item id of the item in the manifest
 * @param instruction what was asked of the editors
 * @param source digest of the source picture
 * @param first digest of the first edit
 * @param second digest of the second edit
 * @param stratum uniform or acquired
 * @param priority higher comes first; 0 where nothing was chosen
 * @param selectionProbability probability with which it was put there
 * @param scoreParts JSON: what the policy saw when it chose
 * @param filled labels it has
 * @param wanted labels it is to get
 * @param another whether it is another opinion, beyond the labels that every pair gets
 * @param policy the policy that chose it
 * @param modelVersion the model that it chose by
 * @param pinned whether a lead has put it in front
 * @param vetoed whether no model may choose it
 */
public record QueueEntry(
        UUID pair,
        String item,
        String instruction,
        @Nullable String category,
        String source,
        String first,
        String second,
        String stratum,
        double priority,
        double selectionProbability,
        String scoreParts,
        int filled,
        int wanted,
        boolean another,
        @Nullable String policy,
        @Nullable Integer modelVersion,
        boolean pinned,
        boolean vetoed) {}
