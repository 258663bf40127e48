package org.diptych.protocol;

/** A protocol document that cannot be published. The message names the field and says what to do. */
public class InvalidProtocolException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    InvalidProtocolException(String field, String message) {
        super(field + ": " + message);
    }
}
