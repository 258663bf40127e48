package org.diptych.protocol;

import java.util.Locale;

/**
 * A comparative answer to one dimension of a pair, in the stored order of the candidates (never in the order shown on
 * the screen). The order of the constants is the order of the keys 1 to 6.
 */
public enum Comparison implements Answer {
    FIRST_MUCH(2),
    FIRST(1),
    TIE(0),
    BOTH_BAD(0),
    SECOND(-1),
    SECOND_MUCH(-2);

    private final int strength;

    Comparison(int strength) {
        this.strength = strength;
    }

    /** Signed strength of the preference: 2, 1, 0, -1, -2; positive for the first candidate. */
    public int strength() {
        return strength;
    }

    /** The same answer with the two candidates exchanged. */
    @Override
    public Comparison exchanged() {
        return switch (this) {
            case FIRST_MUCH -> SECOND_MUCH;
            case FIRST -> SECOND;
            case TIE -> TIE;
            case BOTH_BAD -> BOTH_BAD;
            case SECOND -> FIRST;
            case SECOND_MUCH -> FIRST_MUCH;
        };
    }

    @Override
    public Verdict verdict() {
        return switch (this) {
            case FIRST_MUCH, FIRST -> Verdict.FIRST;
            case TIE -> Verdict.TIE;
            case BOTH_BAD -> Verdict.BOTH_BAD;
            case SECOND, SECOND_MUCH -> Verdict.SECOND;
        };
    }

    /** The name in protocol documents and stored labels: {@code first_much}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
