package org.diptych.service.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.diptych.protocol.ProtocolDocument;

/**
 * What is different in one version of a protocol against another, in one language.
 *
 * @param from the version that was known
 * @param to the version that is to be read
 * @param sections what changed, in the order of the document; what stayed is not in it
 */
public record ProtocolChange(Version from, Version to, List<Section> sections) {
    public ProtocolChange {
        sections = List.copyOf(sections);
    }

    /**
     * A version by name.
     *
     * @param reference e.g. {@code edit-preference-v1}
     * @param title what people call it
     */
    public record Version(String reference, int version, String sha256, String title) {
        static Version of(ProtocolDocument document, String language) {
            var protocol = document.protocol();
            return new Version(
                    protocol.reference(),
                    protocol.version(),
                    protocol.sha256(),
                    protocol.title().in(language));
        }
    }

    /**
     * A place in the document that changed.
     *
     * @param part what kind of place
     * @param title its name in the document, such as a heading; empty where the part has only one place
     * @param change whether the place is new, gone or has another text
     * @param runs its text, old and new woven together in reading order
     */
    public record Section(Part part, String title, Change change, List<Run> runs) {
        public Section {
            runs = List.copyOf(runs);
        }
    }

    /** Kinds of places. */
    public enum Part {
        @JsonProperty("purpose")
        PURPOSE,
        @JsonProperty("dimension")
        DIMENSION,
        @JsonProperty("criterion")
        CRITERION,
        @JsonProperty("level")
        LEVEL,
        @JsonProperty("rule")
        RULE,
        @JsonProperty("skip_reason")
        SKIP_REASON,
        @JsonProperty("guideline")
        GUIDELINE,
        @JsonProperty("example")
        EXAMPLE,
        /** The answer that a worked example gives: a rating, or a verdict's word. */
        @JsonProperty("example_answer")
        EXAMPLE_ANSWER
    }

    /** What became of a place. */
    public enum Change {
        @JsonProperty("added")
        ADDED,
        @JsonProperty("removed")
        REMOVED,
        @JsonProperty("changed")
        CHANGED
    }

    /**
     * A stretch of text.
     *
     * @param kind in both versions, only in the new one, only in the old one
     */
    public record Run(Kind kind, String text) {}

    /** Where a stretch of text is found. */
    public enum Kind {
        @JsonProperty("same")
        SAME,
        @JsonProperty("inserted")
        INSERTED,
        @JsonProperty("deleted")
        DELETED
    }
}
