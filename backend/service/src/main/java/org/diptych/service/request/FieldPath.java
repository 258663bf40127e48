package org.diptych.service.request;

import org.diptych.protocol.text.Characters;

/** The way to a field of a body as problems name it: {@code answers.visual_quality.first}, {@code items[2].id}. */
final class FieldPath {
    /** A name may be as long as its sender likes; the answer need not be. */
    private static final int LONGEST = 200;

    private final StringBuilder path = new StringBuilder();

    void name(String name) {
        if (!path.isEmpty()) {
            path.append('.');
        }
        path.append(Characters.legible(name));
    }

    void element(int index) {
        path.append('[').append(index).append(']');
    }

    /** The way so far; {@code body} for the whole document. */
    @Override
    public String toString() {
        if (path.isEmpty()) {
            return "body";
        }
        return path.length() > LONGEST ? Characters.beginning(path.toString(), LONGEST) + "…" : path.toString();
    }
}
