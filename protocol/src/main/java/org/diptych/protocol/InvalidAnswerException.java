package org.diptych.protocol;

/** An answer that does not fit the protocol. */
public class InvalidAnswerException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String field;

    InvalidAnswerException(String field, String message) {
        super(message);
        this.field = field;
    }

    /** The dimension or field at fault. */
    public String field() {
        return field;
    }
}
