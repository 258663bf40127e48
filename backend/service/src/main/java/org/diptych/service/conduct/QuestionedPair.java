package org.diptych.service.conduct;

import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.diptych.service.assignment.AssignmentView.Picture;
import org.jspecify.annotations.Nullable;

/**
 * A judgement that a notice rests on, in the sides that the annotator saw.
 *
 * @param label the judgement
 * @param pair its pair; null for the annotator
 * @param answers what the annotator said; null of a skip
 * @param standing what is to be known of it
 */
public record QuestionedPair(
        UUID label,
        @Nullable UUID pair,
        String instruction,
        Picture source,
        Picture left,
        Picture right,
        @Nullable Map<String, Object> answers,
        String protocolSha256,
        Standing standing) {
    /** What is to be known of a judgement that is questioned. */
    public enum Standing {
        /** The pair is looked at again. It is not said what is known of it, nor by whom. */
        LOOKED_AT,
        /** Nothing but that it was counted. */
        COUNTED;

        /** How texts name it, e.g. {@code looked_at}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Standing of(Cause cause) {
            return switch (cause) {
                case GOLD -> LOOKED_AT;
                // which of them differ from the others' is not said: it would tell their answers
                case DRIFT, LEAD, FAST, SKIPS -> COUNTED;
            };
        }
    }
}
