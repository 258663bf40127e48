package org.diptych.protocol;

/** A protocol document that cannot be published. The message names the field and says what to do. */
public class InvalidProtocolException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String field;

    InvalidProtocolException(String field, String message) {
        super(field + ": " + message);
        this.field = field;
    }

    /** The field at fault, e.g. {@code dimensions[1].levels}; {@code document} for the text as a whole. */
    public String field() {
        return field;
    }
}
