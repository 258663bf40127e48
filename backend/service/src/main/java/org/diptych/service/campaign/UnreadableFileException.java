package org.diptych.service.campaign;

/** A file that a manifest names and that cannot be had; the message says why. */
public final class UnreadableFileException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param message as {@link #reason} has it */
    public UnreadableFileException(String message) {
        super(message);
    }

    /** Why not, naming the file, and what to do. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
