package org.diptych.service.image;

/** A file that is not taken in as a picture; the message says why and what to do. */
public final class InvalidImageException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidImageException(String message) {
        super(message);
    }

    InvalidImageException(String message, Throwable cause) {
        super(message, cause);
    }

    /** What is wrong with the file, without its name. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
