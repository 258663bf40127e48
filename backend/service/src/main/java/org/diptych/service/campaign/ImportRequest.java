package org.diptych.service.campaign;

import org.jspecify.annotations.Nullable;

/**
 * How a manifest is to be imported.
 *
 * @param campaign name of the campaign; it is created when there is none of that name
 * @param protocol reference of the protocol of a new campaign, {@code edit-preference-v1} by default. A campaign that
 *     exists keeps its own, and another one here is a mistake
 * @param labelsPerPair labels for every pair of a new campaign; by default the uniform stratum gets 3 and all other
 *     pairs 1
 * @param dryRun whether to report only
 * @param strict whether one bad row stops all of them
 */
public record ImportRequest(
        String campaign,
        @Nullable String protocol,
        @Nullable Integer labelsPerPair,
        boolean dryRun,
        boolean strict) {
    /** Imports what can be imported, with the usual protocol and numbers of labels. */
    public static ImportRequest into(String campaign) {
        return new ImportRequest(campaign, null, null, false, false);
    }
}
