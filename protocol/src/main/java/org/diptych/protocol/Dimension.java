package org.diptych.protocol;

import java.util.List;

/**
 * One thing an annotator judges, independently of the others.
 *
 * @param id stable name in labels and exports, {@code [a-z][a-z0-9_]*}
 * @param title full name on the screen
 * @param question one sentence that says what a good edit has
 * @param levels the levels of a rating protocol, lowest first; empty for a comparison protocol
 */
public record Dimension(String id, LocalizedText title, LocalizedText question, List<Level> levels) {
    public Dimension {
        levels = List.copyOf(levels);
    }

    /** Lowest rating on this dimension. */
    public int lowest() {
        return levels.getFirst().value();
    }

    /** Highest rating on this dimension. */
    public int highest() {
        return levels.getLast().value();
    }

    /**
     * A level of a rating scale.
     *
     * @param value the rating
     * @param label two words for the button
     * @param text what an image on this level is like
     */
    public record Level(int value, LocalizedText label, LocalizedText text) {}
}
