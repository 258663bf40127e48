package org.diptych.service.foreign;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A label of another tool on its way into a campaign.
 *
 * @param item id of the item
 * @param first place of the edit that it calls the first, among the item's candidates
 * @param second place of the other
 * @param annotator as the tool calls them
 * @param protocol reference of the document that the answers are to
 * @param answers JSON as stored, in the order of first and second
 * @param submitted when, or null
 * @param activeMilliseconds how long it took, 0 where nothing says so
 * @param key tells it from other answers of the annotator to the same two edits
 * @param file that it came from
 * @param row of the file
 * @param field that the answer stands in
 * @param fields every field that has no place of its own
 */
record ImportedLabel(
        String item,
        int first,
        int second,
        String annotator,
        String protocol,
        String answers,
        @Nullable Instant submitted,
        long activeMilliseconds,
        String key,
        String file,
        int row,
        String field,
        ObjectNode fields) {}
