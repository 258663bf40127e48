package org.diptych.statistics.agreement;

import java.util.List;
import java.util.Optional;

/**
 * A coefficient with its uncertainty.
 *
 * @param coefficient the value or the reason why there is none
 * @param intervals confidence intervals, the recommended one first. Empty if the coefficient is undefined, if fewer than
 *     two units are pairable, or if more than one in twenty replicates left the coefficient undefined: a percentile of
 *     the others would then describe a selection
 * @param counts what it was computed from
 */
public record Estimate(Coefficient coefficient, List<Interval> intervals, Counts counts) {
    /** Copies the list. */
    public Estimate {
        intervals = List.copyOf(intervals);
    }

    /** The recommended interval. */
    public Optional<Interval> interval() {
        return intervals.stream().findFirst();
    }
}
