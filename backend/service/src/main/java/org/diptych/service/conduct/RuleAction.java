package org.diptych.service.conduct;

import java.util.Locale;

/** What a rule does. Stored by name. */
public enum RuleAction {
    /** The annotator is told, and works on. */
    WARN,
    /** The annotator gets no new pairs until a lead has looked. */
    PAUSE;

    /** How texts name it, e.g. {@code pause}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
