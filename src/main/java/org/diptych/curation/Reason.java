package org.diptych.curation;

import java.util.Locale;

/** What became of a candidate. */
public enum Reason {
    /** It is in the subset. */
    CHOSEN,
    /** A better candidate has the same instruction, source and edit, byte by byte. */
    DUPLICATE,
    /** A better candidate of the same instruction looks the same, source and edit. */
    NEAR_DUPLICATE,
    /** Its score is lower than the stated one. */
    BELOW_THRESHOLD,
    /** Another candidate of the same instruction is better. */
    NOT_BEST_OF_ITEM,
    /** There are enough better ones. */
    BEYOND_TOP,
    /** There are enough better ones of its category. */
    QUOTA_FULL,
    /** It looks too much like one that is in the subset. */
    TOO_SIMILAR,
    /** It would be in, but the model is not as sure as was asked that it belongs there. */
    UNCERTAIN;

    /** As reports and tables have it. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
