package org.diptych.curation;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
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
 * @param metadata what else the input says of the item, by key
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
        Map<String, Object> metadata,
        List<EditItem.Fault> faults) {
    public ScoredRow {
        edits = List.copyOf(edits);
        metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
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
     * @param metadata what else the input says of it, by key
     */
    public record ScoredEdit(
            String image,
            @Nullable String model,
            String file,
            String fingerprint,
            Map<String, Estimate> dimensions,
            Estimate overall,
            Map<String, Object> metadata) {
        public ScoredEdit {
            metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
        }
    }

    /** The same row of an input that has another number now. */
    ScoredRow ofInput(int number) {
        return new ScoredRow(number, row, id, instruction, category, source, sourceFile, edits, metadata, faults);
    }

    /** Equal for rows of one instruction on one source picture. */
    String item() {
        return sourceFile + " " + instruction.strip();
    }

    /** Equal for instructions that differ in case and blanks alone. */
    String wording() {
        return instruction.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }
}
