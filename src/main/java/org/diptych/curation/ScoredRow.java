package org.diptych.curation;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of an input with the scores of its edits: what is written down while a set is scored.
 *
 * @param input number of the file, from 0
 * @param row in the file, from 1
 * @param id of the item; empty where the row could not be read
 * @param source path as the input names it
 * @param sourceFile place of the picture in the folder of the subset, {@code images/SHA-256.png}
 * @param edits those that could be scored
 * @param faults of the row
 */
public record ScoredRow(
        int input,
        long row,
        String id,
        String instruction,
        @Nullable String category,
        String source,
        String sourceFile,
        List<ScoredEdit> edits,
        List<EditItem.Fault> faults) {
    public ScoredRow {
        edits = List.copyOf(edits);
        faults = List.copyOf(faults);
    }

    /**
     * An edit with its scores.
     *
     * @param image path as the input names it
     * @param model who edited; null where the input does not say
     * @param file place of the picture in the folder of the subset
     * @param fingerprint what it looks like, hexadecimal
     * @param dimensions by dimension
     */
    public record ScoredEdit(
            String image,
            @Nullable String model,
            String file,
            String fingerprint,
            Map<String, Estimate> dimensions,
            Estimate overall) {}

    /** Equal for rows of one instruction on one source picture. */
    String item() {
        return sourceFile + " " + instruction.strip();
    }
}
