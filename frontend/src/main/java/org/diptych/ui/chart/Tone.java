package org.diptych.ui.chart;

import com.fasterxml.jackson.annotation.JsonValue;

/** What a series is, said by colour and shape. Blue and orange never appear: they belong to the sides of a pair. */
public enum Tone {
    /** Baseline or acquired pairs: grey triangle. */
    BASELINE("s0"),
    /** The first dimension, or the only series: teal circle. */
    FIRST("s1"),
    /** The second dimension: violet circle. */
    SECOND("s2"),
    /** Overall: ochre square. */
    OVERALL("s3");

    private final String token;

    Tone(String token) {
        this.token = token;
    }

    /** The design token of the colour. */
    @JsonValue
    public String token() {
        return token;
    }

    /** The tone of the n-th dimension of a protocol, from 0. */
    public static Tone dimension(int index) {
        return index == 0 ? FIRST : index == 1 ? SECOND : OVERALL;
    }
}
