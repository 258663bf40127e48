package org.diptych.statistics.agreement;

import java.util.OptionalDouble;

/** A coefficient that was read from ratings: a number, or the reason why there is none. */
public sealed interface Coefficient {

    /**
     * A coefficient with a value.
     *
     * @param value dimensionless, at most 1; 1 is perfect agreement and, for the chance-corrected coefficients, 0 what
     *     chance would give
     */
    record Defined(double value) implements Coefficient {
        /** Refuses what is not a number: the reason belongs into {@link Undefined}. */
        public Defined {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("A defined coefficient cannot be " + value);
            }
        }
    }

    /**
     * A coefficient that these ratings do not define.
     *
     * @param reason for programs
     * @param explanation a sentence for people
     */
    record Undefined(Reason reason, String explanation) implements Coefficient {}

    /** Why a coefficient is undefined. */
    enum Reason {
        /** No unit has two ratings, so nothing can be compared. */
        NO_PAIRABLE_UNIT,
        /**
         * Only one value was used at all. Agreement is then perfect and expected to be perfect: the data cannot tell
         * agreement from a constant answer.
         */
        SINGLE_VALUE,
        /** The values lack the order, the distances or the zero that the coefficient is built on. */
        LEVEL_NOT_SUPPORTED,
        /** The coefficient is one for exactly two annotators. */
        NOT_TWO_ANNOTATORS,
        /** Only rating patterns are known, but the coefficient needs to know who gave which rating. */
        ANNOTATORS_UNKNOWN
    }

    /** The value where there is one. */
    default OptionalDouble toOptional() {
        return switch (this) {
            case Defined defined -> OptionalDouble.of(defined.value());
            case Undefined _ -> OptionalDouble.empty();
        };
    }
}
