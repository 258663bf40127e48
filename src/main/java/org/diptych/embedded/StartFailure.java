package org.diptych.embedded;

/** The product cannot start for a reason that a person can remove. The message says what is wrong and what to do. */
public final class StartFailure extends RuntimeException {
    /** With the whole story in the message. */
    public StartFailure(String message) {
        super(message);
    }

    /** With the technical cause kept for the log. */
    public StartFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
