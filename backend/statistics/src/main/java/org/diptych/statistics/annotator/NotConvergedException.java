package org.diptych.statistics.annotator;

/** A result was asked of a fit that has not converged. */
public final class NotConvergedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    NotConvergedException(String reason) {
        super("The fit has not converged: " + reason);
    }
}
