package org.diptych.curation;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One row of an input: an instruction with its source picture and the edits of it.
 *
 * @param row line of a manifest or row of a table, from 1
 * @param id of the item
 * @param instruction what the editing models were asked
 * @param category kind of the edit
 * @param source the picture before
 * @param edits at least one
 * @param metadata what else the input says of it, by key
 */
public record EditItem(
        long row,
        String id,
        String instruction,
        @Nullable String category,
        Picture source,
        List<Edit> edits,
        Map<String, Object> metadata) {
    public EditItem {
        edits = List.copyOf(edits);
        metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
    }

    /**
     * A picture as it was found.
     *
     * @param field of the row that has it
     * @param path as the input names it; the field where it names none
     * @param bytes of the file
     */
    public record Picture(String field, String path, byte[] bytes) {}

    /**
     * An edit.
     *
     * @param model who edited; null where the input does not say
     * @param metadata what else the input says of it, by key; the seed of the editing model is there
     */
    public record Edit(@Nullable String model, Picture picture, Map<String, Object> metadata) {
        public Edit {
            metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
        }
    }

    /**
     * What is wrong with a row.
     *
     * @param row from 1
     * @param field of the row; empty for the row as a whole
     * @param message what is wrong
     */
    public record Fault(long row, String field, String message) {
        /** {@code file:row: field: message}, the form that editors turn into links. */
        public String in(String file) {
            return file + ":" + row + ": " + (field.isEmpty() ? "" : field + ": ") + message;
        }
    }
}
