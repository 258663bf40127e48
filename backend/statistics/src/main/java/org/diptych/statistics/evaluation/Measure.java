package org.diptych.statistics.evaluation;

import java.util.function.DoubleUnaryOperator;

/** A number, or the reason why the data at hand do not define one. Never NaN. */
public sealed interface Measure {

    /** A finite value. */
    record Defined(double value) implements Measure {
        public Defined {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("A defined measure must be finite, not " + value);
            }
        }
    }

    /** No value, with the reason in a form that can be shown to a reader. */
    record Undefined(String reason) implements Measure {}

    static Measure of(double value) {
        return new Defined(value);
    }

    static Measure undefined(String reason) {
        return new Undefined(reason);
    }

    /** The share {@code part / whole}, undefined with the reason when the whole is 0. */
    static Measure share(double part, double whole, String reasonIfEmpty) {
        return whole == 0 ? undefined(reasonIfEmpty) : of(part / whole);
    }

    /**
     * The value, for callers that have already ruled out the undefined case.
     *
     * @throws IllegalStateException naming the reason when there is no value
     */
    default double orElseThrow() {
        return switch (this) {
            case Defined(double value) -> value;
            case Undefined(String reason) -> throw new IllegalStateException("Undefined: " + reason);
        };
    }

    /** The same reason, or the transformed value. */
    default Measure map(DoubleUnaryOperator transformation) {
        return switch (this) {
            case Defined(double value) -> of(transformation.applyAsDouble(value));
            case Undefined undefined -> undefined;
        };
    }
}
