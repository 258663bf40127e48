package org.diptych.service.conduct;

import java.util.Locale;

/** Why an annotator was warned or paused. Stored by name. */
public enum Cause {
    /** A lead decided so. */
    LEAD,
    /** Answers to gold were too often wrong. */
    GOLD,
    /** The median judgement took less time than the rule asks for. */
    FAST,
    /** Pair after pair was skipped. */
    SKIPS,
    /** Agreement with the others fell. */
    DRIFT;

    /** How texts name it, e.g. {@code gold}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
