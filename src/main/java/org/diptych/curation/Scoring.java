package org.diptych.curation;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Something that scores edits: a server. */
public interface Scoring {
    /** Scores edits; the results are in the order of the requests' edits, one list a request. */
    List<List<Result>> score(List<Request> requests);

    /** An instruction, a source and its edits, with the extensions of the pictures' files. */
    record Request(String instruction, Image source, List<Image> edits) {
        public Request {
            edits = List.copyOf(edits);
        }
    }

    /** A picture. */
    record Image(byte[] bytes, String extension) {}

    /**
     * What came back for an edit.
     *
     * @param dimensions by dimension; empty where there is a fault
     * @param overall null where there is a fault
     * @param fault why it has no score
     */
    record Result(
            Map<String, Estimate> dimensions,
            @Nullable Estimate overall,
            @Nullable String fault) {}
}
