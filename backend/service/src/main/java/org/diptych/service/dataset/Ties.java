package org.diptych.service.dataset;

/** What becomes of a task in which nobody won: a tie, or both edits bad. */
public enum Ties {
    /** A row that says so, where the format has words for it. */
    KEEP,
    /** No row. */
    DROP,
    /** Two rows with opposite answers, in formats for trainers that know winners only. */
    SPLIT
}
