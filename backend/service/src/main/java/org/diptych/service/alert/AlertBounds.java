package org.diptych.service.alert;

import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * When the leads of a campaign want to be called. A bound that is null calls nobody.
 *
 * @param agreement the upper end of alpha's interval is under it, -1..1
 * @param queueHours open slots last for fewer hours at the campaign's own pace, 1..2160
 * @param messageHours a message has been open for more hours, 1..2160
 * @param gold the upper end of the interval of an annotator's gold accuracy is under it, 0..1
 */
public record AlertBounds(
        @Nullable Double agreement,
        @Nullable Integer queueHours,
        @Nullable Integer messageHours,
        @Nullable Double gold) {
    /** What holds for a campaign whose leads have chosen nothing. */
    public static final AlertBounds DEFAULT = new AlertBounds(0.4, 24, 48, 0.6);

    private static final int MOST_HOURS = 2_160;

    /**
     * These bounds.
     *
     * @throws Problem {@code invalid_bounds} naming the first field that is out of range
     */
    AlertBounds checked() {
        require(agreement == null || (agreement >= -1 && agreement <= 1), "agreement", "a number from -1 to 1");
        requireHours(queueHours, "queueHours");
        requireHours(messageHours, "messageHours");
        require(gold == null || (gold >= 0 && gold <= 1), "gold", "a share from 0 to 1");
        return this;
    }

    private static void requireHours(@Nullable Integer hours, String field) {
        require(hours == null || (hours >= 1 && hours <= MOST_HOURS), field, "a whole number from 1 to " + MOST_HOURS);
    }

    private static void require(boolean condition, String field, String expected) {
        if (!condition) {
            throw Problem.invalid(
                    "invalid_bounds", field, field + " must be " + expected + ", or null to be never called.");
        }
    }
}
