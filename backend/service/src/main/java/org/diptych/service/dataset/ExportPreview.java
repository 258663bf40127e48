package org.diptych.service.dataset;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What an export would be.
 *
 * @param rows its first rows as they would be; pictures are named and not shown
 * @param estimated whether the figures are estimates from a sample of the labelled pairs, of which the rows are, too
 * @param labels answers that the filter takes; in {@code jsonl} the lines
 * @param tasks labelled tasks that they are of
 * @param written lines, records or rows of the first table
 * @param undecided tasks in which nobody won
 * @param leftOut labelled tasks without a row, by the reason
 * @param bytes about how long the file will be
 * @param parts labelled tasks of each part
 * @param sharedSources source pictures that are in two parts: none, and counted to be sure
 */
public record ExportPreview(
        List<JsonNode> rows,
        boolean estimated,
        long labels,
        long tasks,
        long written,
        long undecided,
        Map<Reason, Long> leftOut,
        long bytes,
        Map<String, Long> parts,
        long sharedSources) {
    /** Why a labelled task has no row. */
    public enum Reason {
        /** Nobody won, and the format has no words for that or was told to drop it. */
        NOBODY_WON,
        /** The two edits are one picture. */
        ONE_PICTURE,
        /** Votes and mean ratings point in opposite directions, or there are no ratings. */
        CONTRADICTION
    }
}
