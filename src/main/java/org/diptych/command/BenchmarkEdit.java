package org.diptych.command;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An edited picture in a benchmark, by all the names that a score can have for it.
 *
 * @param places rows that hold it, and its number among the edits of each, both from 0
 * @param item what the benchmark calls the source image or the task, where that and the model name the edit; else empty
 * @param model the editing model; empty where the file does not tell it
 * @param image path as in the file; null where the file names no pictures
 * @param request what it was made from; null where the file names no pictures
 */
record BenchmarkEdit(
        List<Place> places,
        String item,
        String model,
        @Nullable String image,
        @Nullable Request request) {

    /**
     * Where an edit stands.
     *
     * @param row number of the row, from 0, through all files
     * @param edit number of the edit in its row, from 0
     */
    record Place(long row, int edit) {}

    /**
     * What an editing model was asked.
     *
     * @param file the benchmark's file: paths are relative to its folder
     * @param source path of the source image
     */
    record Request(Path file, String source, String instruction) {}

    /** The name of the edit for a person. */
    String name() {
        if (image != null) {
            return image;
        }
        return item.isEmpty() ? "row " + places.getFirst().row() : (item + " " + model).strip();
    }
}
