package org.diptych.reward.encoder;

/** An edit could not be encoded; the message says which part failed and what to do. */
public class EncodingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public EncodingException(String message) {
        super(message);
    }

    public EncodingException(String message, Throwable cause) {
        super(message, cause);
    }
}
