package org.diptych.statistics.annotator;

/**
 * When an iteration ends.
 *
 * @param maximumIterations after this many it has not converged
 * @param tolerance the largest change of a parameter that counts as none
 */
public record Stopping(int maximumIterations, double tolerance) {

    /** 1,000 iterations, 1e-5. */
    public static final Stopping STANDARD = new Stopping(1_000, 1e-5);

    public Stopping {
        if (maximumIterations < 1) {
            throw new IllegalArgumentException("Need at least one iteration, not " + maximumIterations);
        }
        if (!(tolerance > 0)) {
            throw new IllegalArgumentException("The tolerance must be above 0, not " + tolerance);
        }
    }
}
