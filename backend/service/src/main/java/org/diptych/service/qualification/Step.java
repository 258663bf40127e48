package org.diptych.service.qualification;

import java.util.Locale;

/** Where an annotator stands on the way into the queue. */
public enum Step {
    /** Has to read and confirm the guideline. */
    GUIDELINE,
    /** Has to answer the worked examples. */
    EXAMPLES,
    /** Has to pass the qualification set. */
    TEST,
    /** Works in the queue. */
    QUALIFIED,
    /** Has used up the tries; a lead may grant another. */
    FAILED;

    /** The name in answers and problems: {@code guideline}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
