package org.diptych.service.quality;

import org.diptych.service.problem.Problem;

/**
 * How a campaign uses gold.
 *
 * @param rate share of the pairs handed out that are gold, 0 to 0.5; without gold pairs it does nothing
 * @param feedback whether annotators learn the known answer
 */
public record GoldSettings(double rate, Feedback feedback) {
    private static final double HIGHEST = 0.5;

    /** Whether annotators learn what was known. */
    public enum Feedback {
        /** Never. */
        NONE,
        /** When they have submitted theirs. */
        AFTER_SUBMIT
    }

    /**
     * These settings, if they are possible.
     *
     * @throws Problem {@code invalid_settings} naming the field
     */
    public GoldSettings checked() {
        if (!(rate >= 0 && rate <= HIGHEST)) {
            throw Problem.invalid("invalid_settings", "rate", "rate must be a share from 0 to " + HIGHEST + ".");
        }
        if (feedback == null) {
            throw Problem.invalid("invalid_settings", "feedback", "feedback must be NONE or AFTER_SUBMIT.");
        }
        return this;
    }
}
