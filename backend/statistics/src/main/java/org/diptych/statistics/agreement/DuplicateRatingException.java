package org.diptych.statistics.agreement;

/** One annotator rated one unit twice. Which of the two counts is for the caller to decide, so neither is taken. */
public final class DuplicateRatingException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final int row;

    DuplicateRatingException(String message, int row) {
        super(message);
        this.row = row;
    }

    /** Index, from 0, of the later of the two ratings in the order in which they were given. */
    public int row() {
        return row;
    }
}
