package org.diptych.ui.chart;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a chart writes its numbers. */
public enum NumberStyle {
    INTEGER,
    DECIMAL,
    PERCENT,
    /** Days since 1970-01-01. */
    DATE;

    @JsonValue
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
