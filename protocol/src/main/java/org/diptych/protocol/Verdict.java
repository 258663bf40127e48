package org.diptych.protocol;

import java.util.Locale;

/** What a label says about a pair, on one dimension or overall, in the stored order of the candidates. */
public enum Verdict {
    FIRST,
    SECOND,
    TIE,
    BOTH_BAD;

    /** The same verdict with the two candidates exchanged. */
    public Verdict exchanged() {
        return switch (this) {
            case FIRST -> SECOND;
            case SECOND -> FIRST;
            case TIE -> TIE;
            case BOTH_BAD -> BOTH_BAD;
        };
    }

    /** The name in stored labels and exports: {@code both_bad}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
