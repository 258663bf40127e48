package org.diptych.service.campaign;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * An item as a manifest describes it.
 *
 * @param line line of the manifest, from 1
 * @param id unique in the campaign
 * @param instruction what the editing models were asked
 * @param source path of the source picture within the manifest's folder
 * @param category kind of the edit
 * @param candidates at least two where people are to compare them, else at least one
 * @param metadata unknown keys
 * @param known what is known of the item's pairs; null for an item that is to be labelled
 */
public record ManifestRow(
        int line,
        String id,
        String instruction,
        String source,
        @Nullable String category,
        List<ManifestCandidate> candidates,
        ObjectNode metadata,
        @Nullable ManifestKnown known) {
    public ManifestRow {
        candidates = List.copyOf(candidates);
    }
}
