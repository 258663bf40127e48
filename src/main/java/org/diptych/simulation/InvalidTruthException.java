package org.diptych.simulation;

/** A truth file does not say what a simulation needs. The message names file, line and field. */
public final class InvalidTruthException extends RuntimeException {
    InvalidTruthException(String message) {
        super(message);
    }
}
